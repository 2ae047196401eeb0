import { describe, expect, test } from "vitest";
import { translationKnowledge } from "../corpora/content/platforms/index.ts";
import { semanticsCases } from "../corpora/testing.ts";
import { analyseRule } from "../languages/analyse.ts";
import { languages } from "../languages/registry.ts";
import { openMatcher } from "../matching/matcher.ts";
import { bareView } from "../matching/testing.ts";
import { bareDocument } from "../rule/bare-document.ts";
import { nameRule } from "../vocabulary/name-rule.ts";

const knowledge = { ...translationKnowledge(), view: bareView };

describe.each([...languages.keys()])("%s on the engine", (language) => {
  test.each(semanticsCases(language))("$about", ({ query, event, expected }) => {
    const document = bareDocument({
      corpus: "test",
      id: "case",
      path: "case",
      title: "Case",
      queries: [{ role: "main", language, text: query, offset: 0, line: 1 }],
    });
    const rule = nameRule(knowledge.vocabulary, analyseRule(document, {}));
    const matcher = openMatcher(knowledge, [rule], { anyLog: true });
    expect(matcher.notRun).toEqual([]);
    const place = { file: "case", record: 1 };
    expect(matcher.match(event, place).hits.length === 1).toBe(expected);
    expect(matcher.scan(event, place).hits.length === 1).toBe(expected);
  });
});
