import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "../../languages/yara-l/index.ts";
import type { RuleDocument } from "../../rule/document.ts";
import { chronicleReader, readYaraLFile } from "./index.ts";

function rules(text: string, path = "rules/community/a.yaral"): readonly RuleDocument[] {
  return readYaraLFile(path, text).map((item) => {
    if (item.type !== "rule") throw new Error(`no rule but ${JSON.stringify(item)}`);
    return item.rule;
  });
}

function withMeta(meta: string, path?: string): RuleDocument {
  const [one] = rules(
    `rule some_name {\n  meta:\n${meta}\n  events:\n    $e.metadata.event_type = "X"\n  condition:\n    $e\n}\n`,
    path,
  );
  if (one === undefined) throw new Error("no rule");
  return one;
}

const text = `/*
 * A licence.
 */

// and a word
rule shell_of_cve {
  meta:
    author = "Ann (Firm, Inc), Ben"
    description = "Somebody opens a \\"shell\\"."
    rule_id = "mr_1"
    rule_name = "A shell of CVE-2024-1234"
    mitre_attack_tactic = "Defense Evasion, TA0002"
    mitre_attack_technique = "Impair Defenses"
    mitre_attack_url = "https://attack.mitre.org/versions/v14/techniques/T1562/001/"
    mitre_attack_version = "v14"
    type = "hunt"
    data_source = "Sysmon, EDR"
    platform = "Windows"
    severity = "Info"
    priority = "Low"
    reference = "https://example.org/a, https://example.org/b"
    false_positives = "Administrators"
    assumption = "Logs are on."
    tags = "whois, tor"
    sigma_uuid = "11111111-2222-3333-4444-555555555555"
    license = "https://github.com/SigmaHQ/Detection-Rule-License/blob/main/LICENSE.Detection.Rules.md"
    created = "2024-02-03"

  events:
    $e.metadata.event_type = "PROCESS_LAUNCH"
    $e.principal.hostname = $host

  match:
    $host over 5m

  outcome:
    $risk_score = max(35)
    $command_line = array_distinct($e.target.process.command_line)

  condition:
    $e
}
`;

describe("a rule", () => {
  test("keeps its metadata", () => {
    const [read] = rules(text);
    expect(read).toMatchObject({
      corpus: "chronicle",
      id: "mr_1",
      title: "A shell of CVE-2024-1234",
      description: 'Somebody opens a "shell".',
      kind: "hunt",
      lifecycle: "active",
      severity: "informational",
      riskScore: 35,
      authors: ["Ann (Firm, Inc)", "Ben"],
      licence: "DRL-1.1",
      created: "2024-02-03",
      modified: null,
      references: ["https://example.org/a", "https://example.org/b"],
      falsePositives: ["Administrators"],
      tags: ["whois", "tor"],
      cves: ["CVE-2024-1234"],
      related: [{ kind: "made from Sigma", id: "11111111-2222-3333-4444-555555555555" }],
      outputFields: ["risk_score", "command_line"],
      sections: [{ title: "Assumptions", markdown: "Logs are on." }],
      facts: { "Mitre attack version": "v14", Type: "hunt", Platform: "Windows", Priority: "Low" },
      diagnostics: [],
    });
    expect(read?.logSources).toEqual([
      { kind: "data_source", name: "Sysmon" },
      { kind: "data_source", name: "EDR" },
    ]);
  });

  test("has its text without what stands above it, parsed once", () => {
    const [query] = rules(text)[0]?.queries ?? [];
    const start = text.indexOf("rule shell_of_cve");
    expect(query).toMatchObject({ role: "main", language: "yara-l", text: text.slice(start), offset: start, line: 6 });
    expect(query?.parsed).toEqual(parse(query?.text ?? ""));
  });

  test("of ATT&CK by number, by name, and both in one", () => {
    const tags = (meta: string) => withMeta(meta).attack.map((one) => `${one.kind} ${one.id}`);
    expect(rules(text)[0]?.attack.map((one) => `${one.kind} ${one.id}`)).toEqual([
      "tactic defense-evasion",
      "tactic TA0002",
      "technique T1562.001",
    ]);
    expect(tags('tactic = "TA0006"\ntechnique = "T1003.001, t1078"')).toEqual([
      "tactic TA0006",
      "technique T1003.001",
      "technique T1078",
    ]);
    expect(tags('mitre = "Credential Access, t1179"')).toEqual(["tactic credential-access", "technique T1179"]);
    expect(tags('mitre_attack_technique = "Impair Defenses"')).toEqual(["other impair-defenses"]);
    expect(tags('author = "x"')).toEqual([]);
  });

  test("without an id goes under its name, with a warning", () => {
    const read = withMeta('author = "x"');
    expect(read).toMatchObject({ id: "some_name", title: "some_name", licence: "Apache-2.0", severity: null });
    expect(read.diagnostics.map((one) => one.code)).toEqual(["chronicle/missing-id"]);
  });

  test.each([
    ["$risk_score = 35", 35],
    ["$risk_score = max(5.5)", 5.5],
    ["$risk_score = max(35, $e.a)", null],
    ['$risk_score = max(if($e.a = "b", 35, 0))', null],
    ["$score = 35", null],
  ])("has the risk score of its outcome: %s", (outcome, expected) => {
    const [read] = rules(`rule r {\n events:\n $e.a = "b"\n outcome:\n ${outcome}\n condition:\n $e\n}`);
    expect(read?.riskScore).toBe(expected);
  });

  test("in a folder of deprecated rules is one", () => {
    expect(withMeta('rule_id = "x"', "rules/_deprecated/soc/a.yaral").lifecycle).toBe("deprecated");
    expect(withMeta('rule_id = "x"', "rules/community/deprecated_app.yaral").lifecycle).toBe("active");
  });
});

describe("a file", () => {
  const small = (name: string) =>
    `rule ${name} {\n  meta:\n    rule_id = "${name}"\n  events:\n    $e.a = "b"\n  condition:\n    $e\n}`;

  test("may hold several rules, each with its own text", () => {
    const both = `// two\n${small("one")}\n\n${small("two")}\n`;
    const read = rules(both);
    expect(read.map((one) => one.id)).toEqual(["one", "two"]);
    expect(read.map((one) => one.queries[0])).toMatchObject([
      { text: small("one"), offset: both.indexOf("rule one"), line: 2 },
      { text: small("two"), offset: both.indexOf("rule two"), line: 11 },
    ]);
    for (const { queries } of read) expect(queries[0]?.parsed).toEqual(parse(queries[0]?.text ?? ""));
  });

  test.each(["", "// only a comment", "/* open", "nothing of the kind"])(
    "without a rule is a failure: %j",
    (broken) => {
      expect(readYaraLFile("a.yaral", broken)).toMatchObject([
        { type: "failure", failure: { path: "a.yaral", line: 1, code: "chronicle/not-a-rule" } },
      ]);
    },
  );

  test("of nothing but comments is read in linear time", () => {
    const started = performance.now();
    readYaraLFile("a.yaral", "// a\n".repeat(100_000));
    readYaraLFile("a.yaral", "/* */".repeat(100_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("a checkout", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "chronicle-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("holds its rules in one folder", () => {
    for (const path of ["rules/community", "rules/_deprecated/x", "tools"])
      mkdirSync(join(folder, path), { recursive: true });
    for (const path of ["rules/community/a.yaral", "rules/_deprecated/x/b.yaral", "tools/c.yaral", "rules/README.md"]) {
      writeFileSync(join(folder, path), text);
    }
    const reading = chronicleReader.read(folder);
    expect(reading.files).toBe(2);
    expect([...reading.items].map((one) => one.type === "rule" && [one.rule.path, one.rule.lifecycle])).toEqual([
      ["rules/_deprecated/x/b.yaral", "deprecated"],
      ["rules/community/a.yaral", "active"],
    ]);
  });
});
