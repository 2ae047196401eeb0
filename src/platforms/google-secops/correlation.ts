import { durationSeconds } from "../duration.ts";
import {
  type Duration,
  type Refused,
  refused,
  type TargetBranch,
  type TargetField,
  type TargetQuery,
  type TargetStep,
  type WrittenQuery,
} from "../platform.ts";
import { eventMark, variableFor, yaraField } from "./literals.ts";
import { outcomes, ruleText, statements } from "./rule-text.ts";

/** A window lasts between these, in minutes (https://docs.cloud.google.com/chronicle/docs/yara-l/match-syntax). */
const longest = 48 * 60;

interface Window {
  /** As the match section has it: `10m`. */
  readonly text: string;
  readonly remarks: WrittenQuery["remarks"];
}

type Threshold = Extract<TargetQuery, { readonly type: "threshold" }>;
type Sequence = Extract<TargetQuery, { readonly type: "sequence" }>;

/** Events of a group that are many enough within a window. */
export function thresholdText({ head, show, branches, by, conditions, window }: Threshold): WrittenQuery | Refused {
  const growing = conditions.every(({ operator }) => operator === "ge" || operator === "gt");
  const taken = new Set(["e"]);
  const slot = growing && window !== null ? slotFor(durationSeconds(window), taken) : null;
  const span = slot ?? windowFor(window, growing, "the window");
  if (isWindowRefused(span)) return span;
  const bound = new Map<string, Binding>();
  const bind = (name: string): Binding | null => {
    const made = bound.get(name) ?? binding(name, "e", taken);
    if (made !== null) bound.set(name, made);
    return made;
  };
  const keys = (by.length > 0 ? by.map(({ name }) => name) : ["metadata.log_type"]).map(bind);
  const counted = conditions.map(({ operator, count, distinct }) => {
    const own = distinct === null ? "e" : bind(distinct.name)?.name;
    return own === undefined ? null : `#${own} ${signs[operator]} ${count}`;
  });
  if (keys.includes(null) || counted.includes(null)) {
    return refused("no-field", "A field that is counted or grouped by is none of UDM.");
  }
  const placeholders = slot === null ? [...bound.values()] : [...bound.values(), slot.binding];
  const groups = slot === null ? keys : [...keys, slot.binding];
  const text = ruleText(head, {
    events: [...statements(branches, "e"), "", ...placeholders.map((one) => one.text)],
    match: `${groups.map((one) => `$${one?.name}`).join(", ")} over ${span.text}`,
    outcome: [
      "$event_count = count_distinct($e.metadata.id)",
      ...outcomes(
        show,
        ["e"],
        true,
        taken.add("event_count"),
        by.map(({ name }) => name),
      ),
    ],
    condition: ["$e", ...counted].join(" and "),
  });
  return { text, remarks: [...span.remarks, ...(by.length > 0 ? [] : perLogRemark(branches))] };
}

function perLogRemark(branches: readonly TargetBranch[]): WrittenQuery["remarks"] {
  if (branches.every(({ place }) => place.from.length === 1) && sameLog(branches) !== null) return [];
  const why = "Events are grouped by something in YARA-L: each type of log is counted by itself.";
  return [{ part: "the group of all events", code: "grouping", why }];
}

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=" } as const;

/** A placeholder that stands for a field. */
interface Binding {
  readonly name: string;
  readonly text: string;
}

function binding(field: string, variable: string, taken: Set<string>): Binding | null {
  const path = yaraField(field)?.replaceAll(eventMark, `$${variable}`);
  if (path === undefined) return null;
  const name = variableFor(field, taken);
  return { name, text: `$${name} = ${path}` };
}

/** A window of less than a minute: spans of that length one after the other, by which events are grouped. */
function slotFor(seconds: number, taken: Set<string>): (Window & { readonly binding: Binding }) | null {
  if (seconds >= 60 || seconds < 1 || !Number.isInteger(seconds)) return null;
  const name = variableFor("time_span", taken);
  const why = `Events are counted in spans of ${seconds} seconds one after the other: those of two spans are not counted together.`;
  return {
    text: "5m",
    remarks: [{ part: "the window", code: "window", why }],
    binding: { name, text: `$${name} = math.floor(${timeOf("e")} / ${seconds})` },
  };
}

/** Whole minutes up to two days. `narrower`: a shorter window finds less. */
function windowFor(window: Duration | null, narrower: boolean, part: string): Window | Refused {
  if (window === null) {
    if (!narrower)
      return refused("window", "A rule of SecOps counts within two days at most, and this one in all events.");
    const why = "A rule of SecOps looks at windows, and this one names none: it gets a day.";
    return { text: "1d", remarks: [{ part, code: "window", why }] };
  }
  const seconds = durationSeconds(window);
  const minutes = Math.min(Math.floor(seconds / 60), longest);
  if (minutes === 0) return refused("window", "A window of SecOps lasts a minute at least.");
  const text = minutes % 1440 === 0 ? `${minutes / 1440}d` : minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
  if (minutes * 60 === seconds) return { text, remarks: [] };
  if (!narrower) return refused("window", "A window of SecOps lasts whole minutes, and two days at most.");
  const why = `A window of SecOps lasts whole minutes, and two days at most: this one is cut to ${text}.`;
  return { text, remarks: [{ part, code: "window", why }] };
}

function isWindowRefused(one: Window | Refused): one is Refused {
  return "type" in one;
}

/** Events that belong together: a variable for each step, joined by the values that they share. */
export function sequenceText({ head, show, ordered, maxspan, steps, until }: Sequence): WrittenQuery | Refused {
  const present = steps.filter((one) => !one.missing);
  if (present.length === 0) return refused("sequence", "A rule of SecOps needs an event that does occur.");
  const all = until === null ? steps : [...steps, { ...until, missing: true }];
  const keys = keysOf(all);
  if (keys === null) {
    return refused("sequence", "Events are joined by a value that they share, and those of different logs share none.");
  }
  const named = all.map((step, at) => ({ step, variable: `e${at + 1}` }));
  const taken = new Set(named.map((one) => one.variable));
  const placeholders = keys.map((fields) => variableFor(fields[0] ?? "", taken));
  const events: string[] = [];
  for (const [at, { step, variable }] of named.entries()) {
    if (at > 0) events.push("");
    events.push(...statements(step.branches, variable));
    for (const [index, fields] of keys.entries()) {
      const field = yaraField(fields[at] ?? "")?.replaceAll(eventMark, `$${variable}`);
      if (field === undefined) return refused("no-field", "A field that joins the events is none of UDM.");
      events.push(`$${placeholders[index]} = ${field}`);
    }
  }
  const order = ordered ? orderLines(named) : [];
  const seconds = maxspan === null ? null : durationSeconds(maxspan);
  const anchor = ordered && named[0]?.step.missing === false && named[0].step.runs === 1;
  const short = seconds !== null && seconds % 60 !== 0 && seconds < longest * 60;
  const span = short
    ? { text: `${Math.ceil(seconds / 60)}m`, remarks: [] }
    : windowFor(maxspan ?? { amount: 2, unit: "day" }, true, "the time span");
  if (isWindowRefused(span)) return span;
  const last = named.findLast(({ step }) => !step.missing);
  if (short && (!ordered || last === undefined)) {
    return refused("window", "Events in any order are looked for in whole minutes.");
  }
  const within = short ? [`${timeOf(last?.variable ?? "")} - ${timeOf("e1")} <= ${seconds}`] : [];
  const lines = [...order, ...within];
  const text = ruleText(head, {
    events: [...events, ...(lines.length === 0 ? [] : ["", ...lines])],
    match: `${placeholders.map((one) => `$${one}`).join(", ")} over ${span.text}${anchor ? " after $e1" : ""}`,
    outcome: outcomes(
      show,
      named.filter(({ step }) => !step.missing).map((one) => one.variable),
      true,
      taken,
      keys.flat(),
    ),
    condition: named
      .map(({ step, variable }) =>
        step.missing ? `!$${variable}` : step.runs > 1 ? `#${variable} >= ${step.runs}` : `$${variable}`,
      )
      .join(" and "),
  });
  return { text, remarks: [...span.remarks, ...sequenceRemarks(ordered, maxspan, steps, until)] };
}

/** Position by position the names of the value that all steps share. Without any, events of one log share its type. */
function keysOf(steps: readonly TargetStep[]): readonly (readonly string[])[] | null {
  const [first] = steps;
  if (first === undefined) return null;
  if (first.by.length > 0) {
    return first.by.map((_, at) => steps.map(({ by }) => nameOf(by[at])));
  }
  const log = sameLog(steps.flatMap(({ branches }) => branches));
  return log === null ? null : [steps.map(() => "metadata.log_type")];
}

function nameOf(field: TargetField | undefined): string {
  return field?.name ?? "";
}

/** The one log type in which all events stand. */
function sameLog(branches: readonly TargetBranch[]): string | null {
  const types = new Set(branches.flatMap(({ place }) => (place.from.length === 1 ? place.from : ["", " "])));
  const [only] = types;
  return types.size === 1 && only !== undefined ? only : null;
}

function timeOf(variable: string): string {
  return `$${variable}.metadata.event_timestamp.seconds`;
}

function orderLines(named: readonly { readonly step: TargetStep; readonly variable: string }[]): readonly string[] {
  const present = named.filter(({ step }) => !step.missing);
  return present.slice(1).map(({ variable }, at) => `${timeOf(present[at]?.variable ?? "")} < ${timeOf(variable)}`);
}

function sequenceRemarks(
  ordered: boolean,
  maxspan: Duration | null,
  steps: readonly TargetStep[],
  until: TargetStep | null,
): WrittenQuery["remarks"] {
  const part = "the sequence";
  const remarks: { part: string; code: "sequence" | "window"; why: string }[] = [];
  if (ordered && steps.filter((one) => !one.missing).length > 1) {
    const why = "The order is told by whole seconds, so that events within the same second are not found.";
    remarks.push({ part, code: "sequence", why });
  }
  if (maxspan === null) {
    remarks.push({
      part,
      code: "window",
      why: "The rule names no time span: the events lie within two days, the most there is.",
    });
  }
  if (until !== null || steps.some((one) => one.missing)) {
    const why = "An event that must not occur is missed in the whole window, and not only at its place.";
    remarks.push({ part, code: "sequence", why });
  }
  return remarks;
}
