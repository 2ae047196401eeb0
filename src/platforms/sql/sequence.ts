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
import { eventsOf, joined, type SqlWriting, tableParts, wrapped } from "./table-parts.ts";

type Sequence = Extract<TargetQuery, { readonly type: "sequence" }>;

/** Every step is a table of its own that is joined to the first; a step of several runs stands as many times. */
export function joinedSequence(writing: SqlWriting, query: Sequence): WrittenQuery | Refused {
  const { engine } = writing;
  const { steps, until, maxspan, ordered } = query;
  const happening = steps.filter((one) => !one.missing).flatMap((one) => Array.from({ length: one.runs }, () => one));
  if (steps[0]?.missing === true || (steps.at(-1)?.missing === true && maxspan === null)) {
    return refused("sequence", "A step that must not occur needs a step on both sides, or a time span.");
  }
  const column = (step: number, name: string): string => `step${step + 1}.${engine.name(name)}`;
  const time = (step: number): string => column(step, "@timestamp");
  const [first] = happening;
  if (first === undefined || happening.length < 2) {
    return refused("sequence", "A sequence has two steps or more that happen.");
  }
  const keysEqual = (one: TargetStep, alias: string): readonly string[] =>
    one.by.flatMap(({ name }, at) => {
      const same = first.by[at];
      return same === undefined ? [] : [`${valueIn(writing, alias, name)} = ${valueIn(writing, "step1", same.name)}`];
    });
  const last = happening.length - 1;
  const lines = [`FROM ${eventsOf(writing, first.branches, "step1", "")}`];
  for (let at = 1; at < happening.length; at++) {
    const step = happening[at];
    if (step === undefined) continue;
    const order = ordered
      ? [`${time(at)} > ${time(at - 1)}`]
      : differs(happening, at, (one) => column(one, "event.id"));
    const span =
      maxspan === null
        ? []
        : within(
            ordered,
            at,
            (one) => time(one),
            (one) => engine.later(one, maxspan),
          );
    const conditions = [...keysEqual(step, `step${at + 1}`), ...order, ...span];
    lines.push(`JOIN ${eventsOf(writing, step.branches, `step${at + 1}`, "")} ON ${conditions.join("\n  AND ")}`);
  }
  const absent = steps.flatMap((step, index) => (step.missing ? [{ step, index }] : []));
  const without = absent.map(({ step, index }) => {
    const before = runsBefore(steps, index) - 1;
    const after = before + 1 <= last ? `absent.${engine.name("@timestamp")} < ${time(before + 1)}` : null;
    const end =
      after ??
      `absent.${engine.name("@timestamp")} <= ${maxspan === null ? time(last) : engine.later(time(0), maxspan)}`;
    return notExists(writing, step, [
      ...keysEqual(step, "absent"),
      `absent.${engine.name("@timestamp")} > ${time(before)}`,
      end,
    ]);
  });
  if (until !== null) {
    const between = [
      `absent.${engine.name("@timestamp")} > ${time(0)}`,
      `absent.${engine.name("@timestamp")} < ${time(last)}`,
    ];
    without.push(notExists(writing, until, [...keysEqual(until, "absent"), ...between]));
  }
  const columns = happening.flatMap((_, at) => [
    `${column(at, "event.id")} AS ${engine.name(`step${at + 1}.event.id`)}`,
    `${time(at)} AS ${engine.name(`step${at + 1}.@timestamp`)}`,
  ]);
  const keys = first.by.map((one) => `${valueIn(writing, "step1", one.name)} AS ${engine.name(one.name)}`);
  const text = [
    `SELECT ${wrapped([...keys, ...columns], "       ")}`,
    ...lines,
    ...(without.length === 0 ? [] : [`WHERE ${without.join("\n  AND ")}`]),
  ].join("\n");
  return { text, remarks: [] };
}

/** A field of one of several tables. */
function valueIn({ engine, table }: SqlWriting, alias: string, field: string): string {
  const plain = engine.name(field);
  const value = table.value(engine, field);
  return value === plain
    ? `${alias}.${plain}`
    : value.replace(engine.name("event"), () => `${alias}.${engine.name("event")}`);
}

function differs(steps: readonly TargetStep[], at: number, id: (step: number) => string): readonly string[] {
  return steps.slice(0, at).map((_, before) => `${id(at)} <> ${id(before)}`);
}

/** Between the first and the last step of an order; between any two where there is none. */
function within(
  ordered: boolean,
  at: number,
  time: (step: number) => string,
  later: (time: string) => string,
): readonly string[] {
  if (ordered) return [`${time(at)} <= ${later(time(0))}`];
  return Array.from({ length: at }, (_, before) => [
    `${time(at)} <= ${later(time(before))}`,
    `${time(before)} <= ${later(time(at))}`,
  ]).flat();
}

/** How many steps happen before one that must not. */
function runsBefore(steps: readonly TargetStep[], index: number): number {
  return steps.slice(0, index).reduce((sum, one) => sum + (one.missing ? 0 : one.runs), 0);
}

function notExists(writing: SqlWriting, step: TargetStep, conditions: readonly string[]): string {
  return `NOT EXISTS (\n    SELECT 1 FROM ${eventsOf(writing, step.branches, "absent", "    ")}\n    WHERE ${conditions.join("\n      AND ")}\n  )`;
}

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
