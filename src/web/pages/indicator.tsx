import { html } from "hono/html";
import type { Child } from "hono/jsx";
import { type CountedRules, type IndicatorDetail, indicator } from "../../catalog/queries/indicator.ts";
import type { Narrowing } from "../../catalog/queries/narrowing.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { addresses, jsonAddress, searchAddress, withQuery } from "../addresses.ts";
import { VendorBadge } from "../components/badges.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { FieldName } from "../components/field-name.tsx";
import { IndicatorTable } from "../components/indicator-table.tsx";
import { RuleList } from "../components/rule-list.tsx";
import { Contents, type ContentsEntry, Section } from "../components/section.tsx";
import { Table } from "../components/table.tsx";
import { TechniqueUses } from "../components/technique-uses.tsx";
import { definePage, found, type Site } from "../page.ts";
import { cut, operatorWords } from "../wording.ts";

const longestValue = 600;

/** Rules of each list shown at once; the rest unfolds. */
const openRules = 20;

/** One indicator: who looks for it, who leaves it out, and what it is worth on its own. */
export const indicatorPage = definePage<IndicatorDetail>({
  path: "/indicators/:id",
  load: ({ database }, { params }) => {
    const answer = indicator(database, params.id ?? "");
    if (answer !== null) return found(answer);
    return {
      type: "missing",
      what: "The catalog has no indicator with this id.",
      hint: "Ids are 16 letters and digits, the same from build to build as long as a rule uses the indicator; the list of indicators finds it by its value.",
    };
  },
  view: (data, site) => {
    const statement = `${data.field ?? "any field"} ${operatorWords[data.operator]} ${cut(data.value, 80)}`;
    return {
      title: statement,
      summary: `${statement}: ${data.noise.sentence}`,
      place: "indicators",
      body: <IndicatorBody data={data} site={site} />,
    };
  },
});

function IndicatorBody({ data, site }: { readonly data: IndicatorDetail; readonly site: Site }): Child {
  const { id, field, value, lookedFor, leftOut, near, techniques, sameValue } = data;
  return (
    <>
      <Breadcrumb crumbs={[{ label: "Indicators", href: addresses.indicators }, { label: cut(value, 60) }]} />
      <header class="head">
        <p class="headword-id">
          {id}
          <span class="class">indicator</span>
        </p>
        <h1 class="statement-title">
          <FieldName field={field} /> <span class="verb">{operatorWords[data.operator]}</span>{" "}
          <code class="value">{value === "" ? '""' : cut(value, longestValue)}</code>
        </h1>
        <ul class="facts-line">
          {field !== null && (
            <li>
              <a href={withQuery(addresses.indicators, { field })}>Others on this field</a>
            </li>
          )}
          <li>
            <a href={withQuery(addresses.indicators, { q: cut(value, 200) })}>Others with this value</a>
          </li>
          <li>
            <a href={jsonAddress(addresses.indicator(id))}>JSON</a>
          </li>
        </ul>
      </header>
      <div class="columns">
        <div class="text">
          <p class={`noise n-${data.noise.type}`}>{data.noise.sentence}</p>
          <dl class="figures">
            <Figure label="rules look for it" value={data.reach} href="#looked-for" />
            <Figure label="rules leave it out" value={data.excludedBy} href="#left-out" />
            <Figure
              label="look for the value in any form"
              value={sameValue.reach}
              href={near.length === 0 ? null : "#near"}
            />
            <Figure
              label="leave the value out in any form"
              value={sameValue.excludedBy}
              href={near.length === 0 ? null : "#near"}
            />
          </dl>
          {Object.keys(data.vendors).length > 0 && (
            <p class="chips">
              {Object.entries(data.vendors).map(([corpus, rules]) => (
                <VendorBadge
                  corpus={corpus}
                  label={site.corpusNames.get(corpus)}
                  count={rules}
                  href={searchAddress({ indicator: id, corpus })}
                />
              ))}
            </p>
          )}
          {data.normal !== value && (
            <p class="note">
              Compared as <code class="value">{cut(data.normal, longestValue)}</code>.
            </p>
          )}
          <Rules id="looked-for" title="Rules that look for it" rules={lookedFor} narrowing={{ indicator: id }} />
          <Rules id="left-out" title="Rules that leave it out" rules={leftOut} narrowing={{ excludes: id }} />
          {techniques.total > 0 && (
            <Section
              id="techniques"
              title="Techniques"
              count={techniques.total}
              note="Those of the active rules that look for it."
            >
              <TechniqueUses
                uses={techniques.shown}
                caption="Techniques of rules that look for it"
                narrowed={{ indicator: id }}
              />
            </Section>
          )}
          {near.length > 0 && (
            <Section
              id="near"
              title="Near it"
              note="The same value in other forms of the field or with another operator, then values that hold it or stand in it."
            >
              <IndicatorTable indicators={near} caption="Indicators near it" here={null} />
            </Section>
          )}
          <Section id="spellings" title="As rules write it" count={data.spellings.total}>
            <Table
              caption="Spellings"
              narrow="stack"
              columns={[{ title: "Value" }, { title: "Field" }, { title: "Rules", numeric: true }]}
              rows={data.spellings.shown.map(({ name, raw, rules }) => [
                html`<code class="value">${raw === "" ? '""' : cut(raw, longestValue)}</code>`,
                name === null ? html`<span class="quiet">any field</span>` : html`<code class="name">${name}</code>`,
                formatNumber(rules),
              ])}
            />
            {data.spellings.total > data.spellings.shown.length && (
              <p class="note">… and {counted(data.spellings.total - data.spellings.shown.length, "rarer spelling")}.</p>
            )}
          </Section>
        </div>
        <Contents entries={contentsOf(data)} />
      </div>
    </>
  );
}

function Figure({ label, value, href }: { label: string; value: number; href: string | null }): Child {
  const number = formatNumber(value);
  return html`<div><dt>${label}</dt><dd>${href === null || value === 0 ? number : html`<a href="${href}">${number}</a>`}</dd></div>`;
}

interface RulesProps {
  readonly id: string;
  readonly title: string;
  readonly rules: CountedRules;
  readonly narrowing: Narrowing;
}

function Rules({ id, title, rules, narrowing }: RulesProps): Child {
  if (rules.total === 0) return null;
  return (
    <Section id={id} title={title} count={rules.total}>
      <RuleList rules={rules.shown.slice(0, openRules)} />
      {rules.shown.length > openRules && (
        <details class="more">
          <summary>{counted(rules.shown.length - openRules, "more rule")}</summary>
          <RuleList rules={rules.shown.slice(openRules)} />
        </details>
      )}
      {rules.total > rules.shown.length && (
        <p class="note">
          <a href={searchAddress(narrowing)}>All {counted(rules.total, "rule")}</a>
        </p>
      )}
    </Section>
  );
}

function contentsOf(data: IndicatorDetail): readonly ContentsEntry[] {
  return [
    { id: "looked-for", title: "Rules that look for it", count: data.lookedFor.total },
    { id: "left-out", title: "Rules that leave it out", count: data.leftOut.total },
    { id: "techniques", title: "Techniques", count: data.techniques.total },
    { id: "near", title: "Near it", count: data.near.length },
    { id: "spellings", title: "As rules write it", count: data.spellings.total },
  ].filter(({ count }) => count > 0);
}
