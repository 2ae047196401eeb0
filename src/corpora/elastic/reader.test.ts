import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RuleDocument } from "../../rule/document.ts";
import { elasticReader } from "./index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "elastic-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function readAll() {
  return [...elasticReader.read(folder).items];
}

function readRule(path: string, text: string): RuleDocument {
  write(path, text);
  const item = readAll()[0];
  if (item?.type !== "rule") throw new Error(`no rule but ${JSON.stringify(item)}`);
  return item.rule;
}

const rule = `[metadata]
creation_date = "2024/02/03"
integration = ["endpoint", "windows"]
maturity = "production"
min_stack_version = "8.14.0"
updated_date = "2025/11/30"

[transform]
[[transform.osquery]]
query = "SELECT 1"

[rule]
author = ["Ann", "Ben"]
description = """
Two lines
of text.
"""
false_positives = ["Administrators."]
from = "now-9m"
index = ["logs-endpoint.events.process-*", "winlogbeat-*"]
language = "kuery"
license = "Elastic License v2"
max_signals = 33
name = "A shell of CVE-2024-1234"
note = """## Triage and analysis

Look.

\`\`\`
## not a heading
\`\`\`

## Response

Act.
"""
references = ["https://example.org/a"]
risk_score = 47
rule_id = "11111111-2222-3333-4444-555555555555"
setup = """## Setup

Switch it on."""
severity = "medium"
tags = ["OS: Windows", "Data Source: Sysmon"]
type = "threshold"
query = '''
process.name:(cmd.exe or "a\\b")
'''

[rule.investigation_fields]
field_names = ["host.id", "user.name"]

[rule.alert_suppression]
group_by = ["host.id"]
duration = { unit = "h", value = 6 }

[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0002"
[[rule.threat.technique]]
id = "T1059"
[[rule.threat.technique.subtechnique]]
id = "T1059.003"

[[rule.threat]]
framework = "MITRE ATLAS"
[[rule.threat.technique]]
id = "AML.T0051"

[rule.threshold]
field = ["host.id"]
value = 5
[[rule.threshold.cardinality]]
field = "process.pid"
value = 3

[[rule.filters]]
[rule.filters.meta]
negate = true
[rule.filters.query.wildcard."file.path"]
case_insensitive = true
value = "C:\\\\\\\\Windows\\\\\\\\*"
`;

describe("a rule", () => {
  test("keeps its metadata", () => {
    const read = readRule("rules/windows/shell.toml", rule);
    expect(read).toMatchObject({
      corpus: "elastic",
      id: "11111111-2222-3333-4444-555555555555",
      path: "rules/windows/shell.toml",
      title: "A shell of CVE-2024-1234",
      description: "Two lines\nof text.",
      kind: "rule",
      status: "production",
      lifecycle: "active",
      severity: "medium",
      riskScore: 47,
      authors: ["Ann", "Ben"],
      licence: "Elastic License v2",
      created: "2024-02-03",
      modified: "2025-11-30",
      references: ["https://example.org/a"],
      falsePositives: ["Administrators."],
      tags: ["OS: Windows", "Data Source: Sysmon"],
      cves: ["CVE-2024-1234"],
      outputFields: ["host.id", "user.name"],
      queryless: false,
      diagnostics: [],
    });
    expect(read.raw).toBe(rule);
    expect(read.attack).toEqual([
      { kind: "tactic", id: "TA0002", written: "TA0002" },
      { kind: "technique", id: "T1059", written: "T1059" },
      { kind: "technique", id: "T1059.003", written: "T1059.003" },
      { kind: "other", id: "AML.T0051", written: "AML.T0051" },
    ]);
    expect(read.logSources).toEqual([
      { kind: "index", name: "logs-endpoint.events.process-*" },
      { kind: "index", name: "winlogbeat-*" },
      { kind: "integration", name: "endpoint" },
      { kind: "integration", name: "windows" },
      { kind: "data_source", name: "Sysmon" },
    ]);
    expect(read.facts).toEqual({
      "Rule type": "threshold",
      "Looks back from": "now-9m",
      "Alerts at most": "33",
      "Alert suppression": "by host.id for 6h",
      "Stack version from": "8.14.0",
    });
  });

  test("cuts its guide at headings, but not within code", () => {
    expect(readRule("rules/a.toml", rule).sections).toEqual([
      { title: "Triage and analysis", markdown: "Look.\n\n```\n## not a heading\n```" },
      { title: "Response", markdown: "Act." },
      { title: "Setup", markdown: "Switch it on." },
    ]);
  });

  test("has its query where it stands, and its filters as queries", () => {
    const read = readRule("rules/a.toml", rule);
    const [main, filter] = read.queries;
    expect(main).toEqual({
      role: "main",
      language: "kuery",
      text: 'process.name:(cmd.exe or "a\\b")\n',
      offset: rule.indexOf("process.name"),
      line: 47,
    });
    expect(filter).toEqual({
      role: "filter",
      language: "query-dsl",
      text: '{"meta":{"negate":true},"query":{"wildcard":{"file.path":{"case_insensitive":true,"value":"C:\\\\\\\\Windows\\\\\\\\*"}}}}',
      offset: null,
      line: 78,
    });
  });

  test("says thresholds as stages", () => {
    const nowhere = { start: 0, end: 0 };
    expect(readRule("rules/a.toml", rule).stages).toEqual([
      { type: "threshold", by: ["host.id"], operator: "ge", count: 5, span: nowhere },
      { type: "threshold", by: ["host.id"], operator: "ge", count: 3, distinct: "process.pid", span: nowhere },
    ]);
  });

  test("whose query has escapes has no offset, but a line", () => {
    const [query] = readRule("rules/a.toml", '[rule]\nrule_id = "x"\nquery = "a:\\"b\\""\n').queries;
    expect(query).toEqual({ role: "main", language: "kuery", text: 'a:"b"', offset: null, line: 3 });
  });

  test("of new terms, of machine learning, and of indicators", () => {
    const terms = readRule(
      "rules/a.toml",
      '[rule]\nrule_id = "x"\ntype = "new_terms"\nquery = "a:b"\n[rule.new_terms]\nfield = "new_terms_fields"\nvalue = ["host.id", "user.name"]\n[[rule.new_terms.history_window_start]]\nfield = "history_window_start"\nvalue = "now-14d"\n',
    );
    expect(terms.stages).toMatchObject([{ type: "new_terms", fields: ["host.id", "user.name"], window: "now-14d" }]);
    const job = readRule(
      "rules/a.toml",
      '[rule]\nrule_id = "x"\ntype = "machine_learning"\nanomaly_threshold = 70\nmachine_learning_job_id = ["one", "two"]\n',
    );
    expect(job).toMatchObject({ queryless: true, queries: [], diagnostics: [] });
    expect(job.stages).toMatchObject([{ type: "anomaly", jobs: ["one", "two"], threshold: 70 }]);
    const threat = readRule(
      "rules/a.toml",
      '[rule]\nrule_id = "x"\nquery = "a:*"\nthreat_query = "b:*"\nthreat_language = "kuery"\n[[rule.threat_mapping]]\n[[rule.threat_mapping.entries]]\nfield = "source.ip"\nvalue = "threat.ip"\n[[rule.threat_mapping]]\n[[rule.threat_mapping.entries]]\nfield = "a"\nvalue = "b"\n[[rule.threat_mapping.entries]]\nfield = "c"\nvalue = "d"\n[[rule.threat_filters]]\nmeta = { negate = false }\nquery = { exists = { field = "e" } }\n',
    );
    expect(threat.queries).toMatchObject([
      { role: "main", text: "a:*", line: 3 },
      { role: "threat", language: "kuery", text: "b:*", line: 4, on: ["source.ip = threat.ip", "a = b and c = d"] },
      { role: "threat", language: "query-dsl", text: '{"meta":{"negate":false},"query":{"exists":{"field":"e"}}}' },
    ]);
  });

  test("without id, query or any sense is kept with diagnostics", () => {
    const read = readRule("rules/_deprecated/a.toml", '[rule]\nseverity = "fatal"\nrisk_score = "high"\ntags = 5\n');
    expect(read).toMatchObject({
      id: "rules/_deprecated/a.toml",
      lifecycle: "deprecated",
      severity: null,
      riskScore: null,
      queryless: true,
    });
    expect(read.diagnostics.map((one) => one.code)).toEqual(["elastic/missing-id", "elastic/missing-query"]);
  });

  test("is a building block by folder or by type", () => {
    expect(readRule("rules_building_block/a.toml", '[rule]\nrule_id = "x"\n').kind).toBe("building_block");
    rmSync(join(folder, "rules_building_block"), { recursive: true });
    expect(readRule("rules/a.toml", '[rule]\nrule_id = "x"\nbuilding_block_type = "default"\n').kind).toBe(
      "building_block",
    );
  });
});

describe("a hunt", () => {
  test("has several queries, each in the language that it shows", () => {
    const text = `[hunt]
author = "Ann"
integration = ["endpoint"]
uuid = "abc"
name = "Odd parents"
language = ["ES|QL", "SQL"]
license = "Elastic License v2"
notes = ["First.", "Second."]
mitre = ["T1059.004", "AML.T0034"]
query = [
'''
// a comment
from logs-*
| limit 1
''',
'''sql
SELECT name
FROM processes
''',
'''sql
from logs-x
''',
"/* c */ process where true",
'''
\`\`\`sql
SELECT 2
\`\`\`
''',
]
`;
    const read = readRule("hunting/linux/queries/a.toml", text);
    expect(read).toMatchObject({
      id: "abc",
      kind: "hunt",
      title: "Odd parents",
      severity: null,
      created: null,
      queryless: false,
    });
    expect(read.attack).toEqual([
      { kind: "technique", id: "T1059.004", written: "T1059.004" },
      { kind: "other", id: "AML.T0034", written: "AML.T0034" },
    ]);
    expect(read.sections).toEqual([{ title: "Notes", markdown: "- First.\n- Second." }]);
    expect(read.queries.map(({ language, text: query, line }) => [language, query, line])).toEqual([
      ["esql", "// a comment\nfrom logs-*\n| limit 1\n", 12],
      ["sql", "SELECT name\nFROM processes\n", 17],
      ["esql", "from logs-x\n", 21],
      ["eql", "/* c */ process where true", 23],
      ["sql", "SELECT 2\n", 26],
    ]);
    for (const query of read.queries) expect(text.startsWith(query.text, query.offset ?? -1)).toBe(true);
  });

  test("only stands in a folder of queries", () => {
    write("hunting/index.toml", "[hunt]\n");
    write("hunting/definitions.py", "");
    expect(elasticReader.read(folder).files).toBe(0);
  });
});

describe("a file that cannot be read is a failure with its line", () => {
  test.each([
    ["an open string", "a = 1\n[rule]\nname = 'x\n", "elastic/invalid-toml", 3],
    ["no table", "a = 1\n", "elastic/not-a-rule", 1],
    ["a rule that is a number", "rule = 5\n", "elastic/not-a-rule", 1],
    ["nothing", "", "corpus/empty", 1],
    ["deep lists", `[rule]\na = ${"[".repeat(100_000)}`, "elastic/invalid-toml", 2],
    ["a large number", "[rule]\na = 99999999999999999999", "elastic/invalid-toml", 2],
    ["a key twice", "[rule]\nname = 1\nname = 2\n", "elastic/invalid-toml", 3],
  ])("%s", (_, text, code, line) => {
    write("rules/a.toml", text);
    expect(readAll()).toMatchObject([{ type: "failure", failure: { path: "rules/a.toml", code, line } }]);
  });

  test("too large, not UTF-8, or outside of the folder", () => {
    write("rules/a.toml", "#".repeat(10 * 1024 * 1024));
    write("rules/b.toml", Uint8Array.of(97, 10, 0xff));
    const outside = mkdtempSync(join(tmpdir(), "outside-"));
    writeFileSync(join(outside, "secret.toml"), '[rule]\nrule_id = "secret"\n');
    symlinkSync(join(outside, "secret.toml"), join(folder, "rules", "c.toml"));
    expect(readAll()).toMatchObject([
      { failure: { code: "corpus/too-large" } },
      { failure: { code: "corpus/invalid-utf8", line: 2 } },
      { failure: { code: "corpus/outside" } },
    ]);
    rmSync(outside, { recursive: true });
  });
});

describe("hostile TOML is read or refused within its time", () => {
  test.each([
    ["dotted keys", `rule.filters${".a".repeat(200_000)} = 1`],
    ["headers", `[rule]\n${"[[rule.filters]]\n".repeat(60_000)}`],
    ["queries", `[hunt]\nquery = [${'"\\u0061b",'.repeat(100_000)}]`],
    ["keys in a note", `[rule]\nquery = "q\\n"\nnote = '''\n${"query = 1\n".repeat(150_000)}'''`],
    [
      "a self-similar query",
      `[rule]\nquery = '${"a".repeat(500_000)}'\nnote = """${`\nquery = '${"a".repeat(7000)}`.repeat(200)}"""`,
    ],
    ["a prototype", '[rule]\n__proto__ = { query = "x" }\nconstructor = 1\n'],
  ])("%s", (_, text) => {
    write("hunting/x/queries/a.toml", text);
    const start = performance.now();
    expect(readAll()).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
