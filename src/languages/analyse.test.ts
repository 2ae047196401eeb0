import { expect, test } from "vitest";
import type { RuleDocument, RuleQuery } from "../rule/document.ts";
import { analyseRule } from "./analyse.ts";

function ruleWith(...titles: readonly (string | null)[]): RuleDocument {
  const queries = titles.map(
    (title): RuleQuery => ({
      role: "main",
      language: "kuery",
      text: "process.name: cmd.exe",
      ...(title === null ? {} : { title }),
      offset: null,
      line: 1,
    }),
  );
  return {
    logSources: [],
    stages: [],
    diagnostics: [],
    queryless: false,
    queries,
  } as Partial<RuleDocument> as RuleDocument;
}

test("several queries of a rule are alternatives under their titles", () => {
  const [stage] = analyseRule(ruleWith("Defender XDR", null), {}).logic.stages;
  expect(stage).toMatchObject({ type: "union", titles: ["Defender XDR", null] });
  const [untitled] = analyseRule(ruleWith(null, null), {}).logic.stages;
  expect(untitled).not.toHaveProperty("titles");
  expect(analyseRule(ruleWith("Alone"), {}).logic.stages.map((one) => one.type)).toEqual(["filter"]);
});
