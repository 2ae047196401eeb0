import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { IndicatorAnswer } from "../../catalog/queries/answers.ts";
import { phraseAddress } from "../addresses.ts";
import { cut, formatNumber, operatorWords } from "../wording.ts";
import { VendorBadge } from "./badges.tsx";
import { Table } from "./table.tsx";

/** Rows shown at once; the rest unfolds. */
const openRows = 30;

const longestValue = 160;

export interface IndicatorTableProps {
  readonly indicators: readonly IndicatorAnswer[];
  readonly caption: string;
  /** Title of the column that counts rules of this page; null on the page of one rule. */
  readonly here: string | null;
}

export function IndicatorTable({ indicators, caption, here }: IndicatorTableProps): Child {
  const columns = [
    { title: "Looks for" },
    ...(here === null ? [] : [{ title: here, numeric: true }]),
    { title: "Reach", numeric: true },
    { title: "Left out by", numeric: true },
    { title: "Rules by corpus" },
  ];
  const table = (shown: readonly IndicatorAnswer[], title: string): Child => (
    <Table caption={title} narrow="stack" columns={columns} rows={shown.map((one) => row(one, here !== null))} />
  );
  return (
    <>
      {table(indicators.slice(0, openRows), caption)}
      {indicators.length > openRows && (
        <details class="more">
          <summary>{formatNumber(indicators.length - openRows)} more indicators</summary>
          {table(indicators.slice(openRows), `More: ${caption}`)}
        </details>
      )}
    </>
  );
}

function row(indicator: IndicatorAnswer, withHere: boolean): readonly Child[] {
  const { field, operator, value, rulesHere, reach, excludedBy, vendors } = indicator;
  // A value without a letter or digit cannot be found in an index of words.
  const href = /[\p{L}\p{N}]/u.test(value) ? phraseAddress(value) : null;
  const shown = html`<code class="value">${value === "" ? '""' : cut(value, longestValue)}</code>`;
  const linked = href === null ? shown : html`<a href="${href}">${shown}</a>`;
  const badges = Object.entries(vendors).map(([corpus, count]) => VendorBadge({ corpus, count }));
  return [
    html`<span class="statement"><code class="name">${field ?? "any field"}</code> <span class="verb">${operatorWords[operator]}</span> ${
      operator === "exists" || operator === "is_null" ? "" : linked
    }</span>`,
    ...(withHere ? [formatNumber(rulesHere)] : []),
    formatNumber(reach),
    excludedBy === 0 ? html`<span class="none">0</span>` : formatNumber(excludedBy),
    html`<span class="chips">${badges}</span>`,
  ];
}
