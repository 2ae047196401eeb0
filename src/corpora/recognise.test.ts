import { describe, expect, test } from "vitest";
import { queryEndings, queryLanguage, readRuleFile, ruleFileEndings, ruleFormats } from "./recognise.ts";

const sigma = `title: One
id: 5b0c1f0e-1d1a-4c59-9a57-0c9b54a4c101
logsource:
    category: process_creation
detection:
    selection:
        search: cmd.exe
    condition: selection
`;
const elastic = `[metadata]
maturity = "production"
[rule]
name = "Two"
rule_id = "5b0c1f0e-1d1a-4c59-9a57-0c9b54a4c102"
language = "kuery"
type = "query"
query = "a : b"
`;
const splunk = `name: Three
id: 5b0c1f0e-1d1a-4c59-9a57-0c9b54a4c103
search: index=main
`;

const sentinel = `id: 5b0c1f0e-1d1a-4c59-9a57-0c9b54a4c105
name: Four
requiredDataConnectors: []
query: SecurityEvent
`;
const page = `# Five

\`\`\`KQL
SecurityEvent | where EventID == 4688
\`\`\`
`;
const yaraL = `rule six {
  events:
    $e.metadata.event_type = "PROCESS_LAUNCH"
  condition:
    $e
}
`;

function summary(text: string, path = "some/where/file") {
  return readRuleFile(path, text)?.map((one) => {
    if (one.type === "rule") return `${one.rule.corpus} ${one.rule.title}`;
    return one.type === "failure" ? one.failure.code : one.type;
  });
}

describe("readRuleFile", () => {
  test.each([
    ["Sigma", sigma, ["sigma One"]],
    [
      "Sigma in several documents",
      `${sigma}---\n${sigma.replace("One", "Other").replace("101", "104")}`,
      ["sigma One", "sigma Other"],
    ],
    ["Elastic", elastic, ["elastic Two"]],
    ["Splunk", splunk, ["splunk Three"]],
    ["Sentinel", sentinel, ["sentinel Four"]],
    ["Windows line ends", sigma.replaceAll("\n", "\r\n"), ["sigma One"]],
    ["TOML that breaks after its table", `${elastic}query = "twice"\n`, ["elastic/invalid-toml"]],
    ["a detection without a name", "search: index=main\n", ["splunk/not-a-detection"]],
  ])("recognises %s", (_, text, expected) => {
    expect(summary(text)).toEqual(expected);
  });

  test("recognises Markdown and YARA-L by the ending of the file alone", () => {
    expect(summary(page, "a/five.md")).toEqual(["kql Five"]);
    expect(summary(page, "a/five.txt")).toBeUndefined();
    expect(summary("# Notes\n\nsearch: nothing\n", "README.md")).toBeUndefined();
    expect(summary(yaraL, "a/six.yaral")).toEqual(["chronicle six"]);
    expect(summary(yaraL, "a/SIX.YARA-L")).toEqual(["chronicle six"]);
    expect(summary(yaraL, "a/six")).toBeUndefined();
  });

  test.each([
    ["a query among other things", "query: SELECT 1\nversion: 2\n"],
    ["nothing", ""],
    ["other YAML", "version: 2\nservices:\n  detection: none\n"],
    ["other TOML", '[tool.rule]\nname = "x"\n'],
    ["a list", "- detection: x\n"],
    ["text", "This rule searches for detection."],
  ])("passes over %s", (_, text) => {
    expect(summary(text)).toBeUndefined();
  });

  test("looks at hostile text once", () => {
    const started = performance.now();
    for (const text of [
      "detection\n".repeat(50_000),
      "a".repeat(500_000),
      "[".repeat(500_000),
      `detection${" ".repeat(500_000)}`,
    ]) {
      readRuleFile("file", text);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("bare queries", () => {
  test.each([
    ["a/b.eql", "eql"],
    ["b.KQL", "kusto"],
    ["b.kuery", "kuery"],
    ["a.eql/b", null],
    ["b.yml", null],
    ["eql", null],
  ])("%s", (path, expected) => {
    expect(queryLanguage(path)).toBe(expected);
  });

  test("no ending is taken twice", () => {
    const byEnding = ruleFormats.filter((one) => one.marks.length === 0).flatMap((one) => one.endings);
    const byContent = ruleFormats.filter((one) => one.marks.length > 0).flatMap((one) => one.endings);
    const alone = [...byEnding, ...queryEndings.keys(), ...new Set(byContent)];
    expect([...alone].sort()).toEqual([...ruleFileEndings].sort());
  });
});
