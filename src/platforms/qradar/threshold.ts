import type { Duration, Refused, TargetQuery, WrittenQuery } from "../platform.ts";
import { aqlName } from "./literals.ts";
import { tableOf, whereOf } from "./select.ts";
import { clauses, last, lookBack, namesOf, said, twoTables, unnamed } from "./statement.ts";

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=" } as const;

/**
 * Like events are kept as one with a count (coalescing), so events are counted by the sum of `eventcount`.
 * @see https://www.ibm.com/docs/SS42VS_7.4/com.ibm.qradar.doc/r_aql_aggregate_functions.html
 */
export function threshold(query: Extract<TargetQuery, { readonly type: "threshold" }>): WrittenQuery | Refused {
  const { branches, by, conditions, window } = query;
  const table = tableOf(branches);
  if (table === null) return twoTables;
  const groups = namesOf(by);
  const distinct = namesOf(conditions.flatMap((one) => (one.distinct === null ? [] : [one.distinct])));
  if (groups === null || distinct === null) return unnamed;
  const counts = new Map<string, string>();
  const having = conditions.map(({ operator, count, distinct: field }) => {
    const name = field === null ? null : aqlName(field.name);
    const call = name === null ? (table === "flows" ? "COUNT(*)" : "SUM(eventcount)") : `UNIQUECOUNT(${name})`;
    const alias = counts.get(call) ?? (name === null ? "event_count" : `distinct_count_${counts.size + 1}`);
    counts.set(call, alias);
    return `${alias} ${signs[operator]} ${count}`;
  });
  const columns = [...groups, ...[...counts].map(([call, alias]) => `${call} AS ${alias}`)];
  const where = whereOf(branches);
  if (typeof where !== "string") return where;
  const span = last(window ?? lookBack);
  const remarks = [windowRemark(window)];
  if (groups.length > 0) {
    const rest = [`GROUP BY ${groups.join(", ")}`, `HAVING ${having.join(" AND ")}`, span];
    return { text: clauses(columns, table, where, rest), remarks };
  }
  // `HAVING` stands behind `GROUP BY` only, so that the one row is asked once more.
  const inner = clauses(columns, table, where, [span]).replaceAll("\n", "\n  ");
  return { text: `SELECT *\nFROM (\n  ${inner}\n)\nWHERE ${having.join(" AND ")}`, remarks };
}

function windowRemark(window: Duration | null): WrittenQuery["remarks"][number] {
  const why =
    window === null
      ? `The rule names no time span: events of the last ${said(lookBack)} are counted.`
      : `Events of the last ${said(window)} are counted when the search runs, so it has to run often enough.`;
  return { part: window === null ? "all events" : said(window), code: "window", why };
}
