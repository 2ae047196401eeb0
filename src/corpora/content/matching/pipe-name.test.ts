import { expect, test } from "vitest";
import { analyseRule } from "../../../languages/analyse.ts";
import { openMatcher } from "../../../matching/matcher.ts";
import { bareDocument } from "../../../rule/bare-document.ts";
import { nameRule } from "../../../vocabulary/name-rule.ts";
import { matchingKnowledge } from "./index.ts";

const knowledge = matchingKnowledge();

const sysmon = {
  Event: {
    System: {
      Provider: { Name: "Microsoft-Windows-Sysmon" },
      EventID: 17,
      Channel: "Microsoft-Windows-Sysmon/Operational",
    },
    EventData: { EventType: "CreatePipe", PipeName: "\\evil", Image: "C:\\x.exe" },
  },
};

const ecs = {
  "@timestamp": "2024-01-02T03:04:05Z",
  event: { code: "17", provider: "Microsoft-Windows-Sysmon", category: ["file"], type: ["creation"] },
  file: { name: "\\evil" },
  winlog: { channel: "Microsoft-Windows-Sysmon/Operational" },
};

test.each([
  ["as the log has it", sysmon],
  ["as Elastic's pipeline writes it", ecs],
])("a rule finds a pipe by the name of a file: %s", (_form, event) => {
  const text = String.raw`file where event.provider == "Microsoft-Windows-Sysmon" and event.code == "17" and file.name : "\\ev*"`;
  const document = bareDocument({
    corpus: "elastic",
    id: "pipe",
    path: "pipe",
    title: "Pipe",
    queries: [{ role: "main", language: "eql", text, offset: 0, line: 1 }],
  });
  const matcher = openMatcher(knowledge, [nameRule(knowledge.vocabulary, analyseRule(document, {}))]);
  expect(matcher.notRun).toEqual([]);
  expect(matcher.match(event, { file: "events", record: 1 }).hits.length).toBe(1);
});
