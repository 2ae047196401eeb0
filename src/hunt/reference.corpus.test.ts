import { describe, expect, test } from "vitest";
import { matchingKnowledge } from "../corpora/content/matching/index.ts";
import { activeRules, ruleCorpora } from "../corpora/content/platforms/corpus-rules.testing.ts";
import { lookupIn } from "../corpora/content/platforms/own-rules.testing.ts";
import { corporaPresent, corpusTitle, thorough } from "../corpora/testing.ts";
import type { AnalysedRule } from "../languages/analyse.ts";
import { selects } from "../languages/reference-evaluator.ts";
import { openMatcher } from "../matching/matcher.ts";
import { bareView } from "../matching/testing.ts";
import { assignmentsFor, predicatesIn } from "../platforms/proof/satisfy.ts";
import { regexDialectOf } from "../platforms/translate.ts";
import type { Expression } from "../rule/expression.ts";
import type { Logic } from "../rule/logic.ts";
import { mainLanguage } from "../vocabulary/name-rule.ts";

/** One in so many rules. */
const oneIn = thorough ? 1 : 4;
/** Events for each rule. */
const events = 24;

const knowledge = { ...matchingKnowledge(), view: bareView };

/** All conditions of a logic as one; only to make events from. */
function conditionsOf({ stages }: Logic): Expression {
  const span = { start: 0, end: 0 };
  const operands = stages.flatMap((stage): readonly Expression[] => {
    if (stage.type === "filter") return [stage.expression];
    return stage.type === "union" ? [{ type: "or", operands: stage.branches.map(conditionsOf), span }] : [];
  });
  return { type: "and", operands, span };
}

function eventsFor(rule: AnalysedRule): readonly Readonly<Record<string, string>>[] {
  const sampling = { regex: regexDialectOf(mainLanguage(rule)), letterCase: true };
  const conditions = conditionsOf(rule.logic);
  const names = new Set(predicatesIn(conditions).map((one) => `${one.field?.raw}.`));
  // Of `a` and `a.b` the engine takes one as a part of the other, which the reference does in nested events only.
  const isPart = (raw: string): boolean => [...names].some((one) => raw.startsWith(one));
  return assignmentsFor(conditions, sampling, events).map((one) =>
    Object.fromEntries(
      [...one].flatMap(([raw, value]) =>
        value === null || isPart(raw) ? [] : [[raw === "" ? "message" : raw.replaceAll("*", "x"), value] as const],
      ),
    ),
  );
}

/** What the reference says; null where it cannot. */
function answerOf(rule: AnalysedRule, event: Readonly<Record<string, string>>): boolean | null {
  try {
    return selects(rule.logic, event);
  } catch {
    return null;
  }
}

describe.skipIf(!corporaPresent)(corpusTitle("the engine"), () => {
  test.each(ruleCorpora)("answers as the reference for rules of %s", { timeout: 600_000 }, (corpus) => {
    const rules = activeRules(corpus);
    const related = lookupIn(rules);
    const different: string[] = [];
    let [asked, met] = [0, 0];
    for (const rule of rules.filter((_, at) => at % oneIn === 0)) {
      const matcher = openMatcher(knowledge, [rule], { anyLog: true, related });
      if (matcher.rules[0]?.group !== null) continue;
      for (const event of eventsFor(rule)) {
        const expected = answerOf(rule, event);
        if (expected === null) continue;
        asked++;
        if (expected) met++;
        const found = matcher.match(event, { file: "event", record: 1 }).hits.length === 1;
        if (found === expected) continue;
        different.push(`${rule.document.path}: ${found} for ${JSON.stringify(event).slice(0, 800)}`);
        break;
      }
    }
    expect(different.slice(0, 8)).toEqual([]);
    expect(met).toBeGreaterThan(asked / 20);
  });
});
