import type { Child } from "hono/jsx";
import {
  type IndicatorListAnswer,
  type IndicatorListQuestion,
  indicatorList,
  indicatorOrders,
} from "../../catalog/queries/indicator-list.ts";
import { counted } from "../../kit/numbers.ts";
import { addresses, withQuery } from "../addresses.ts";
import { Breadcrumb } from "../components/breadcrumb.tsx";
import { Empty } from "../components/empty.tsx";
import { FieldName } from "../components/field-name.tsx";
import { Choice, FilterForm, TextFilter } from "../components/filter-form.tsx";
import { IndicatorTable } from "../components/indicator-table.tsx";
import { Pager } from "../components/pager.tsx";
import { definePage, found, invalidPageNumber, pageNumber, type Site } from "../page.ts";
import { isOperator, operatorWords } from "../wording.ts";

interface IndicatorsData extends IndicatorListAnswer {
  readonly filter: IndicatorListQuestion;
}

/** Everything that rules look for or leave out: field, operator and value. */
export const indicatorsPage = definePage<IndicatorsData>({
  path: "/indicators",
  load: ({ database }, { query }) => {
    const page = pageNumber(query);
    if (page === null) return invalidPageNumber;
    const operator = query.get("operator") || undefined;
    if (operator !== undefined && !isOperator(operator)) {
      return { type: "invalid", why: `operator must be one of these: ${Object.keys(operatorWords).join(", ")}.` };
    }
    const asked = query.get("sort") || undefined;
    const sort = indicatorOrders.find((one) => one === asked);
    if (asked !== undefined && sort === undefined) {
      return { type: "invalid", why: `sort must be one of these: ${indicatorOrders.join(", ")}.` };
    }
    const filter: IndicatorListQuestion = {
      field: query.get("field")?.trim() || undefined,
      facet: query.get("facet") || undefined,
      operator,
      text: query.get("q")?.trim() || undefined,
      corpus: query.get("corpus") || undefined,
      sort,
    };
    return found({ filter, ...indicatorList(database, { ...filter, page }) });
  },
  view: (data, site) => ({
    title: "Indicators",
    summary:
      "Every field, operator and value that public detection rules look for, with its reach and how often it is left out.",
    place: "indicators",
    body: <IndicatorsBody data={data} site={site} />,
  }),
});

function indicatorsAddress({ text, ...filter }: IndicatorListQuestion, page: number): string {
  return withQuery(addresses.indicators, { q: text, ...filter, page: page === 1 ? undefined : String(page) });
}

function IndicatorsBody({ data, site }: { readonly data: IndicatorsData; readonly site: Site }): Child {
  const { filter, total, indicators, page, pageSize } = data;
  const { sort: _, ...narrowing } = filter;
  const narrowed = Object.values(narrowing).some((one) => one !== undefined);
  return (
    <>
      <Breadcrumb crumbs={[{ label: "Home", href: addresses.home }, { label: "Indicators" }]} />
      <header class="head">
        <h1>Indicators</h1>
        <p class="lead">
          What rules look for: a field, an operator and a value, the same however it is spelled. Reach counts the active
          rules that look for it, and left out those that exclude it.
        </p>
      </header>
      <FilterForm action={addresses.indicators} label="Filter indicators" kept={{ facet: filter.facet }}>
        <TextFilter name="q" label="Value" value={filter.text} placeholder="rundll32" />
        <TextFilter name="field" label="Field" value={filter.field} placeholder="process.name, Image …" />
        <Choice
          name="operator"
          label="Operator"
          chosen={filter.operator ?? ""}
          options={[
            ["", "any"],
            ...Object.entries(operatorWords).filter(([id]) => id !== "exists" && id !== "is_null"),
          ]}
        />
        <Choice
          name="corpus"
          label="Looked for by"
          chosen={filter.corpus ?? ""}
          options={[
            ["", "any corpus"],
            ...site.overview.corpora.filter((one) => one.active > 0).map(({ id, name }) => [id, name] as const),
          ]}
        />
        <Choice
          name="sort"
          label="Order"
          chosen={filter.sort ?? ""}
          options={[
            ["", "widest reach first"],
            ["excluded", "left out most first"],
            ["vendors", "most corpora first"],
          ]}
        />
      </FilterForm>
      <p class="note" role="status">
        {counted(total, "indicator")}
        {narrowed ? " found" : ""}.{Meant(data)} {narrowed && <a href={addresses.indicators}>Show all</a>}
      </p>
      {indicators.length === 0 ? (
        <NoIndicators data={data} />
      ) : (
        <IndicatorTable indicators={indicators} caption="Indicators" here={null} openAll />
      )}
      <Pager page={page} pageSize={pageSize} total={total} address={(to) => indicatorsAddress(filter, to)} />
    </>
  );
}

/** How the name of a field was understood, where it is no id. */
function Meant({ meant, filter }: IndicatorsData): Child {
  if (filter.facet !== undefined) {
    return (
      <>
        {" "}
        All forms of <a href={withQuery(addresses.field(filter.facet), { forms: "all" })}>{filter.facet}</a>.
      </>
    );
  }
  if (meant === null || meant.type === "field" || meant.type === "unknown") return null;
  const shown = meant.fields.slice(0, 12);
  return (
    <>
      {" "}
      {filter.field} {meant.type === "facet" ? "has these forms" : "is a name of"}:{" "}
      {shown.map((field, position) => (
        <>
          {position > 0 && ", "}
          <FieldName field={field} />
        </>
      ))}
      {meant.fields.length > shown.length ? " …" : ""}
      {meant.type === "name" ? "; their other forms are meant, too." : "."}
    </>
  );
}

function NoIndicators({ data: { total, meant, filter } }: { readonly data: IndicatorsData }): Child {
  if (total > 0) return <Empty title="There are not that many pages." />;
  if (meant?.type === "unknown") {
    return (
      <Empty title={`There is no field ${filter.field}.`}>
        {meant.near.length === 0 ? (
          <p>
            Ids and the names of all schemas are known: look them up in the{" "}
            <a href={addresses.fields}>list of fields</a>.
          </p>
        ) : (
          <p>
            Did you mean{" "}
            {meant.near.map((field, position) => (
              <>
                {position > 0 && ", "}
                <a href={indicatorsAddress({ ...filter, field }, 1)}>{field}</a>
              </>
            ))}
            ?
          </p>
        )}
      </Empty>
    );
  }
  return (
    <Empty title="No indicator matches.">
      <ul>
        <li>A value is found by any part of it, in either letter case: try fewer letters.</li>
        <li>A rule may spell it with another operator, or in another form of the field: leave them open.</li>
      </ul>
    </Empty>
  );
}
