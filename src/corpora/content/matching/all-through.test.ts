import { expect, test } from "vitest";
import { analyseRule } from "../../../languages/analyse.ts";
import type { EngineOptions } from "../../../matching/engine.ts";
import { openMatcher } from "../../../matching/matcher.ts";
import { bareDocument } from "../../../rule/bare-document.ts";
import { nameRule } from "../../../vocabulary/name-rule.ts";
import { matchingKnowledge } from "./index.ts";

/** Why a search does not run; null where it runs. */
function whyNot(language: string, text: string, options: EngineOptions = {}): string | null {
  const knowledge = matchingKnowledge();
  const document = bareDocument({
    corpus: "test",
    id: "search",
    path: "search",
    title: "Search",
    queries: [{ role: "main", language, text, offset: 0, line: 1 }],
  });
  const matcher = openMatcher(knowledge, [nameRule(knowledge.vocabulary, analyseRule(document, {}))], options);
  return matcher.notRun[0]?.why ?? null;
}

const everything = "The rule lets every event of a log through.";

test.each([
  ["kusto", "SecurityEvent", everything],
  ["kusto", "SecurityEvent | project TimeGenerated, Computer", everything],
  ["kusto", "union DeviceProcessEvents, (DeviceFileEvents | where FileName == 'x')", everything],
  ["eql", "process where true", everything],
  // What chooses the log was asked for: such a log has no other events.
  ["eql", "process where event.type == 'start'", null],
  ["kusto", "SecurityEvent | where EventID == 4625", null],
  // All events may be counted.
  ["kusto", "SecurityEvent | summarize n = count() by Computer | where n > 1000", null],
  ["eql", "sequence by host.id [process where true] [file where true]", null],
])("%s: %s", (language, text, why) => {
  expect(whyNot(language, text)).toBe(why);
});

test("where any log may be asked for anything, so may all events", () => {
  expect(whyNot("kusto", "SecurityEvent", { anyLog: true })).toBe(null);
});
