import type { CompiledRule, GroupPlan } from "./compile/compile-rule.ts";
import type { EngineOptions } from "./engine.ts";
import type { EventPlace, Hit } from "./hit.ts";
import type { OccurrenceEvent, RuleOccurrence } from "./matcher.ts";
import { openOperator } from "./stateful/open-operator.ts";
import { defaultLimits, type Group, type StatefulOperator } from "./stateful/operator.ts";
import { defaultReorder, openReorder } from "./stateful/reorder.ts";

/** Finds the events that belong together, for all rules that look at several. */
export interface Groups {
  readonly offer: (occurrence: RuleOccurrence) => readonly Hit[];
  /** No more will come. */
  readonly finish: () => readonly Hit[];
  readonly report: () => GroupReport;
}

export interface GroupReport {
  readonly late: number;
  /** Occurrences that were looked at before all were there, because too many waited. */
  readonly early: number;
  readonly evicted: ReadonlyMap<string, number>;
}

/** `rules`: all that run; occurrences name them by their number. */
export function openGroups(rules: readonly CompiledRule[], options: EngineOptions = {}): Groups {
  const limits = { ...defaultLimits, ...options.limits };
  const buffer = openReorder<RuleOccurrence>({
    lateness: options.lateness ?? defaultReorder.lateness,
    held: options.held ?? defaultReorder.held,
  });
  const operators = new Map<number, StatefulOperator<OccurrenceEvent>>();
  const operatorOf = (number: number): StatefulOperator<OccurrenceEvent> | null => {
    const before = operators.get(number);
    if (before !== undefined) return before;
    const plan = rules[number]?.group ?? null;
    if (plan === null) return null;
    const made = openOperator<OccurrenceEvent>(plan, limits, placeOf);
    operators.set(number, made);
    return made;
  };
  const look = (all: readonly RuleOccurrence[]): readonly Hit[] => {
    const hits: Hit[] = [];
    for (const { rule, event, ...occurrence } of all) {
      const groups = operatorOf(rule)?.push({ ...occurrence, ref: event }) ?? [];
      for (const one of groups) hits.push(...hitOf(rules[rule], one));
    }
    return hits;
  };
  return {
    offer: (occurrence) => look(buffer.offer(occurrence.time, occurrence)),
    finish: () => {
      const hits = [...look(buffer.finish())];
      for (const [number, operator] of operators) {
        for (const one of operator.finish()) hits.push(...hitOf(rules[number], one));
      }
      return hits;
    },
    report: () => ({
      late: buffer.late(),
      early: buffer.early(),
      evicted: new Map(
        [...operators]
          .map(([number, operator]) => [rules[number]?.id ?? "", operator.evicted()] as const)
          .filter(([, count]) => count > 0),
      ),
    }),
  };
}

/** Tells events apart; each step that an event is has an object of its own. */
function placeOf({ file, record }: EventPlace): string {
  return `${record} ${file}`;
}

/** A group stands at its last event; one without events (a step that never came) cannot be shown, and there is none. */
function hitOf(
  rule: CompiledRule | undefined,
  { by, events, count, measured }: Group<OccurrenceEvent>,
): readonly Hit[] {
  const last = events.at(-1);
  if (rule === undefined || rule.group === null || last === undefined) return [];
  const { because, ...place } = last;
  const names = namesOf(rule.group);
  const group = Object.fromEntries(
    by.flatMap((value, at) => (value === null ? [] : [[names[at] ?? String(at), value]])),
  );
  const places = events.map(({ file, record, time }): EventPlace => ({ file, record, time }));
  const { id, title, severity } = rule;
  const counted = measured?.[0] ?? count;
  return [{ rule: id, title, severity, ...place, because, events: places, group, count: counted }];
}

function namesOf(plan: GroupPlan): readonly string[] {
  switch (plan.type) {
    case "sequence":
      return (plan.steps.find((one) => !one.missing) ?? plan.steps[0])?.by.map((one) => one.raw) ?? [];
    case "threshold":
      return plan.by.map((one) => one.raw);
    case "new_terms":
      return plan.fields.map((one) => one.raw);
    default:
      return plan satisfies never;
  }
}
