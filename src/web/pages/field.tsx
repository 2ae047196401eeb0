import { html } from "hono/html";
import type { Child } from "hono/jsx";
import { type FieldAnswer, field } from "../../catalog/queries/field.ts";
import { type FieldMeaning, fieldMeant } from "../../catalog/queries/field-lookup.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { addresses, jsonAddress, searchAddress, withQuery } from "../addresses.ts";
import { OperatorChips, VendorBadge } from "../components/badges.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Empty } from "../components/empty.tsx";
import { FieldEventList, FieldForms, FieldSpellings, SchemaNames } from "../components/field-facts.tsx";
import { FieldName } from "../components/field-name.tsx";
import { IndicatorTable } from "../components/indicator-table.tsx";
import { Contents, type ContentsEntry, Section } from "../components/section.tsx";
import { TechniqueUses } from "../components/technique-uses.tsx";
import { definePage, found, type Site } from "../page.ts";
import { fieldTypeWord, letterCaseWord } from "../wording.ts";

/** One field, or all forms of a facet together: what it is, its names, and how rules filter on it. */
export const fieldPage = definePage<FieldAnswer>({
  path: "/fields/:id",
  load: ({ database }, { params, query }) => {
    const id = params.id ?? "";
    const answer = field(database, id, { allForms: query.get("forms") === "all" });
    if (answer !== null) return found(answer);
    const meant = fieldMeant(database, id);
    const [only] = meant.type === "name" && meant.fields.length === 1 ? meant.fields : [];
    if (only !== undefined) return { type: "moved", to: addresses.field(only) };
    return { type: "missing", what: "No rule filters on a field of this name.", hint: hintOf(meant) };
  },
  view: (data, site) => ({
    title: data.title === data.id ? data.id : `${data.title} (${data.id})`,
    summary: `${counted(data.rules, "detection rule")} filter on ${data.title}: names in each schema, operators, values and techniques.`,
    place: "fields",
    body: <FieldBody data={data} site={site} />,
  }),
});

function hintOf(meant: FieldMeaning): string {
  if (meant.type === "unknown") {
    return meant.near.length === 0
      ? "Ids look like process.command_line; the list of fields finds them by any name."
      : `Did you mean ${meant.near.join(", ")}?`;
  }
  const shown = meant.fields.slice(0, 8).join(", ");
  return `It is a name of several fields: ${shown}${meant.fields.length > 8 ? " …" : "."}`;
}

/** Rules that filter on it. */
function narrowingOf({ id, allForms }: FieldAnswer): { readonly facet: string } | { readonly field: string } {
  return allForms ? { facet: id } : { field: id };
}

function FieldBody({ data, site }: { readonly data: FieldAnswer; readonly site: Site }): Child {
  const { id, indicators, excluded, techniques } = data;
  const narrowing = narrowingOf(data);
  const list = (sort?: string): string => withQuery(addresses.indicators, { ...narrowing, sort });
  return (
    <>
      <Breadcrumb crumbs={[{ label: "Fields", href: addresses.fields }, { label: id }]} />
      <header class="head">
        <p class="headword-id">
          {data.allForms ? <code class="name">{id}</code> : FieldName({ field: id, linked: false })}
          <span class="class">{data.allForms ? "all forms" : data.mapped ? "field" : "raw name"}</span>
        </p>
        <h1>{data.title}</h1>
        <FieldLine data={data} />
      </header>
      {!data.mapped && (
        <p class="notice">
          No table maps this name yet, so it is counted by itself.{" "}
          <a href={`${addresses.fields}#unmapped`}>All unmapped names</a>
        </p>
      )}
      <div class="columns">
        <div class="text">
          {data.note !== null && <p>{data.note}</p>}
          <dl class="figures">
            <Figure label="active rules" value={data.rules} href={searchAddress(narrowing)} />
            <Figure label="predicates" value={data.predicates} href={null} />
            <Figure label="values looked for" value={indicators.total} href="#indicators" />
            <Figure label="values left out" value={excluded.total} href="#excluded" />
          </dl>
          {data.rules === 0 ? (
            <Empty title="No active rule filters on it.">
              <p>
                Schemas have a name for it; <a href={addresses.fields}>fields in use</a> are listed by the number of
                rules.
              </p>
            </Empty>
          ) : (
            <>
              <p class="chips">
                {data.corpora.map(({ corpus, rules }) => (
                  <VendorBadge
                    corpus={corpus}
                    label={site.corpusNames.get(corpus)}
                    count={rules}
                    href={searchAddress({ ...narrowing, corpus })}
                  />
                ))}
              </p>
              <Section id="operators" title="Operators" note="Active rules that use each, every rule once.">
                <OperatorChips operators={data.operators} />
              </Section>
            </>
          )}
          {data.forms.length > 1 && (
            <Section
              id="forms"
              title={data.allForms ? "Forms" : `Forms of ${data.facet?.title ?? id}`}
              count={data.forms.length}
              note={
                data.allForms ? (
                  "Counted together on this page."
                ) : (
                  <>
                    This page counts one of them: <AllForms data={data} />.
                  </>
                )
              }
            >
              <FieldForms forms={data.forms} here={data.allForms ? null : id} />
            </Section>
          )}
          {data.mapped && data.names.length > 0 && (
            <Section
              id="names"
              title="Names"
              count={data.names.length}
              note="What schemas call it, in which log sources, and who says so: first the names that are shown when a schema is picked."
            >
              <SchemaNames names={data.names} schemas={site.schemas} severalFields={data.allForms} />
            </Section>
          )}
          {indicators.total > 0 && (
            <Section
              id="indicators"
              title="Values looked for"
              count={indicators.total}
              note={<ValuesNote data={data} list={list()} />}
            >
              <IndicatorTable indicators={indicators.shown} caption={`Values looked for in ${id}`} here={null} />
            </Section>
          )}
          {excluded.total > 0 && (
            <Section
              id="excluded"
              title="Values left out most"
              count={excluded.total}
              note={<a href={list("excluded")}>All of them, to filter and sort</a>}
            >
              <IndicatorTable indicators={excluded.shown} caption={`Values left out in ${id}`} here={null} />
            </Section>
          )}
          {data.selects && (
            <p class="note">
              Rules use it to choose the log or the event, so its values are not counted as indicators.
            </p>
          )}
          {techniques.total > 0 && (
            <Section
              id="techniques"
              title="Techniques"
              count={techniques.total}
              note="Those with the most active rules that filter on it."
            >
              <TechniqueUses
                uses={techniques.shown}
                caption={`Techniques whose rules filter on ${id}`}
                narrowed={narrowing}
              />
            </Section>
          )}
          {data.mapped && (
            <Section id="events" title="Events that carry it" count={data.events.total}>
              <FieldEventList events={data.events} />
            </Section>
          )}
          {data.mapped && data.spellings.total > 0 && (
            <Section
              id="spellings"
              title="As rules write it"
              count={data.spellings.total}
              note="Names in the rules' own schemas, and the table that says what each means."
            >
              <FieldSpellings spellings={data.spellings} />
            </Section>
          )}
        </div>
        <Contents entries={contentsOf(data)} />
      </div>
    </>
  );
}

function FieldLine({ data }: { readonly data: FieldAnswer }): Child {
  return (
    <ul class="facts-line">
      {data.role !== "" && (
        <li>
          <a class="tag" href={withQuery(addresses.fields, { role: data.role })}>
            {data.role}
          </a>
        </li>
      )}
      {data.type !== null && <li class="quiet">{fieldTypeWord(data.type)}</li>}
      {data.letterCase !== null && <li class="quiet">{letterCaseWord(data.letterCase)}</li>}
      {data.ecs && <li class="quiet">Elastic Common Schema</li>}
      <li>
        <a href={jsonAddress(withQuery(addresses.field(data.id), { forms: data.allForms ? "all" : undefined }))}>
          JSON
        </a>
      </li>
    </ul>
  );
}

function AllForms({ data }: { readonly data: FieldAnswer }): Child {
  if (data.facet === null) return null;
  return <a href={withQuery(addresses.field(data.facet.id), { forms: "all" })}>count all forms together</a>;
}

/** A value stands under the form that it asks for, whichever field the rule names. */
function ValuesNote({ data, list }: { readonly data: FieldAnswer; readonly list: string }): Child {
  return (
    <>
      {data.facet !== null && !data.allForms && (
        <>
          A rule that asks for another form, like a path for its base name, is counted there: <AllForms data={data} />.{" "}
        </>
      )}
      <a href={list}>All values, to filter and sort</a>
    </>
  );
}

function Figure({ label, value, href }: { label: string; value: number; href: string | null }): Child {
  const number = formatNumber(value);
  return html`<div><dt>${label}</dt><dd>${href === null || value === 0 ? number : html`<a href="${href}">${number}</a>`}</dd></div>`;
}

function contentsOf(data: FieldAnswer): readonly ContentsEntry[] {
  return [
    { id: "forms", title: "Forms", count: data.forms.length > 1 ? data.forms.length : 0 },
    { id: "names", title: "Names", count: data.mapped ? data.names.length : 0 },
    { id: "indicators", title: "Values looked for", count: data.indicators.total },
    { id: "excluded", title: "Values left out", count: data.excluded.total },
    { id: "techniques", title: "Techniques", count: data.techniques.total },
    { id: "events", title: "Events", count: data.events.total },
    { id: "spellings", title: "As rules write it", count: data.mapped ? data.spellings.total : 0 },
  ].filter(({ count }) => count > 0);
}
