import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { IndicatorAnswer } from "../../catalog/queries/answers.ts";
import { formatNumber } from "../../kit/numbers.ts";
import { addresses } from "../addresses.ts";
import { cut, operatorWords } from "../wording.ts";
import { VendorBadge } from "./badges.tsx";
import { FieldName } from "./field-name.tsx";
import { Table } from "./table.tsx";

/** Rows shown at once; the rest unfolds. */
const openRows = 30;

const longestValue = 160;

export interface IndicatorTableProps {
  readonly indicators: readonly IndicatorAnswer[];
  readonly caption: string;
  /** Title of the column that counts rules of this page; null on the page of one rule. */
  readonly here: string | null;
  /** Unfold every row: on a page that holds nothing else. */
  readonly openAll?: boolean;
}

export function IndicatorTable({ indicators, caption, here, openAll = false }: IndicatorTableProps): Child {
  const open = openAll ? indicators.length : openRows;
  const columns = [
    { title: "Looks for" },
    ...(here === null ? [] : [{ title: here, numeric: true }]),
    { title: "Reach", numeric: true },
    { title: "Left out by", numeric: true },
    { title: "Rules by corpus" },
    ...(indicators.some((one) => one.family !== undefined) ? [{ title: "Also looked for by" }] : []),
  ];
  const table = (shown: readonly IndicatorAnswer[], title: string): Child => (
    <Table caption={title} narrow="stack" columns={columns} rows={shown.map((one) => row(one, here !== null))} />
  );
  return (
    <>
      {table(indicators.slice(0, open), caption)}
      {indicators.length > open && (
        <details class="more">
          <summary>{formatNumber(indicators.length - open)} more indicators</summary>
          {table(indicators.slice(open), `More: ${caption}`)}
        </details>
      )}
    </>
  );
}

function row(indicator: IndicatorAnswer, withHere: boolean): readonly Child[] {
  const { id, field, operator, value, rulesHere, reach, excludedBy, vendors, family } = indicator;
  const shown = html`<a href="${addresses.indicator(id)}"><code class="value">${value === "" ? '""' : cut(value, longestValue)}</code></a>`;
  const badges = Object.entries(vendors).map(([corpus, count]) => VendorBadge({ corpus, count }));
  return [
    html`<span class="statement">${FieldName({ field })} <span class="verb">${operatorWords[operator]}</span> ${shown}</span>`,
    ...(withHere ? [formatNumber(rulesHere)] : []),
    formatNumber(reach),
    excludedBy === 0 ? html`<span class="none">0</span>` : formatNumber(excludedBy),
    html`<span class="chips">${badges}</span>`,
    ...(family === undefined ? [] : [html`<span class="chips">${family.map(relative)}</span>`]),
  ];
}

function relative({ id, rules }: { readonly id: string; readonly rules: number }): Child {
  return html`<a class="chip" href="${addresses.technique(id)}">${id} <b>${formatNumber(rules)}</b></a>`;
}
