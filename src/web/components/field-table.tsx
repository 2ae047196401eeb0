import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { CountedFields } from "../../catalog/queries/answers.ts";
import type { Narrowing } from "../../catalog/queries/narrowing.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { searchAddress } from "../addresses.ts";
import { cut } from "../wording.ts";
import { OperatorChips } from "./badges.tsx";
import { Bar } from "./bar.tsx";
import { FieldName } from "./field-name.tsx";
import { Table } from "./table.tsx";

/** Rows shown at once; the rest unfolds. */
const openRows = 25;

const longestSample = 60;

export interface FieldTableProps {
  readonly fields: readonly CountedFields[];
  /** Active rules of the technique: the whole of which each row is a part. */
  readonly rules: number;
  readonly technique: string;
  /** What the rules behind a number have in common besides the facet. */
  readonly narrowing: Narrowing;
}

export function FieldTable({ fields, rules, technique, narrowing }: FieldTableProps): Child {
  const table = (shown: readonly CountedFields[], caption: string): Child => (
    <Table
      caption={caption}
      narrow="stack"
      columns={[{ title: "Field" }, { title: "Rules", numeric: true }, { title: "Operators" }, { title: "Values" }]}
      rows={shown.map((field) => row(field, rules, narrowing))}
    />
  );
  return (
    <>
      {table(fields.slice(0, openRows), `Fields that rules for ${technique} filter on`)}
      {fields.length > openRows && (
        <details class="more">
          <summary>{formatNumber(fields.length - openRows)} more fields</summary>
          {table(fields.slice(openRows), `More fields that rules for ${technique} filter on`)}
        </details>
      )}
    </>
  );
}

function row(
  { facet, title, rules, operators, fields, samples }: CountedFields,
  whole: number,
  narrowing: Narrowing,
): readonly Child[] {
  // What is no single name, like "(any field)", cannot be searched for.
  const count = facet.startsWith("(")
    ? formatNumber(rules)
    : html`<a href="${searchAddress({ ...narrowing, facet })}">${formatNumber(rules)}</a>`;
  const values = samples.map(
    (sample) => html`<code class="value">${sample === "" ? '""' : cut(sample, longestSample)}</code>`,
  );
  return [
    html`<span class="facet">${fields.length === 1 && title === fields[0]?.field ? "" : html`<b>${title}</b> `}<span class="forms">${fields.map(form)}</span></span>`,
    html`<span class="counted">${Bar({ part: rules, whole })}${count}</span>`,
    OperatorChips({ operators }),
    html`<span class="values">${values}</span>`,
  ];
}

function form({ field, form: what, rules }: CountedFields["fields"][number]): Child {
  return html`<span class="form">${FieldName({ field })}${what === null ? "" : html` <span class="quiet">${what}, ${formatNumber(rules)}</span>`}</span>`;
}
