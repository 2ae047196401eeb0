import { type Refused, refused, type TargetQuery, type TargetStep, type WrittenQuery } from "../platform.ts";
import { eventsOf, type SqlWriting, wrapped } from "./table-parts.ts";

type Sequence = Extract<TargetQuery, { readonly type: "sequence" }>;

/** A step that happens: a table with one row for each event, or for the last event of each run. */
interface Happening {
  readonly step: TargetStep;
  readonly alias: string;
  /** Its place among all steps. */
  readonly index: number;
  /** Times of its first and its last event. */
  readonly start: string;
  readonly end: string;
}

/** Every step is a table of its own that is joined to the first. */
export function joinedSequence(writing: SqlWriting, query: Sequence): WrittenQuery | Refused {
  const { engine } = writing;
  const { steps, until, maxspan, ordered } = query;
  const happening = happeningOf(writing, steps);
  const [first] = happening;
  const last = happening.at(-1);
  if (first === undefined || last === undefined || happening.reduce((sum, one) => sum + one.step.runs, 0) < 2) {
    return refused("sequence", "A sequence has two events or more that happen.");
  }
  if (steps[0]?.missing === true || (steps.at(-1)?.missing === true && maxspan === null)) {
    return refused("sequence", "A step that must not occur needs a step on both sides, or a time span.");
  }
  const later = (one: string): string => (maxspan === null ? one : engine.later(one, maxspan));
  const sameKeys = (step: TargetStep, alias: string): readonly string[] =>
    step.by.flatMap(({ name }, at) => {
      const same = first.step.by[at];
      return same === undefined
        ? []
        : [`${valueIn(writing, alias, name)} = ${valueIn(writing, first.alias, same.name)}`];
    });
  const tables = happening.map((one, at) => {
    const table = tableOf(writing, one);
    if (at === 0) return `FROM ${table}`;
    const before = happening.slice(0, at);
    const order = ordered
      ? [`${one.start} > ${before.at(-1)?.end}`]
      : before.map((other) => `${idOf(writing, one)} <> ${idOf(writing, other)}`);
    const span =
      maxspan === null
        ? []
        : ordered
          ? [`${one.end} <= ${later(first.start)}`]
          : before.flatMap((other) => [`${one.end} <= ${later(other.start)}`, `${other.end} <= ${later(one.start)}`]);
    return `JOIN ${table} ON ${[...sameKeys(one.step, one.alias), ...order, ...span].join("\n  AND ")}`;
  });
  const runs = happening.filter((one) => one.step.runs > 1).map((one) => `${one.start} IS NOT NULL`);
  // Of a single step there is no join that could ask for its span.
  const own = happening.length === 1 && maxspan !== null ? [`${first.end} <= ${later(first.start)}`] : [];
  const absent = steps.flatMap((step, index) => {
    if (!step.missing) return [];
    const before = happening.findLast((one) => one.index < index);
    const after = happening.find((one) => one.index > index);
    const from = `${timeIn(writing, "absent")} > ${before?.end ?? first.end}`;
    const to = after === undefined ? ` <= ${later(first.start)}` : ` < ${after.start}`;
    return [notExists(writing, step, [...sameKeys(step, "absent"), from, `${timeIn(writing, "absent")}${to}`])];
  });
  const ended =
    until === null
      ? []
      : [
          notExists(writing, until, [
            ...sameKeys(until, "absent"),
            `${timeIn(writing, "absent")} > ${first.start}`,
            `${timeIn(writing, "absent")} < ${last.end}`,
          ]),
        ];
  const where = [...runs, ...own, ...absent, ...ended];
  const keys = first.step.by.map(({ name }) => `${valueIn(writing, first.alias, name)} AS ${engine.name(name)}`);
  const columns = happening.flatMap((one) => [
    `${idOf(writing, one)} AS ${engine.name(`${one.alias}.event.id`)}`,
    `${one.end} AS ${engine.name(`${one.alias}.@timestamp`)}`,
  ]);
  const text = [
    `SELECT ${wrapped([...keys, ...columns], "       ")}`,
    ...tables,
    ...(where.length === 0 ? [] : [`WHERE ${where.join("\n  AND ")}`]),
  ].join("\n");
  return { text, remarks: [] };
}

function happeningOf(writing: SqlWriting, steps: readonly TargetStep[]): readonly Happening[] {
  const happening: Happening[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.missing) continue;
    const alias = `step${happening.length + 1}`;
    const end = timeIn(writing, alias);
    happening.push({ step, alias, index, start: step.runs > 1 ? `${alias}.run_start` : end, end });
  }
  return happening;
}

/** Of a run, each row knows when the event happened that stands so many before it. */
function tableOf(writing: SqlWriting, { step, alias }: Happening): string {
  const { engine, table } = writing;
  if (step.runs < 2) return eventsOf(writing, step.branches, alias, "");
  const time = engine.name("@timestamp");
  const keys = step.by.map((one) => table.value(engine, one.name)).join(", ");
  const window = `${keys === "" ? "" : `PARTITION BY ${keys} `}ORDER BY ${time}`;
  return eventsOf(writing, step.branches, alias, "", `lag(${time}, ${step.runs - 1}) OVER (${window}) AS run_start`);
}

function timeIn({ engine }: SqlWriting, alias: string): string {
  return `${alias}.${engine.name("@timestamp")}`;
}

function idOf({ engine }: SqlWriting, { alias }: Happening): string {
  return `${alias}.${engine.name("event.id")}`;
}

/** A field of one of several tables. */
function valueIn({ engine, table }: SqlWriting, alias: string, field: string): string {
  const plain = engine.name(field);
  const value = table.value(engine, field);
  if (value === plain) return `${alias}.${plain}`;
  return value.replace(engine.name("event"), () => `${alias}.${engine.name("event")}`);
}

function notExists(writing: SqlWriting, step: TargetStep, conditions: readonly string[]): string {
  const events = eventsOf(writing, step.branches, "absent", "    ");
  return `NOT EXISTS (\n    SELECT 1 FROM ${events}\n    WHERE ${conditions.join("\n      AND ")}\n  )`;
}
