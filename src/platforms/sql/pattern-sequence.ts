import { durationSeconds, shortDuration } from "../duration.ts";
import { type Refused, refused, type TargetQuery, type TargetStep, type WrittenQuery } from "../platform.ts";
import { layOut, onOneLine } from "../print/layout.ts";
import type { RemarkCode } from "../translation.ts";
import { joined, type SqlWriting, type TablePart, tableParts, wrapped } from "./table-parts.ts";

type Sequence = Extract<TargetQuery, { readonly type: "sequence" }>;

/**
 * An aggregate function that walks through the events of a group in the order of their time
 * (https://clickhouse.com/docs/sql-reference/aggregate-functions/parametric-functions).
 */
export function patternSequence(writing: SqlWriting, query: Sequence): WrittenQuery | Refused {
  const { engine } = writing;
  const { steps, until, maxspan, ordered } = query;
  if (steps.some((one) => one.missing) || until !== null) {
    return refused("sequence", `${engine.title} has no sequences with events that must not occur.`);
  }
  const [first] = steps;
  if (first === undefined || steps.reduce((sum, one) => sum + one.runs, 0) < 2) {
    return refused("sequence", "A sequence has two events or more.");
  }
  if (first.by.length === 0 || steps.some((one) => one.by.length !== first.by.length)) {
    return refused("sequence", `${engine.title} would look for the sequence over all events at once.`);
  }
  const parts = steps.map((one) => tableParts(writing, one.branches));
  const tables = new Set(parts.flatMap((all) => all.map((one) => one.from)));
  const [from] = tables;
  if (tables.size !== 1 || from === undefined) {
    return refused("sequence", `${engine.title} takes all steps from one table.`);
  }
  const time = engine.name("@timestamp");
  const names = steps.map((_, at) => `step${at + 1}`);
  const keys = first.by.map((field, at) => keyOf(writing, steps, field.name, at));
  const columns = [
    time,
    ...keys.map(({ inside }) => inside),
    ...parts.map((all, at) => `${stepTest(writing, all)} AS ${names[at]}`),
  ];
  // The function asks for two conditions; no event here is none of the steps.
  const conditions = names.length === 1 ? [...names, `${names[0]} = 0`] : names;
  const having = ordered
    ? `sequenceMatch('${patternOf(steps, maxspan === null ? null : durationSeconds(maxspan))}')(${[time, ...conditions].join(", ")})`
    : names.map((one, at) => `sum(${one}) >= ${steps[at]?.runs ?? 1}`).join("\n  AND ");
  const spans = !ordered && maxspan !== null ? [engine.startOfSpan(time, maxspan)] : [];
  const groups = [...spans, ...keys.map((one) => one.name)];
  const text = [
    `SELECT ${wrapped([...keys.map((one) => one.shown), `min(${time}) AS first_seen`, `max(${time}) AS last_seen`], "       ")}`,
    "FROM (",
    `  SELECT ${columns.join(",\n         ")}`,
    `  FROM ${from}`,
    `  WHERE ${names.join(" OR ")}`,
    ") AS steps",
    `WHERE ${keys.map((one) => `${one.name} IS NOT NULL`).join("\n  AND ")}`,
    `GROUP BY ${wrapped(groups, "         ")}`,
    `HAVING ${having}`,
  ].join("\n");
  return { text, remarks: remarksOf(query) };
}

/** Is an event one of a step? 1 or 0. */
function stepTest({ dialect }: SqlWriting, parts: readonly TablePart[]): string {
  const condition = joined(
    "or",
    parts.map((one) => one.condition),
  );
  const line = onOneLine(dialect, condition);
  if (line.length <= 80) return `ifNull(${line}, 0)`;
  return `ifNull(\n           ${layOut(dialect, condition, "           ")}\n         , 0)`;
}

/** A value by which the events of all steps are grouped. */
interface Key {
  /** In the list of the inner query, and its name there. */
  readonly inside: string;
  readonly name: string;
  /** In the list of results. */
  readonly shown: string;
}

/** Of an event of each step, its own field. */
function keyOf({ engine, table }: SqlWriting, steps: readonly TargetStep[], field: string, at: number): Key {
  const values = steps.map((one) => table.value(engine, one.by[at]?.name ?? ""));
  const column = engine.name(field);
  const [only] = values;
  if (only === column && new Set(values).size === 1) return { inside: column, name: column, shown: column };
  const name = `key${at + 1}`;
  const value =
    only !== undefined && new Set(values).size === 1
      ? only
      : `multiIf(${values.map((one, step) => `step${step + 1}, ${one}`).join(", ")}, NULL)`;
  return { inside: `${value} AS ${name}`, name, shown: `${name} AS ${column}` };
}

function patternOf(steps: readonly TargetStep[], seconds: number | null): string {
  const between = seconds === null ? ".*" : `(?t<=${seconds})`;
  return steps.flatMap((one, at) => Array.from({ length: one.runs }, () => `(?${at + 1})`)).join(between);
}

function remarksOf({ steps, maxspan, ordered }: Sequence): WrittenQuery["remarks"] {
  const remarks: WrittenQuery["remarks"][number][] = [];
  const note = (code: RemarkCode, why: string): void => {
    remarks.push({ part: "sequence", code, why });
  };
  const [first] = steps;
  if (steps.some((one) => one.by.some(({ name }, at) => name !== first?.by[at]?.name))) {
    note("grouping", "An event that could be of several steps is grouped by the field of the first of them.");
  }
  if (maxspan === null) return remarks;
  const span = shortDuration(maxspan);
  const count = steps.reduce((sum, one) => sum + one.runs, 0);
  if (!ordered) note("window", `The events must fall into one of the spans of ${span} that stand side by side.`);
  else if (count > 2) {
    note("window", `Each event must follow within ${span} of the one before, so that all together may take longer.`);
  }
  return remarks;
}
