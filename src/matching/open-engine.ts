import type { AnalysedRule } from "../languages/analyse.ts";
import type { Engine, EngineOptions, MatchingKnowledge } from "./engine.ts";
import { openGroups } from "./groups.ts";
import type { Hit } from "./hit.ts";
import { openMatcher } from "./matcher.ts";

/** The rules have passed `nameRule`. */
export function openEngine(
  knowledge: MatchingKnowledge,
  rules: readonly AnalysedRule[],
  options: EngineOptions = {},
): Engine {
  const matcher = openMatcher(knowledge, rules, options);
  const groups = openGroups(matcher.rules, options);
  return {
    running: matcher.rules.length,
    notRun: matcher.notRun,
    push: (data, place, only) => {
      const { hits, occurrences } = matcher.match(data, place, only);
      if (occurrences.length === 0) return hits;
      const all: Hit[] = [...hits];
      for (const one of occurrences) all.push(...groups.offer(one));
      return all;
    },
    finish: groups.finish,
    report: () => ({ ...matcher.counts(), ...groups.report() }),
    explain: (rule, data) => matcher.inspect(data).explain(rule),
  };
}
