import type { AnalysedRule } from "../languages/analyse.ts";
import type { RuleLookup } from "../platforms/plan/plan-rule.ts";

/** Finds rules as correlations name them: by id or by name. The first of two that share one counts. */
export function openRuleNames(rules: readonly AnalysedRule[]): RuleLookup {
  const names = new Map<string, AnalysedRule>();
  for (const one of rules.toReversed()) {
    names.set(one.document.id, one);
    if (one.document.facts.name !== undefined) names.set(one.document.facts.name, one);
  }
  return (name) => names.get(name) ?? null;
}
