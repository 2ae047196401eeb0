import { html } from "hono/html";
import type { Child } from "hono/jsx";
import {
  type FacetLine,
  type FieldListAnswer,
  type FieldListQuestion,
  fieldList,
  type UnmappedField,
} from "../../catalog/queries/field-list.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { addresses, searchAddress, withQuery } from "../addresses.ts";
import { Bar } from "../components/bar.tsx";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Empty } from "../components/empty.tsx";
import { FacetTable } from "../components/facet-table.tsx";
import { FieldName } from "../components/field-name.tsx";
import { Choice, FilterForm, TextFilter } from "../components/filter-form.tsx";
import { Pager } from "../components/pager.tsx";
import { Section } from "../components/section.tsx";
import { Table } from "../components/table.tsx";
import { definePage, found, invalidPageNumber, pageNumber, type Site } from "../page.ts";
import { fieldTypeWord, formatShare } from "../wording.ts";

interface FieldsData extends FieldListAnswer {
  readonly filter: FieldListQuestion;
}

/** Every field that rules filter on, and the raw names that no table maps. */
export const fieldsPage = definePage<FieldsData>({
  path: "/fields",
  load: ({ database }, { query }) => {
    const page = pageNumber(query);
    if (page === null) return invalidPageNumber;
    const mapped = query.get("mapped") || undefined;
    if (mapped !== undefined && mapped !== "yes" && mapped !== "no") {
      return { type: "invalid", why: "mapped must be yes or no." };
    }
    const sort = query.get("sort") || undefined;
    if (sort !== undefined && sort !== "rules" && sort !== "role") {
      return { type: "invalid", why: "sort must be rules or role." };
    }
    const filter: FieldListQuestion = {
      text: query.get("q")?.trim() || undefined,
      role: query.get("role") || undefined,
      type: query.get("type") || undefined,
      schema: query.get("schema") || undefined,
      mapped: mapped === undefined ? undefined : mapped === "yes",
      sort,
    };
    return found({ filter, ...fieldList(database, { ...filter, page }) });
  },
  view: (data, site) => ({
    title: data.filter.mapped === false ? "Unmapped names" : "Fields",
    summary: "The fields that public detection rules filter on, by one common name, with the names that schemas have.",
    place: "fields",
    body: <FieldsBody data={data} site={site} />,
  }),
});

function fieldsAddress({ text, role, type, schema, mapped, sort }: FieldListQuestion, page = 1): string {
  return withQuery(addresses.fields, {
    q: text,
    role,
    type,
    schema,
    mapped: mapped === undefined ? undefined : mapped ? "yes" : "no",
    sort,
    page: page === 1 ? undefined : String(page),
  });
}

function FieldsBody({ data, site }: { readonly data: FieldsData; readonly site: Site }): Child {
  const { filter, unmapped, total } = data;
  const { sort: _, ...narrowing } = filter;
  const narrowed = Object.values(narrowing).some((one) => one !== undefined);
  const rawOnly = filter.mapped === false;
  const named = data.coverage.reduce((sum, one) => sum + one.mapped, 0);
  const all = data.coverage.reduce((sum, one) => sum + one.predicates, 0);
  const pager = { page: data.page, pageSize: data.pageSize, address: (page: number) => fieldsAddress(filter, page) };
  return (
    <>
      <Breadcrumb crumbs={[{ label: "Home", href: addresses.home }, { label: "Fields" }]} />
      <header class="head">
        <h1>Fields</h1>
        <p class="lead">
          What rules filter on, by one common name; forms of the same thing stand together.{" "}
          <a class="share" href="#coverage">
            {formatShare(named, all)}
          </a>{" "}
          of all predicates filter on a field that the vocabulary knows.
        </p>
      </header>
      <FieldsFilter data={data} site={site} />
      {narrowed && (
        <p class="note" role="status">
          {rawOnly ? counted(unmapped.total, "raw name") : counted(total, "entry", "entries")} found.{" "}
          <a href={addresses.fields}>Show all</a>
        </p>
      )}
      {!rawOnly && (total === 0 || data.facets.length === 0) && (
        <Empty title={total === 0 ? "No field matches." : "There are not that many pages."}>
          <p>
            The filter looks at ids, titles and the names of all schemas. Try fewer letters, or another role or type.
          </p>
        </Empty>
      )}
      {data.facets.length > 0 && (
        <>
          {groups(data).map(({ title, facets }) =>
            title === null ? (
              <FacetTable facets={facets} title={null} site={site} />
            ) : (
              <section class="subject">
                <h2 class="small-title">{title}</h2>
                <FacetTable facets={facets} title={title} site={site} />
              </section>
            ),
          )}
          <Pager total={total} {...pager} />
        </>
      )}
      {(unmapped.total > 0 || rawOnly) && <Unmapped data={data} site={site} pager={pager} />}
      <Coverage data={data} site={site} />
    </>
  );
}

function groups({ facets, filter }: FieldsData): readonly { title: string | null; facets: readonly FacetLine[] }[] {
  if (filter.sort !== "role") return [{ title: null, facets }];
  return [...Map.groupBy(facets, (one) => one.role)].map(([title, own]) => ({ title, facets: own }));
}

function FieldsFilter({
  data: { filter, roles, types },
  site,
}: {
  readonly data: FieldsData;
  readonly site: Site;
}): Child {
  const plain = (values: readonly string[]) => values.map((one) => [one, one] as const);
  return (
    <FilterForm action={addresses.fields} label="Filter fields">
      <TextFilter name="q" label="Id, title or name" value={filter.text} placeholder="CommandLine" />
      <Choice name="role" label="Subject" chosen={filter.role ?? ""} options={[["", "any"], ...plain(roles)]} />
      <Choice
        name="type"
        label="Type"
        chosen={filter.type ?? ""}
        options={[["", "any"], ...types.map((one) => [one, fieldTypeWord(one)] as const)]}
      />
      <Choice
        name="schema"
        label="Named in"
        chosen={filter.schema ?? ""}
        options={[["", "any schema"], ...site.schemas.map(({ id, title }) => [id, title] as const)]}
      />
      <Choice
        name="mapped"
        label="Mapping"
        chosen={filter.mapped === undefined ? "" : filter.mapped ? "yes" : "no"}
        options={[
          ["", "all"],
          ["yes", "mapped"],
          ["no", "unmapped"],
        ]}
      />
      <Choice
        name="sort"
        label="Order"
        chosen={filter.sort ?? ""}
        options={[
          ["", "most rules first"],
          ["role", "grouped by subject"],
        ]}
      />
    </FilterForm>
  );
}

interface UnmappedProps {
  readonly data: FieldsData;
  readonly site: Site;
  readonly pager: { readonly page: number; readonly pageSize: number; readonly address: (page: number) => string };
}

function Unmapped({ data: { unmapped, filter }, site, pager }: UnmappedProps): Child {
  const schemas = new Map(site.schemas.map(({ id, title }) => [id, title]));
  const row = ({ field, schema, predicates, rules, example }: UnmappedField): readonly Child[] => [
    FieldName({ field }),
    schemas.get(schema) ?? schema,
    formatNumber(predicates),
    html`<a href="${searchAddress({ field })}">${formatNumber(rules)}</a>`,
    example === null ? "" : html`<a href="${addresses.rule(example)}">${example.title}</a>`,
  ];
  const all = fieldsAddress({ text: filter.text, schema: filter.schema, mapped: false });
  return (
    <Section
      id="unmapped"
      title="Unmapped names"
      count={unmapped.total}
      note={`Names of rules that no table maps yet, by frequency: ${counted(unmapped.predicates, "predicate")} filter on them. Each is counted by itself, as what its schema calls so.`}
    >
      {unmapped.shown.length === 0 ? (
        <Empty title={unmapped.total > 0 ? "There are not that many pages." : "No raw name matches."}>
          <p>
            Every name that matches is mapped, or none does: <a href={addresses.fields}>look at all fields</a>.
          </p>
        </Empty>
      ) : (
        <Table
          caption="Raw names that no table maps"
          narrow="stack"
          columns={[
            { title: "Name" },
            { title: "Schema" },
            { title: "Predicates", numeric: true },
            { title: "Rules", numeric: true },
            { title: "For instance" },
          ]}
          rows={unmapped.shown.map(row)}
        />
      )}
      {filter.mapped === false ? (
        <Pager total={unmapped.total} {...pager} />
      ) : (
        unmapped.total > unmapped.shown.length && (
          <p class="note">
            <a href={all}>All {counted(unmapped.total, "unmapped name")}</a>
          </p>
        )
      )}
    </Section>
  );
}

function Coverage({ data, site }: { readonly data: FieldsData; readonly site: Site }): Child {
  return (
    <Section
      id="coverage"
      title="Predicates with a common name"
      note="Of the filters of each corpus, how many are on a field that the vocabulary knows. The others are on raw names, on computed values, or on no field at all."
    >
      <Table
        caption="Predicates with a common name by corpus"
        narrow="stack"
        columns={[
          { title: "Corpus" },
          { title: "Share", numeric: true },
          { title: "Named", numeric: true },
          { title: "Predicates", numeric: true },
        ]}
        rows={data.coverage.map(({ corpus, predicates, mapped }) => [
          html`<a href="${addresses.corpus(corpus)}">${site.corpusNames.get(corpus) ?? corpus}</a>`,
          html`<span class="counted">${Bar({ part: mapped, whole: predicates })}<span>${formatShare(mapped, predicates)}</span></span>`,
          formatNumber(mapped),
          formatNumber(predicates),
        ])}
      />
    </Section>
  );
}
