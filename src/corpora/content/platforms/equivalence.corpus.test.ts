import { describe, expect, test } from "vitest";
import { lowerQuery } from "../../../languages/analyse.ts";
import type { Language } from "../../../languages/language.ts";
import { languages } from "../../../languages/registry.ts";
import { isRefused, type Platform, type TargetBranch, type TargetQuery } from "../../../platforms/platform.ts";
import { differences, eventPairs } from "../../../platforms/proof/equivalence.ts";
import { platforms } from "../../../platforms/registry.ts";
import { openTranslator, type TranslationTrace } from "../../../platforms/translate.ts";
import type { Logic } from "../../../rule/logic.ts";
import { corporaPresent, corpusTitle, thorough } from "../../testing.ts";
import { activeRules, ruleCorpora } from "./corpus-rules.testing.ts";
import { translationKnowledge } from "./index.ts";
import { lookupIn } from "./own-rules.testing.ts";

/** One in so many rules. */
const oneIn = thorough ? 1 : 4;

/** Events for each rule; at least two for each of its predicates. */
const events = 24;

/** The searches of a query: of a sequence, one for each step. */
function searchesOf(query: TargetQuery): readonly (readonly TargetBranch[])[] {
  if (query.type !== "sequence") return [query.branches];
  return [...query.steps, ...(query.until === null ? [] : [query.until])].map((one) => one.branches);
}

/** A query that is read back, or what is wrong with it. */
function readBack(language: Language, query: string): Logic | string {
  const { ast, diagnostics } = language.parse(query);
  const error = diagnostics.find((one) => one.severity === "error");
  return error === undefined ? lowerQuery(language, ast) : `is no ${language.name}: ${error.message}`;
}

/**
 * Where a translation says something else than its rule. A search is read back as a whole. Of a sequence or a count, each
 * search is read back by itself, as the platform writes it alone, and the whole has to be understood.
 */
function faultsOf(
  platform: Platform,
  language: Language,
  { translation, planned, target }: TranslationTrace,
): readonly string[] {
  if (target === null || translation.query === null) return [];
  const whole = readBack(language, translation.query);
  if (typeof whole === "string") return [whole];
  const letterCase = !translation.report.some((one) => one.code === "letter-case");
  const faults: string[] = [];
  for (const branches of searchesOf(target)) {
    if (branches.every((one) => one.condition === null)) continue;
    const alone =
      target.type === "selection"
        ? null
        : platform.write({ type: "selection", branches, head: target.head, show: target.show });
    if (alone !== null && isRefused(alone)) {
      faults.push(`does not say a step alone: ${alone.why}`);
      continue;
    }
    const logic = alone === null ? whole : readBack(language, alone.text);
    if (typeof logic === "string") faults.push(logic);
    else
      faults.push(
        ...differences(
          eventPairs(translationKnowledge(), planned, platform, branches, { most: events, letterCase }),
          logic,
        ),
      );
  }
  return faults;
}

const readable = platforms.flatMap((platform) => {
  const language = platform.language === null ? undefined : languages.get(platform.language);
  return language === undefined ? [] : [{ platform, language, id: platform.id }];
});

describe.skipIf(!corporaPresent)(corpusTitle("translations, read back"), () => {
  describe.each(readable)("to $id", ({ platform, language }) => {
    test.each(ruleCorpora)("select what the rules of %s select", { timeout: 600_000 }, (corpus) => {
      const rules = activeRules(corpus);
      const translator = openTranslator(translationKnowledge(), { related: lookupIn(rules) });
      const faults: string[] = [];
      for (const rule of rules.filter((_, at) => at % oneIn === 0)) {
        const [first] = faultsOf(platform, language, translator.trace(rule, platform));
        if (first !== undefined) faults.push(`${rule.document.path} ${first.slice(0, 500)}`);
      }
      expect(faults.slice(0, 10)).toEqual([]);
    });
  });
});
