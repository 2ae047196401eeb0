import type { AnalysedRule } from "../../languages/analyse.ts";
import type { EventData } from "../../matching/readers/log-format.ts";
import type { RuleLookup } from "../../platforms/plan/plan-rule.ts";
import type { TargetBranch, TargetField, TargetQuery } from "../../platforms/platform.ts";
import { type EventPair, eventPairs } from "../../platforms/proof/equivalence.ts";
import { sqlPlatforms } from "../../platforms/sql/index.ts";
import { openTranslator, type TranslationKnowledge } from "../../platforms/translate.ts";

/** An event of a table: its id, and its fields by the ids of the vocabulary, with `log_source` and `@timestamp`. */
export interface TableEvent {
  readonly id: string;
  readonly data: EventData;
}

const begin = Date.parse("2026-01-31T12:00:00.000Z");
const apart = 7_000;

/**
 * For tests: events on either side of every predicate of the rules, seven seconds apart; and of rules that look at several
 * events, as many as they ask for that belong together.
 */
export function generatedEvents(
  knowledge: TranslationKnowledge,
  rules: readonly AnalysedRule[],
  { most, related }: { readonly most: number; readonly related: RuleLookup },
): readonly TableEvent[] {
  const translator = openTranslator(knowledge, { related });
  const [platform] = sqlPlatforms;
  if (platform === undefined) throw new Error("No platform of SQL.");
  const events: TableEvent[] = [];
  const add = (fields: Readonly<Record<string, string>>, original: string): void => {
    const time = new Date(begin + events.length * apart).toISOString();
    const known = Object.entries(fields).map(([name, value]) => [name, storable(value)] as const);
    const data = { ...Object.fromEntries(known), "event.original": storable(original), "@timestamp": time };
    events.push({ id: `generated#${events.length + 1}`, data });
  };
  for (const rule of rules) {
    const { planned, target } = translator.trace(rule, platform, { allowBroader: true });
    if (target === null) continue;
    const pairs = (branches: readonly TargetBranch[]): readonly EventPair[] =>
      pairsOf(() => eventPairs(knowledge, planned, platform, branches, { most }));
    for (const { source, target: fields } of pairs(branchesOf(target))) add(fields, Object.values(source).join("\n"));
    const met = (branches: readonly TargetBranch[]): Readonly<Record<string, string>> =>
      pairs(branches).find((one) => one.expected)?.target ?? {};
    for (const fields of together(target, met)) add(fields, Object.values(fields).join("\n"));
  }
  return events;
}

function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}

/** Events of one group, in their order. */
function together(
  target: TargetQuery,
  met: (branches: readonly TargetBranch[]) => Readonly<Record<string, string>>,
): readonly Readonly<Record<string, string>>[] {
  const shared = (fields: readonly TargetField[]): Readonly<Record<string, string>> =>
    Object.fromEntries(fields.map(({ name }) => [name, "shared"]));
  switch (target.type) {
    case "selection":
      return [];
    case "threshold": {
      const event = met(target.branches);
      const count = Math.min(200, Math.max(...target.conditions.map((one) => one.count)) + 1);
      return Array.from({ length: count }, (_, at) => {
        const counted = target.conditions.flatMap((one) => (one.distinct === null ? [] : [one.distinct.name]));
        return { ...shared(target.by), ...Object.fromEntries(counted.map((name) => [name, `v${at}`])), ...event };
      });
    }
    case "sequence":
      return target.steps.flatMap(({ branches, by, runs, missing }) =>
        Array.from({ length: missing ? 0 : runs }, () => ({ ...shared(by), ...met(branches) })),
      );
    case "new_terms":
      return [{ ...shared(target.fields), ...met(target.branches) }];
    default:
      return target satisfies never;
  }
}

function branchesOf(target: TargetQuery): readonly TargetBranch[] {
  if (target.type !== "sequence") return target.branches;
  return [...target.steps, ...(target.until === null ? [] : [target.until])].flatMap((one) => one.branches);
}

/** None for a rule of which the reference evaluator does not know what it finds. */
function pairsOf<Pairs>(make: () => readonly Pairs[]): readonly Pairs[] {
  try {
    return make();
  } catch {
    return [];
  }
}
