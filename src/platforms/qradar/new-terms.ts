import type { Duration, Refused, TargetQuery, WrittenQuery } from "../platform.ts";
import { columnsOf, tableOf, whereOf } from "./select.ts";
import { amongRows, clauses, keyOf, last, said, twoTables, unnamed } from "./statement.ts";

/** How often new values are looked for. */
const interval: Duration = { amount: 1, unit: "hour" };

/**
 * A value of the last hour that is not among those before. The inner search gives one column and 10,000 rows at most.
 * @see https://www.ibm.com/docs/en/qsip/7.6.0?topic=language-aql-subquery
 */
export function newTerms(query: Extract<TargetQuery, { readonly type: "new_terms" }>): WrittenQuery | Refused {
  const { branches, fields, window } = query;
  const table = tableOf(branches);
  if (table === null) return twoTables;
  const key = keyOf(fields);
  if (key === null) return unnamed;
  const inner = whereOf(branches, key.present);
  if (typeof inner !== "string") return inner;
  const ago = (span: Duration) => `PARSEDATETIME('${said(span)} ago')`;
  const before = clauses([key.column], table, inner, [
    `GROUP BY ${key.alias}`,
    `START ${ago(window)} STOP ${ago(interval)}`,
  ]);
  const where = whereOf(branches, key.present, [`NOT (${amongRows(key.value, before)})`]);
  if (typeof where !== "string") return where;
  const text = clauses(columnsOf(query.show, table), table, where, [last(interval)]);
  const why =
    `Values of the last ${said(interval)} are held against those of the ${said(window)} before, of which AQL reads ` +
    "10,000 at most.";
  return { text, remarks: [{ part: fields.map((one) => one.name).join(", "), code: "new-terms", why }] };
}
