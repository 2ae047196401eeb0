import {
  type Duration,
  type Refused,
  refused,
  type TargetField,
  type TargetQuery,
  type TargetStep,
  type WrittenQuery,
} from "../platform.ts";
import { columnOf } from "./columns.ts";
import { kustoName, kustoSpan } from "./literals.ts";
import { indented, listLine, type Search, searchesOf, shownColumns, unionOf } from "./pipeline.ts";

type Sequence = Extract<TargetQuery, { readonly type: "sequence" }>;

/** A step as a table of its own: when it was, what ties it to the others, and what is shown of it. */
interface Step {
  /** `Step1`. */
  readonly name: string;
  /** Columns that hold the time of its first and last event. */
  readonly first: string;
  readonly last: string;
  readonly text: string;
  readonly missing: boolean;
  readonly columns: readonly string[];
}

/**
 * Events that belong together: a table for each step, joined on what they share, with the order and the time span as a
 * condition on their times.
 */
export function sequence(query: Sequence): WrittenQuery | Refused {
  const { steps, until, maxspan, ordered } = query;
  const keys = keysOf([...steps, ...(until === null ? [] : [until])]);
  if (keys === null) return refused("sequence", "The steps are tied together by different numbers of fields.");
  const made: Step[] = [];
  for (const [at, step] of steps.entries()) {
    const one = stepTable(step, `Step${at + 1}`, `Time${at + 1}`, keys, maxspan);
    if ("type" in one) return one;
    made.push(one);
  }
  const present = made.filter((one) => !one.missing);
  const [first] = present;
  if (first === undefined) return refused("sequence", "Every step asks for an event that must not occur.");
  if (!ordered && present.length < made.length)
    return refused("sequence", "Without an order it is not said when an event must not occur.");
  const absences = ordered ? absencesOf(made, maxspan) : [];
  if (absences === null)
    return refused("sequence", "Without a time span it is not said for how long an event must not occur.");
  const end = until === null ? null : stepTable(until, "Until", "UntilTime", keys, maxspan);
  if (end !== null && "type" in end) return end;
  const last = present.at(-1) ?? first;
  if (end !== null) absences.push({ step: end, from: first.first, to: last.last });
  const on = keys.length === 0 ? ["All"] : keys;
  const shown = [...on.filter((one) => one !== "All"), ...present.flatMap((one) => one.columns)];
  const joined = join(present, on, ordered, maxspan);
  return {
    text: [
      ...[...made, ...(end === null ? [] : [end])].map((one) => `let ${one.name} = ${one.text};`),
      ...excluding(joined, absences, on, present),
      listLine("project", shown),
    ].join("\n"),
    remarks: remarksOf(query),
  };
}

/** One name for each field by which the steps belong together; null where they do not match. */
function keysOf(steps: readonly TargetStep[]): readonly string[] | null {
  const count = steps[0]?.by.length ?? 0;
  if (steps.some((one) => one.by.length !== count)) return null;
  const names = Array.from({ length: count }, (_, at) => {
    const own = new Set(steps.map((one) => one.by[at]?.name));
    const field = steps[0]?.by[at];
    if (own.size === 1 && field !== undefined && columnOf(field).isColumn) return kustoName(field.name);
    return `Key${at + 1}`;
  });
  return new Set(names).size === names.length ? names : names.map((_, at) => `Key${at + 1}`);
}

function stepTable(
  step: TargetStep,
  name: string,
  time: string,
  keys: readonly string[],
  maxspan: Duration | null,
): Step | Refused {
  const searches = searchesOf(step.branches);
  const tables = searches.map((one) => stepLines(one, step, time, keys));
  const columns = [...new Set(tables.flatMap((one) => one.columns))];
  const lines = unionOf(tables.map((one) => one.lines));
  if (step.runs <= 1) {
    return {
      name,
      first: time,
      last: time,
      text: `\n${indented(lines, "  ")}`.trimStart(),
      missing: step.missing,
      columns: [time, ...columns],
    };
  }
  if (step.missing) return refused("sequence", "A step that must not occur cannot have to occur several times.");
  const groups = keys.length === 0 ? ["All"] : keys;
  const windows = maxspan === null ? "" : `, bin(${time}, ${kustoSpan(maxspan)})`;
  const last = `Last${time}`;
  const runs = [
    ...lines,
    listLine("summarize", [`${name}Count = count()`, `First${time} = min(${time})`, `${last} = max(${time})`]),
    `    by ${groups.join(", ")}${windows}`,
    `| where ${name}Count >= ${step.runs}`,
    ...(maxspan === null ? [] : [`| project-away ${time}`]),
    `| project-rename ${time} = First${time}`,
  ];
  return {
    name,
    first: time,
    last,
    text: indented(runs, "  ").trimStart(),
    missing: false,
    columns: [time, last, `${name}Count`],
  };
}

function stepLines(
  search: Search,
  { by, runs }: TargetStep,
  time: string,
  keys: readonly string[],
): { readonly lines: readonly string[]; readonly columns: readonly string[] } {
  const ties = by.map((field, at) => tie(field, keys[at] ?? ""));
  const number = time.replace(/\D/gu, "");
  const fields = search.show.filter((one) => !by.some((key) => key.name === one.name));
  const shown =
    runs > 1
      ? []
      : shownColumns(fields, keys).map(({ made, name }) => {
          const own = name === made ? name : made.slice(made.indexOf(" = ") + 3);
          const label = `${/^\w+$/u.test(name) ? name : "Column"}${number === "" ? "Until" : number}`;
          return { made: `${label} = ${own}`, name: label };
        });
  const unique = [...new Map(shown.map((one) => [one.name, one])).values()];
  const tied = keys.length === 0 ? ["All = 1"] : ties.map((one) => one.made);
  return {
    lines: [
      ...search.lines,
      ...new Set(ties.map((one) => one.present).filter((one) => !search.lines.includes(one))),
      listLine("project", [`${time} = ${kustoName(search.time)}`, ...tied, ...unique.map((one) => one.made)]),
    ],
    columns: unique.map((one) => one.name),
  };
}

/** Events without the value belong to nothing. */
function tie(field: TargetField, key: string): { readonly made: string; readonly present: string } {
  const { own, text, type } = columnOf(field);
  const value = type === "dynamic" ? text : own;
  const isText = type === "text" || type === "dynamic";
  return {
    made: value === key ? key : `${key} = ${value}`,
    present: `| where ${isText ? "isnotempty" : "isnotnull"}(${own})`,
  };
}

function join(
  steps: readonly Step[],
  on: readonly string[],
  ordered: boolean,
  maxspan: Duration | null,
): readonly string[] {
  const [first, ...rest] = steps;
  if (first === undefined) return [];
  const lines: string[] = [first.name];
  let before = first;
  for (const step of rest) {
    lines.push(`| join kind=inner ${step.name} on ${on.join(", ")}`);
    if (ordered)
      lines.push(
        `| where ${step.first} ${maxspan === null ? `>= ${before.last}` : `between (${before.last} .. (${first.first} + ${kustoSpan(maxspan)}))`}`,
      );
    before = step;
  }
  if (!ordered && maxspan !== null && rest.length > 0) {
    const times = steps.flatMap((one) => [one.first, ...(one.last === one.first ? [] : [one.last])]).join(", ");
    lines.push(`| where max_of(${times}) - min_of(${times}) <= ${kustoSpan(maxspan)}`);
  }
  return lines;
}

/** A time within which an event of a step must not lie. */
interface Absence {
  readonly step: Step;
  readonly from: string;
  readonly to: string;
}

/** null where the time has no end. */
function absencesOf(steps: readonly Step[], maxspan: Duration | null): Absence[] | null {
  const found: Absence[] = [];
  const present = steps.filter((one) => !one.missing);
  const [first, last] = [present[0], present.at(-1)];
  for (const [at, step] of steps.entries()) {
    if (!step.missing) continue;
    const before = steps.slice(0, at).findLast((one) => !one.missing);
    const after = steps.slice(at + 1).find((one) => !one.missing);
    if ((before === undefined || after === undefined) && maxspan === null) return null;
    const span = maxspan === null ? "" : kustoSpan(maxspan);
    found.push({
      step,
      from: before?.last ?? `(${last?.last} - ${span})`,
      to: after?.first ?? `(${first?.first} + ${span})`,
    });
  }
  return found;
}

/** What was found without that which an unwanted event belongs to. */
function excluding(
  found: readonly string[],
  absences: readonly Absence[],
  on: readonly string[],
  steps: readonly Step[],
): readonly string[] {
  if (absences.length === 0) return found;
  const times = steps.flatMap((one) => [one.first, ...(one.last === one.first ? [] : [one.last])]);
  const keys = [...on, ...times].join(", ");
  return [
    `let Found = ${indented(found, "  ").trimStart()};`,
    "Found",
    ...absences.flatMap(({ step, from, to }) => [
      "| join kind=leftanti (",
      "    Found",
      `    | join kind=inner ${step.name} on ${on.join(", ")}`,
      `    | where ${step.first} between (${from} .. ${to})`,
      `  ) on ${keys}`,
    ]),
  ];
}

function remarksOf({ steps, maxspan }: Sequence): WrittenQuery["remarks"] {
  const remarks: { part: string; code: "sequence" | "window"; why: string }[] = [
    { part: "sequence", code: "sequence", why: "Every fitting combination of events is a result of its own." },
  ];
  if (steps.some((one) => one.runs > 1)) {
    remarks.push({
      part: "repeated step",
      code: "window",
      why: `The repeated events are counted in ${maxspan === null ? "all" : `windows of ${kustoSpan(maxspan)} that stand side by side`}, whatever lies between them.`,
    });
  }
  return remarks;
}
