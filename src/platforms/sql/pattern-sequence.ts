import { durationSeconds, shortDuration } from "../duration.ts";
import {
  type Condition,
  type Refused,
  refused,
  type TargetQuery,
  type TargetStep,
  type WrittenQuery,
} from "../platform.ts";
import { layOut } from "../print/layout.ts";
import { joined, type SqlWriting, tableParts, wrapped } from "./table-parts.ts";

type Sequence = Extract<TargetQuery, { readonly type: "sequence" }>;

/**
 * An aggregate function that walks through the events of a group in the order of their time
 * (https://clickhouse.com/docs/sql-reference/aggregate-functions/parametric-functions).
 */
export function patternSequence(writing: SqlWriting, query: Sequence): WrittenQuery | Refused {
  const { engine, table, dialect } = writing;
  const { steps, until, maxspan, ordered } = query;
  if (steps.some((one) => one.missing) || until !== null) {
    return refused("sequence", `${engine.title} has no sequences with events that must not occur.`);
  }
  const [first] = steps;
  if (first === undefined || steps.length < 2) return refused("sequence", "A sequence has two steps or more.");
  if (steps.some((one) => one.by.some(({ name }, at) => name !== first.by[at]?.name))) {
    return refused("sequence", `${engine.title} groups all steps of a sequence by the same columns.`);
  }
  if (first.by.length === 0)
    return refused("sequence", `${engine.title} would look for the sequence over all events at once.`);
  const parts = steps.map((one) => tableParts(writing, one.branches));
  const tables = new Set(parts.flatMap((all) => all.map((one) => one.from)));
  const [from] = tables;
  if (tables.size !== 1 || from === undefined)
    return refused("sequence", `${engine.title} takes all steps from one table.`);
  const conditions = parts.map((all) =>
    joined(
      "or",
      all.map((one) => one.condition),
    ),
  );
  const present = first.by.map(
    (one): Condition => ({
      type: "written",
      written: { text: `${table.value(engine, one.name)} IS NOT NULL`, binds: "not" },
    }),
  );
  const tests = conditions.map((one) => `ifNull(${layOut(dialect, one, "      ")}, 0)`);
  const time = engine.name("@timestamp");
  const keys = first.by.map((one) => table.value(engine, one.name));
  const whole = layOut(dialect, joined("and", [joined("or", conditions), ...present]), "  ");
  const having = ordered
    ? `sequenceMatch('${patternOf(steps, maxspan === null ? null : durationSeconds(maxspan))}')(\n    ${[time, ...tests].join(",\n    ")}\n  )`
    : tests.map((one, at) => `countIf(${one}) >= ${steps[at]?.runs ?? 1}`).join("\n  AND ");
  const spans = !ordered && maxspan !== null ? [engine.startOfSpan(time, maxspan)] : [];
  const text = [
    `SELECT ${wrapped([...first.by.map((one) => table.shown(engine, one.name)), `min(${time}) AS first_seen`, `max(${time}) AS last_seen`], "       ")}`,
    `FROM ${from}`,
    `WHERE ${whole}`,
    `GROUP BY ${wrapped([...spans, ...keys], "         ")}`,
    `HAVING ${having}`,
  ].join("\n");
  return { text, remarks: remarksOf(steps, maxspan === null ? null : shortDuration(maxspan), ordered) };
}

function patternOf(steps: readonly TargetStep[], seconds: number | null): string {
  const between = seconds === null ? ".*" : `(?t<=${seconds})`;
  return steps.flatMap((one, at) => Array.from({ length: one.runs }, () => `(?${at + 1})`)).join(between);
}

function remarksOf(steps: readonly TargetStep[], span: string | null, ordered: boolean): WrittenQuery["remarks"] {
  if (span === null) return [];
  const count = steps.reduce((sum, one) => sum + one.runs, 0);
  if (!ordered) {
    const why = `The events must fall into one of the spans of ${span} that stand side by side.`;
    return [{ part: "sequence", code: "window", why }];
  }
  if (count === 2) return [];
  const why = `Each step must follow within ${span} of the one before, so that all of them together may take longer.`;
  return [{ part: "sequence", code: "window", why }];
}
