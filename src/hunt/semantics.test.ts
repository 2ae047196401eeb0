import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { translationKnowledge } from "../corpora/content/platforms/index.ts";
import { analyseRule } from "../languages/analyse.ts";
import { openMatcher } from "../matching/matcher.ts";
import { bareView } from "../matching/testing.ts";
import { bareDocument } from "../rule/bare-document.ts";
import { nameRule } from "../vocabulary/name-rule.ts";

interface SemanticsCase {
  readonly about: string;
  readonly query: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly expected: boolean;
}

const folder = join(import.meta.dirname, "../../fixtures/semantics");
const knowledge = { ...translationKnowledge(), view: bareView };

describe.each(readdirSync(folder).filter((name) => name.endsWith(".json")))("%s on the engine", (file) => {
  const language = file.slice(0, -".json".length);
  const cases = JSON.parse(readFileSync(join(folder, file), "utf8")) as readonly SemanticsCase[];

  test.each(cases)("$about", ({ query, event, expected }) => {
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
