import type { Duration, Platform, Refused, TargetField, TargetQuery, WrittenQuery } from "../platform.ts";
import { refused } from "../platform.ts";
import type { Remark } from "../translation.ts";
import { aqlDialect } from "./dialect.ts";
import { aqlComment, aqlName } from "./literals.ts";
import { columnsOf, tableOf, whereOf } from "./select.ts";

/** IBM QRadar, in the Ariel Query Language. */
export const qradar: Platform = {
  id: "qradar",
  title: "IBM QRadar (AQL)",
  aliases: ["aql", "ibm", "ariel"],
  language: null,
  schema: "qradar",
  content: "qradar",
  supplied: (canonical) => canonical,
  dialect: aqlDialect,
  comment: aqlComment,
  headed: (comment, text) => text.replace(/^ *FROM (?:events|flows)$/mu, (from) => `${from}\n${comment}`),
  write: (query) => {
    switch (query.type) {
      case "selection":
        return selection(query);
      case "threshold":
        return threshold(query);
      case "new_terms":
        return newTerms(query);
      case "sequence":
        return refused(
          "sequence",
          "A session of AQL shows events that follow each other, but also those on which nothing followed.",
        );
      default:
        return query satisfies never;
    }
  },
};

/** How far back a search looks that names no time: without a word of it AQL looks at five minutes. */
const lookBack: Duration = { amount: 24, unit: "hour" };

function last({ amount, unit }: Duration): string {
  return `LAST ${amount} ${unit.toUpperCase()}S`;
}

function said({ amount, unit }: Duration): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

/** Clauses below each other, columns and conditions on lines of their own. */
function clauses(columns: readonly string[], table: string, where: string, rest: readonly string[]): string {
  return [`SELECT\n  ${columns.join(",\n  ")}`, `FROM ${table}`, `WHERE\n  ${where}`, ...rest].join("\n");
}

const twoTables = refused("join", "AQL asks events and flows in two searches.");

function selection(query: Extract<TargetQuery, { readonly type: "selection" }>): WrittenQuery | Refused {
  const table = tableOf(query.branches);
  if (table === null) return twoTables;
  const where = whereOf(query.branches);
  if (typeof where !== "string") return where;
  return { text: clauses(columnsOf(query, table), table, where, [last(lookBack)]), remarks: [] };
}

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=" } as const;

/**
 * Like events are kept as one with a count (coalescing), so events are counted by the sum of `eventcount`.
 * @see https://www.ibm.com/docs/SS42VS_7.4/com.ibm.qradar.doc/r_aql_aggregate_functions.html
 */
function threshold(query: Extract<TargetQuery, { readonly type: "threshold" }>): WrittenQuery | Refused {
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
  return { part: window === null ? "all events" : said(window), code: "window", why } satisfies Remark & {
    readonly part: string;
  };
}

const unnamed = refused("no-field", "No quotation marks hold the name of a property to group by.");

function namesOf(fields: readonly TargetField[]): readonly string[] | null {
  const names = fields.map((one) => aqlName(one.name));
  return names.includes(null) ? null : names.filter((one) => one !== null);
}

/** How often new values are looked for. */
const interval: Duration = { amount: 1, unit: "hour" };

/**
 * A value of the last hour that is not among those before. The inner search gives one column and 10,000 rows at most.
 * @see https://www.ibm.com/docs/en/qsip/7.6.0?topic=language-aql-subquery
 */
function newTerms(query: Extract<TargetQuery, { readonly type: "new_terms" }>): WrittenQuery | Refused {
  const { branches, fields, window } = query;
  const table = tableOf(branches);
  if (table === null) return twoTables;
  const names = namesOf(fields);
  const [name, ...others] = names ?? [];
  if (name === undefined) return unnamed;
  if (others.length > 0) return refused("new-terms", "AQL finds new values of one property, not of several together.");
  const inner = whereOf(branches);
  if (typeof inner !== "string") return inner;
  const ago = (span: Duration) => `PARSEDATETIME('${said(span)} ago')`;
  const rest = [`GROUP BY ${name}`, `START ${ago(window)} STOP ${ago(interval)}`];
  const before = clauses([name], table, inner, rest).replaceAll("\n", "\n    ");
  const where = whereOf(branches, [`${name} IS NOT NULL`, `NOT (${name} IN (\n    ${before}\n  ))`]);
  if (typeof where !== "string") return where;
  const text = clauses(columnsOf(query, table), table, where, [last(interval)]);
  const why =
    `Values of the last ${said(interval)} are held against those of the ${said(window)} before, of which AQL reads ` +
    "10,000 at most.";
  return { text, remarks: [{ part: fields.map((one) => one.name).join(", "), code: "new-terms", why }] };
}
