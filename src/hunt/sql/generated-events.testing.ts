import type { AnalysedRule } from "../../languages/analyse.ts";
import type { EventData } from "../../matching/readers/log-format.ts";
import type { TargetBranch, TargetQuery } from "../../platforms/platform.ts";
import { eventPairs } from "../../platforms/proof/equivalence.ts";
import { sqlPlatforms } from "../../platforms/sql/index.ts";
import { openTranslator, type TranslationKnowledge } from "../../platforms/translate.ts";

/** An event of a table: its id, and its fields by the ids of the vocabulary, with `log_source` and `@timestamp`. */
export interface TableEvent {
  readonly id: string;
  readonly data: EventData;
}

const begin = Date.parse("2026-01-31T12:00:00.000Z");
const apart = 7_000;

/** For tests: events on either side of every predicate of the rules, seven seconds apart. */
export function generatedEvents(
  knowledge: TranslationKnowledge,
  rules: readonly AnalysedRule[],
  most: number,
): readonly TableEvent[] {
  const translator = openTranslator(knowledge);
  const [platform] = sqlPlatforms;
  if (platform === undefined) throw new Error("No platform of SQL.");
  const events: TableEvent[] = [];
  for (const rule of rules) {
    const { planned, target } = translator.trace(rule, platform, { allowBroader: true });
    if (target === null) continue;
    for (const { source, target: fields } of pairsOf(() =>
      eventPairs(knowledge, planned, platform, branchesOf(target), { most }),
    )) {
      const time = new Date(begin + events.length * apart).toISOString();
      const known = Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, value.toWellFormed().replaceAll("\0", "")]),
      );
      const original = Object.values(source).join("\n").toWellFormed().replaceAll("\0", "");
      events.push({
        id: `generated#${events.length + 1}`,
        data: { ...known, "event.original": original, "@timestamp": time },
      });
    }
  }
  return events;
}

function branchesOf(target: TargetQuery): readonly TargetBranch[] {
  if (target.type !== "sequence") return target.branches;
  return [...target.steps, ...(target.until === null ? [] : [target.until])].flatMap((one) => one.branches);
}

/** None for a rule with a regular expression that the reference evaluator does not read. */
function pairsOf<Pairs>(make: () => readonly Pairs[]): readonly Pairs[] {
  try {
    return make();
  } catch (error) {
    if (error instanceof Error && error.name === "RE2JSSyntaxException") return [];
    throw error;
  }
}
