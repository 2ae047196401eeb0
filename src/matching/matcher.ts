import type { AnalysedRule } from "../languages/analyse.ts";
import { type CompiledRule, compileRule, type Search } from "./compile/compile-rule.ts";
import { openTests } from "./compile/condition.ts";
import { openSlots, type Slot } from "./compile/slots.ts";
import type { EngineOptions, Explanation, MatchingKnowledge } from "./engine.ts";
import { becauseOf, failedIn, lackOf } from "./evaluate/because.ts";
import { beginEffort } from "./evaluate/effort.ts";
import { type Evaluator, openEvaluator } from "./evaluate/evaluate.ts";
import { type EventValues, openEventValues } from "./evaluate/event-values.ts";
import type { Truth } from "./evaluate/test.ts";
import type { Because, EventPlace, Hit, NotRun } from "./hit.ts";
import { indexed } from "./index/atom.ts";
import { type CandidateIndex, openCandidates } from "./index/candidates.ts";
import { openTextFinder } from "./index/text-finder.ts";
import type { EventData } from "./readers/log-format.ts";
import type { EventLayout } from "./view/layout.ts";

/** An event that a step of a rule let through: plain data, which can be sent from one thread to another. */
export interface RuleOccurrence {
  /** Number of the rule among those that run. */
  readonly rule: number;
  readonly step: number;
  readonly time: number;
  readonly by: readonly (string | null)[];
  readonly values: readonly (string | null)[];
  readonly event: OccurrenceEvent;
}

/** The same for all occurrences of one rule in one event. */
export interface OccurrenceEvent extends EventPlace {
  readonly because: readonly Because[];
}

/** What one event is to all rules. */
export interface EventMatches {
  /** Of rules that each event meets alone. */
  readonly hits: readonly Hit[];
  /** Of rules that look at several events. */
  readonly occurrences: readonly RuleOccurrence[];
}

export interface MatcherCounts {
  readonly events: number;
  readonly unrecognised: number;
  /** Events that a rule on several events let through, but that have no time. */
  readonly timeless: number;
  /** Events of which only a part was looked at: they hold more, or ask for more effort, than one event may. */
  readonly cut: number;
}

/** Looks at one event at a time. */
export interface Matcher {
  readonly rules: readonly CompiledRule[];
  readonly notRun: readonly NotRun[];
  /** `only`: rules to ask, by id; absent: all. */
  readonly match: (
    data: EventData,
    place: Pick<EventPlace, "file" | "record">,
    only?: ReadonlySet<string>,
  ) => EventMatches;
  /** The same without an index: every rule of the event's logs is asked. For tests. */
  readonly scan: (data: EventData, place: Pick<EventPlace, "file" | "record">) => EventMatches;
  /** Explains rules on an event, until another event is looked at. */
  readonly inspect: (data: EventData) => Inspection;
  readonly counts: () => MatcherCounts;
}

/** null: the rule does not run. */
export interface Inspection {
  readonly explain: (rule: string) => Explanation | null;
  /** How many predicates the event lacks; null also where it is from no log that the rule reads. */
  readonly lack: (rule: string) => number | null;
}

/** What a date can hold, in milliseconds. */
const latest = 8.64e15;

interface NumberedSearch extends Search {
  readonly number: number;
  readonly rule: number;
  readonly ask: () => Truth;
}

const nothing: EventMatches = { hits: [], occurrences: [] };

/** The rules have passed `nameRule`. */
export function openMatcher(
  knowledge: MatchingKnowledge,
  rules: readonly AnalysedRule[],
  options: EngineOptions = {},
): Matcher {
  const { view } = knowledge;
  const slots = openSlots(view.derivedForms);
  const tests = openTests();
  const running: CompiledRule[] = [];
  const notRun: NotRun[] = [];
  for (const rule of rules) {
    const made = compileRule({ knowledge, slots, tests, options }, rule);
    if ("why" in made) notRun.push(made);
    else running.push(made);
  }
  const values = openEventValues(view, slots.all);
  const evaluator = openEvaluator(values, tests.all.length);
  const searches = running
    .flatMap((one, rule) => one.searches.map((search) => ({ ...search, rule })))
    .map((one, number): NumberedSearch => ({ ...one, number, ask: evaluator.open(one.condition) }));
  const askedOf = openAsked(searches, slots.all);
  const byId = new Map(running.map((one) => [one.id, one]));
  const stamps = new Int32Array(searches.length);
  const counts = { events: 0, unrecognised: 0, timeless: 0, cut: 0 };

  const load = (data: EventData): EventLayout => {
    const layout = view.layoutOf(data);
    values.load(data, layout);
    counts.events++;
    if (layout.kinds.length === 0) counts.unrecognised++;
    return layout;
  };
  const placeOf = (place: Pick<EventPlace, "file" | "record">, time: number | null): EventPlace => ({
    file: place.file,
    record: place.record,
    time: time === null || !(Math.abs(time) <= latest) ? null : new Date(time).toISOString(),
  });

  const collect = (
    met: readonly NumberedSearch[],
    data: EventData,
    layout: EventLayout,
    place: Pick<EventPlace, "file" | "record">,
  ): EventMatches => {
    if (met.length === 0) return nothing;
    const hits: Hit[] = [];
    const occurrences: RuleOccurrence[] = [];
    const time = view.timeOf(data, layout);
    const at = placeOf(place, time);
    const textAt = (slot: number): string | null => {
      const value = values.at(slot)?.values[0];
      return value === undefined ? null : keptText(String(value));
    };
    for (const [number, own] of Map.groupBy(met, (one) => one.rule)) {
      const rule = running[number];
      if (rule === undefined) continue;
      const steps = [...new Map(own.map((one) => [one.step, one])).values()].sort(
        (a, b) => rankOf(rule, b) - rankOf(rule, a),
      );
      const because = steps.flatMap((one) => becauseOf(evaluator, one.condition));
      if (rule.group === null) {
        hits.push({ rule: rule.id, title: rule.title, severity: rule.severity, ...at, because });
        continue;
      }
      if (time === null) {
        counts.timeless++;
        continue;
      }
      const event = { ...at, because };
      for (const { step, by, values: counted } of steps) {
        occurrences.push({ rule: number, step, time, by: by.map(textAt), values: counted.map(textAt), event });
      }
    }
    return { hits, occurrences };
  };

  return {
    rules: running,
    notRun,
    match: (data, place, only) => {
      const layout = load(data);
      const generation = values.generation();
      const met: NumberedSearch[] = [];
      const ask = (search: NumberedSearch | undefined): void => {
        if (search === undefined || stamps[search.number] === generation) return;
        stamps[search.number] = generation;
        if (only !== undefined && !only.has(running[search.rule]?.id ?? "")) return;
        if (search.ask() === true) met.push(search);
      };
      const { parts, keywords } = askedOf(layout);
      for (const { index, own } of parts) index.find(values, layout, (number) => ask(own[number]));
      keywords?.(values, ask);
      if (values.cut()) counts.cut++;
      return collect(met, data, layout, place);
    },
    scan: (data, place) => {
      const layout = load(data);
      const own = askedOf(layout).parts.flatMap((one) => one.own);
      const met = own.filter((one) => {
        beginEffort();
        return one.ask() === true;
      });
      return collect(met, data, layout, place);
    },
    inspect: (data) => {
      const layout = view.layoutOf(data);
      values.load(data, layout);
      return {
        explain: (id) => {
          const rule = byId.get(id);
          // Each rule is explained as if it were the only one.
          beginEffort();
          return rule === undefined ? null : explanationOf(evaluator, rule, layout);
        },
        lack: (id) => {
          const searches = byId.get(id)?.searches.filter((one) => readsLog(one, layout)) ?? [];
          if (searches.length === 0) return null;
          beginEffort();
          return searches.reduce((least, one) => Math.min(least, lackOf(evaluator, one.condition)), Infinity);
        },
      };
    },
    counts: () => counts,
  };
}

/** Of one event, later steps are told first, so that it is never two steps at once, and the end of a sequence last. */
function rankOf({ group }: CompiledRule, { step }: Search): number {
  return group?.type === "sequence" && step === group.steps.length ? -1 : step;
}

/** Letters of a value by which events are grouped and counted, and which is kept as long as they are. */
const longestKept = 1_024;

/** The same for the same text, and another for another. */
function keptText(text: string): string {
  if (text.length <= longestKept) return text;
  let [a, b] = [0x811c9dc5, 0x9e3779b1];
  for (let at = 0; at < text.length; at++) {
    a = Math.imul(a ^ text.charCodeAt(at), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(at), 0x85ebca6b) ^ (b >>> 13);
  }
  const sum = [a, b].map((one) => (one >>> 0).toString(16).padStart(8, "0")).join("");
  // Put together anew, or the whole text would be kept for the sake of its beginning.
  return ` ${text.slice(0, longestKept)}… (${text.length} letters, ${sum})`.slice(1);
}

function explanationOf(evaluator: Evaluator, { searches }: CompiledRule, layout: EventLayout): Explanation {
  const inLog = searches.filter((one) => readsLog(one, layout));
  const asked = inLog.length > 0 ? inLog : searches;
  const met = asked.find((one) => evaluator.truth(one.condition) === true);
  const failed = met === undefined ? asked.map((one) => failedIn(evaluator, one.condition)) : [];
  return {
    met: met !== undefined && inLog.length > 0,
    log: inLog.length > 0,
    because: met === undefined ? [] : becauseOf(evaluator, met.condition),
    failed: failed.reduce((least, one) => (one.length < least.length ? one : least), failed[0] ?? []),
  };
}

function readsLog({ kind, schema }: Search, layout: EventLayout): boolean {
  if (kind !== null) return layout.kinds.includes(kind);
  return schema === null || layout.schema === schema;
}

/** The searches of one log, and what finds those among them that an event may meet. */
interface Part {
  readonly own: readonly NumberedSearch[];
  readonly index: CandidateIndex;
}

/** What events of one layout are asked. */
interface Asked {
  readonly parts: readonly Part[];
  /** Finds keywords of all parts at once; null where there are none. */
  readonly keywords: ((values: EventValues, found: (search: NumberedSearch) => void) => void) | null;
}

/** An index is made when the first event needs it. */
function openAsked(searches: readonly NumberedSearch[], slots: readonly Slot[]): (layout: EventLayout) => Asked {
  const byKind = Map.groupBy(searches, ({ kind, schema }) => kind ?? (schema === null ? "" : `only ${schema}`));
  const parts = new Map<string, Part>();
  const partOf = (key: string): readonly Part[] => {
    const before = parts.get(key);
    if (before !== undefined) return [before];
    const own = byKind.get(key);
    if (own === undefined) return [];
    const made = { own, index: openCandidates(own, slots) };
    parts.set(key, made);
    return [made];
  };
  const byLayout = new WeakMap<EventLayout, Asked>();
  /** By the logs of a layout, of which there are few: hostile events have layouts without end. */
  const byKeys = new Map<string, Asked>();
  return (layout) => {
    const before = byLayout.get(layout);
    if (before !== undefined) return before;
    const keys = [...layout.kinds, "", ...(layout.schema === null ? [] : [`only ${layout.schema}`])];
    const all = keys.join("\n");
    let asked = byKeys.get(all);
    if (asked === undefined) {
      const found = keys.flatMap(partOf);
      asked = { parts: found, keywords: openKeywords(found) };
      byKeys.set(all, asked);
    }
    byLayout.set(layout, asked);
    return asked;
  };
}

function openKeywords(parts: readonly Part[]): Asked["keywords"] {
  const lists = new Map<string, NumberedSearch[]>();
  for (const { own, index } of parts) {
    for (const [text, numbers] of index.keywords) {
      const searches = numbers.flatMap((number) => own[number] ?? []);
      lists.set(text, [...(lists.get(text) ?? []), ...searches]);
    }
  }
  if (lists.size === 0) return null;
  const finder = openTextFinder([...lists.keys()]);
  const searches = [...lists.values()];
  const seen = new Int32Array(searches.length);
  return (values, found) => {
    const generation = values.generation();
    // All at once: what stands in one value stands in all of them, and one long text costs less than many short ones.
    finder.scan(indexed(values.written().join("\n").toLowerCase()), (needle) => {
      if (seen[needle] === generation) return;
      seen[needle] = generation;
      for (const search of searches[needle] ?? []) found(search);
    });
  };
}
