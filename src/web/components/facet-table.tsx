import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { FacetLine } from "../../catalog/queries/field-list.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses, searchAddress, withQuery } from "../addresses.ts";
import type { Site } from "../page.ts";
import { fieldTypeWord } from "../wording.ts";
import { Bar } from "./bar.tsx";
import { FieldName } from "./field-name.tsx";
import { Table } from "./table.tsx";

export interface FacetTableProps {
  readonly facets: readonly FacetLine[];
  /** The subject that all of them share; null where each says its own. */
  readonly title: string | null;
  readonly site: Site;
}

export function FacetTable({ facets, title, site }: FacetTableProps): Child {
  const whole = site.overview.counts.active;
  const columns = [
    { title: "Field" },
    { title: "Rules", numeric: true },
    ...(title === null ? [{ title: "Subject" }] : []),
    { title: "Type" },
    { title: "Schemas that name it", numeric: true },
  ];
  const rows = facets.map((line) => [
    html`<span class="facet"><b>${facetTitle(line)}</b><span class="forms">${line.fields.map(form)}</span></span>`,
    html`<span class="counted">${Bar({ part: line.rules, whole })}<a href="${rulesOf(line)}">${formatNumber(line.rules)}</a></span>`,
    ...(title === null ? [line.role] : []),
    [...new Set(line.fields.map((one) => fieldTypeWord(one.type)))].join(", "),
    `${Math.max(...line.fields.map((one) => one.schemas))} of ${site.schemas.length}`,
  ]);
  return (
    <Table caption={title === null ? "Fields" : `Fields: ${title}`} narrow="stack" columns={columns} rows={rows} />
  );
}

function rulesOf({ facet, fields }: FacetLine): string {
  const [only] = fields;
  return searchAddress(fields.length === 1 && only !== undefined ? { field: only.field } : { facet });
}

/** The page of all forms where there are several; a field whose title is its id is named once. */
function facetTitle({ facet, title, fields }: FacetLine): Child {
  if (fields.length > 1) return html`<a href="${withQuery(addresses.field(facet), { forms: "all" })}">${title}</a> `;
  return title === fields[0]?.field ? "" : html`${title} `;
}

function form({ field, form: what, rules }: FacetLine["fields"][number]): Child {
  return html`<span class="form">${FieldName({ field })}${what === null ? "" : html` <span class="quiet">${what}, ${formatNumber(rules)}</span>`}</span>`;
}
