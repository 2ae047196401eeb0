import type { Database } from "../catalog/database.ts";
import { type KeptRuleAnswer, keptRule } from "../catalog/queries/kept-rule.ts";
import { analysedOf } from "../catalog/translations.ts";
import type { AnalysedRule } from "../languages/analyse.ts";

/** A rule as its corpus has it, and as translation asks for it. */
export interface ReadRule {
  readonly answer: KeptRuleAnswer;
  readonly rule: AnalysedRule;
}

/** Rules that are kept between packages: those of one technique serve all of its platforms. */
const most = 400;

const known = new WeakMap<Database, Map<number, ReadRule>>();

/** `key`: of the rule. The same object again where it was asked for lately, so that its plan is made once. */
export function readRule(database: Database, key: number): ReadRule | null {
  const kept = known.get(database) ?? new Map<number, ReadRule>();
  known.set(database, kept);
  const before = kept.get(key);
  if (before !== undefined) {
    kept.delete(key);
    kept.set(key, before);
    return before;
  }
  const answer = keptRule(database, key);
  if (answer === null) return null;
  const read = { answer, rule: analysedOf(answer) };
  kept.set(key, read);
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  return read;
}
