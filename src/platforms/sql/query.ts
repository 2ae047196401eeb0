import { shortDuration } from "../duration.ts";
import type { CountCondition } from "../plan/plan.ts";
import {
  type Condition,
  type Duration,
  type Refused,
  refused,
  type TargetBranch,
  type TargetField,
  type TargetQuery,
  type WrittenQuery,
} from "../platform.ts";
import { joinedSequence } from "./joined-sequence.ts";
import { patternSequence } from "./pattern-sequence.ts";
import { eventsOf, fromWhere, joined, type SqlWriting, tableParts, wrapped } from "./table-parts.ts";

export function writeSql(writing: SqlWriting, query: TargetQuery): WrittenQuery | Refused {
  const one = writeBody(writing, query);
  if ("type" in one) return one;
  const { engine } = writing;
  if (deepestOf(query) > engine.deepest) {
    return refused("length", `${engine.title} takes no conditions that stand ${engine.deepest} deep in each other.`);
  }
  const bytes = new TextEncoder().encode(one.text).length;
  if (engine.longest === null || bytes <= engine.longest) return one;
  const why = `The query is longer than the ${engine.longest} bytes that ${engine.title} takes as it comes: raise max_query_size.`;
  return { ...one, remarks: [...one.remarks, { part: "the query", code: "length", why }] };
}

function writeBody(writing: SqlWriting, query: TargetQuery): WrittenQuery | Refused {
  switch (query.type) {
    case "selection":
      return { text: selection(writing, query.branches, query.show), remarks: [] };
    case "threshold":
      return threshold(writing, query);
    case "new_terms":
      return newTerms(writing, query);
    case "sequence":
      return writing.engine.sequences === "joins" ? joinedSequence(writing, query) : patternSequence(writing, query);
    default:
      return query satisfies never;
  }
}

function deepestOf(query: TargetQuery): number {
  const branches: readonly TargetBranch[] =
    query.type === "sequence"
      ? [...query.steps, ...(query.until === null ? [] : [query.until])].flatMap((one) => one.branches)
      : query.branches;
  return Math.max(0, ...branches.map((one) => (one.condition === null ? 0 : depthOf(one.condition))));
}

/** How deep conditions stand in each other. */
export function depthOf(condition: Condition): number {
  switch (condition.type) {
    case "written":
      return 1;
    case "not":
      return 1 + depthOf(condition.operand);
    case "and":
    case "or":
      return 1 + condition.operands.reduce((most, one) => Math.max(most, depthOf(one)), 0);
    default:
      return condition satisfies never;
  }
}

/** The fields that an analyst looks at, the event and its time first. */
function shownColumns({ engine, table }: SqlWriting, show: readonly string[]): string {
  const columns = [...new Set(["event.id", "@timestamp", ...show])].map((one) => table.shown(engine, one));
  return wrapped(columns, "       ");
}

function selection(writing: SqlWriting, branches: readonly TargetBranch[], show: readonly string[]): string {
  const columns = shownColumns(writing, show);
  return tableParts(writing, branches)
    .map((one) => `SELECT ${columns}\n${fromWhere(writing, one)}`)
    .join("\nUNION ALL\n");
}

type Threshold = Extract<TargetQuery, { readonly type: "threshold" }>;

/** Groups in spans of time that stand side by side. */
function threshold(writing: SqlWriting, { branches, by, conditions, window }: Threshold): WrittenQuery {
  const { engine, table } = writing;
  const time = engine.name("@timestamp");
  const keys = by.map((one) => table.value(engine, one.name));
  const shown = by.map((one) => table.shown(engine, one.name));
  const span = window === null ? [] : [engine.startOfSpan(time, window)];
  const counts = conditions.map((one, index) => countOf(writing, one, index));
  const columns = [
    ...span.map((one) => `${one} AS window_start`),
    ...shown,
    ...[...new Map(counts.map((one) => [one.count, one])).values()].map(({ count, name }) => `${count} AS ${name}`),
    `min(${time}) AS first_seen`,
    `max(${time}) AS last_seen`,
  ];
  const groups = [...span, ...keys];
  const source = sourceOf(writing, withPresent(branches, keys));
  const text = [
    `SELECT ${wrapped(columns, "       ")}`,
    source,
    ...(groups.length === 0 ? [] : [`GROUP BY ${wrapped(groups, "         ")}`]),
    `HAVING ${counts.map((one) => one.test).join("\n  AND ")}`,
  ].join("\n");
  if (window === null) return { text, remarks: [] };
  const why = `Events are counted in spans of ${shortDuration(window)} that stand side by side: what is spread over two of them is counted apart.`;
  return { text, remarks: [{ part: "threshold", code: "window", why }] };
}

/** Events without a value to group by belong to no group. */
function withPresent(branches: readonly TargetBranch[], keys: readonly string[]): readonly TargetBranch[] {
  const present = keys.map(
    (one): Condition => ({ type: "written", written: { text: `${one} IS NOT NULL`, binds: "not" } }),
  );
  if (present.length === 0) return branches;
  return branches.map((one) => ({
    ...one,
    condition: joined("and", [...flatOf(one.condition), ...present]),
  }));
}

function flatOf(condition: Condition | null): readonly Condition[] {
  if (condition === null) return [];
  return condition.type === "and" ? condition.operands : [condition];
}

/** Where a query that groups takes its events from. */
function sourceOf(writing: SqlWriting, branches: readonly TargetBranch[]): string {
  const parts = tableParts(writing, branches);
  const [only] = parts;
  return parts.length === 1 && only !== undefined
    ? fromWhere(writing, only)
    : `FROM ${eventsOf(writing, branches, "events", "")}`;
}

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=" } as const;

function countOf(
  { engine, table }: SqlWriting,
  { operator, count, distinct }: CountCondition<TargetField>,
  index: number,
): { readonly count: string; readonly name: string; readonly test: string } {
  const test = `${signs[operator]} ${count}`;
  if (distinct === null) return { count: "count(*)", name: "events", test: `count(*) ${test}` };
  const counted = engine.distinct(table.value(engine, distinct.name));
  return {
    count: counted,
    name: index === 0 ? "distinct_values" : `distinct_values_${index + 1}`,
    test: `${counted} ${test}`,
  };
}

/** A search for new values runs again and again; each run reports what was first seen since about the last one. */
const sinceLastRun: Duration = { amount: 1, unit: "hour" };

function newTerms(writing: SqlWriting, query: Extract<TargetQuery, { readonly type: "new_terms" }>): WrittenQuery {
  const { engine, table } = writing;
  const time = engine.name("@timestamp");
  const keys = query.fields.map((one) => table.value(engine, one.name));
  const shown = query.fields.map((one) => table.shown(engine, one.name));
  const recent: Condition = {
    type: "written",
    written: { text: `${time} >= ${engine.ago(query.window)}`, binds: "not" },
  };
  const timely = query.branches.map((one) => ({
    ...one,
    condition: joined("and", [recent, ...flatOf(one.condition)]),
  }));
  const source = sourceOf(writing, withPresent(timely, keys));
  const text = [
    `SELECT ${wrapped([...shown, `min(${time}) AS first_seen`, "count(*) AS events"], "       ")}`,
    source,
    `GROUP BY ${wrapped(keys, "         ")}`,
    `HAVING min(${time}) >= ${engine.ago(sinceLastRun)}`,
  ].join("\n");
  const why = "Reports values that were first seen in the last hour: run it every hour, or change that time.";
  return { text, remarks: [{ part: "new terms", code: "new-terms", why }] };
}
