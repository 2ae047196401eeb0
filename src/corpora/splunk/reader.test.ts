import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RuleDocument } from "../../rule/document.ts";
import type { ReadFailure } from "../corpus.ts";
import { splunkReader } from "./reader.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary splunk "));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
}

function readAll(): { rules: readonly RuleDocument[]; failures: readonly ReadFailure[] } {
  const items = [...splunkReader.read(folder).items];
  return {
    rules: items.flatMap((one) => (one.type === "rule" ? [one.rule] : [])),
    failures: items.flatMap((one) => (one.type === "failure" ? [one.failure] : [])),
  };
}

/** The one rule of the file, which must be read without a failure. */
function readOne(content: string, path = "detections/endpoint/sample.yml"): RuleDocument {
  write(path, content);
  const { rules, failures } = readAll();
  expect(failures).toEqual([]);
  const [rule] = rules;
  if (rule === undefined || rules.length !== 1) throw new Error(`${rules.length} rules`);
  return rule;
}

const layout2024 = `name: Lantern Tool Lists Printers
id: 0c1d7f5e-6a0b-4c53-9a51-2f6b9c0e1a01
version: 3
date: '2024-05-06'
author: Ada Sample, Lantern, Inc
type: Hunting
status: experimental
data_source:
- Sysmon EventID 1 AND Sysmon EventID 3
- Sysmon EventID 1
description: Our own sample in the layout of 2024.
search: '\`sysmon\` EventCode=1 Image="*\\\\lantern.exe" CommandLine="*it''s*" | \`lantern_tool_lists_printers_filter\`'
how_to_implement: Collect process starts.
known_false_positives: Print administrators.
references:
- https://example.org/lantern
drilldown_searches:
- name: View the results for $dest$
  search: '%original_detection_search% | search dest = $dest$'
tags:
  analytic_story:
  - Lantern Campaign
  - Printer Abuse
  asset_type: Endpoint
  confidence: 70
  impact: 60
  risk_score: 42
  message: Lantern ran on $dest$
  mitre_attack_id:
  - T1082
  - t1059.001
  cve:
  - cve-2024-0001
  atomic_guid:
  - 3F1B2C4D-0000-4000-8000-00000000ABCD
  observable:
  - name: dest
    type: Endpoint
    role: [Victim]
  product: [Splunk Enterprise]
  required_fields: [_time, Image]
  security_domain: endpoint
tests:
- name: True Positive Test
`;

const layout2026 = `name: Lantern Tool Talks To Printers
id: 0c1d7f5e-6a0b-4c53-9a51-2f6b9c0e1a02
version: 1
creation_date: '2025-12-01'
modification_date: '2026-02-03'
author: Ada Sample
status: production
type: TTP
description: |-
    Our own sample
    in the layout of 2026.
data_source:
    - Sysmon EventID 3
search: |-
    \`sysmon\`
    EventCode=3
    | stats count by dest
    | \`lantern_tool_talks_to_printers_filter\`
how_to_implement: |
    Collect connections.
known_false_positives: |
    Printers.
references: []
finding:
    title: Lantern on $dest$
    entity:
        field: dest
        type: system
        score: 55
intermediate_findings:
    entities:
        - field: user
          type: user
          score: 20
          message: $user$ started Lantern
threat_objects:
    - field: process_name
      type: process_name
analytic_story:
    - Lantern Campaign
asset_type: Endpoint
cve:
    - CVE-2026-0002
mitre_attack_id:
    - T1071.001
product:
    - Splunk Cloud
category: endpoint
security_domain: network
`;

describe("the layout of 2024", () => {
  test("gives every part of the metadata", () => {
    const rule = readOne(layout2024);
    expect(rule).toMatchObject({
      corpus: "splunk",
      id: "0c1d7f5e-6a0b-4c53-9a51-2f6b9c0e1a01",
      path: "detections/endpoint/sample.yml",
      title: "Lantern Tool Lists Printers",
      description: "Our own sample in the layout of 2024.",
      kind: "hunt",
      status: "experimental",
      lifecycle: "active",
      severity: null,
      riskScore: 42,
      authors: ["Ada Sample", "Lantern, Inc"],
      licence: "Apache-2.0",
      created: null,
      modified: "2024-05-06",
      references: ["https://example.org/lantern"],
      falsePositives: ["Print administrators."],
      tags: ["Lantern Campaign", "Printer Abuse"],
      attack: [
        { kind: "technique", id: "T1082", written: "T1082" },
        { kind: "technique", id: "T1059.001", written: "t1059.001" },
      ],
      cves: ["CVE-2024-0001"],
      simulations: [{ technique: "", test: "3f1b2c4d-0000-4000-8000-00000000abcd" }],
      logSources: [
        { kind: "data_source", name: "Sysmon EventID 1" },
        { kind: "data_source", name: "Sysmon EventID 3" },
      ],
      outputFields: ["dest"],
      sections: [{ title: "How to implement", markdown: "Collect process starts." }],
      raw: layout2024,
      queryless: false,
      stages: [],
      diagnostics: [],
    });
    expect(rule.facts).toEqual({
      Type: "Hunting",
      Version: "3",
      "Analytic stories": "Lantern Campaign, Printer Abuse",
      "Asset type": "Endpoint",
      "Security domain": "endpoint",
      Products: "Splunk Enterprise",
      Confidence: "70",
      Impact: "60",
      Finding: "Lantern ran on $dest$",
      "Required fields": "_time, Image",
      "Drilldown searches": "1",
      "Attack data tests": "1",
    });
  });

  test("a doubled quote makes the search differ from the file: no offset, but a line", () => {
    expect(readOne(layout2024).queries).toEqual([
      {
        role: "main",
        language: "spl",
        text: '`sysmon` EventCode=1 Image="*\\\\lantern.exe" CommandLine="*it\'s*" | `lantern_tool_lists_printers_filter`',
        offset: null,
        line: 12,
      },
    ]);
  });
});

describe("the layout of 2026", () => {
  test("is read from the top level", () => {
    const rule = readOne(layout2026);
    expect(rule).toMatchObject({
      kind: "rule",
      status: "production",
      riskScore: 55,
      description: "Our own sample\nin the layout of 2026.",
      created: "2025-12-01",
      modified: "2026-02-03",
      falsePositives: ["Printers."],
      tags: ["Lantern Campaign"],
      attack: [{ kind: "technique", id: "T1071.001", written: "T1071.001" }],
      cves: ["CVE-2026-0002"],
      logSources: [{ kind: "data_source", name: "Sysmon EventID 3" }],
      outputFields: ["dest", "user", "process_name"],
      diagnostics: [],
    });
    expect(rule.facts).toEqual({
      Type: "TTP",
      Version: "1",
      "Analytic stories": "Lantern Campaign",
      "Asset type": "Endpoint",
      "Security domain": "network",
      Category: "endpoint",
      Products: "Splunk Cloud",
      Finding: "Lantern on $dest$\n$user$ started Lantern",
    });
  });

  test("a block of several lines has no offset, and the line at which its text begins", () => {
    expect(readOne(layout2026).queries).toEqual([
      {
        role: "main",
        language: "spl",
        text: "`sysmon`\nEventCode=3\n| stats count by dest\n| `lantern_tool_talks_to_printers_filter`",
        offset: null,
        line: 15,
      },
    ]);
  });
});

test("the layout of 2025 scores in `rba` and keeps the rest under `tags`", () => {
  const rule = readOne(`name: Between
id: 0c1d7f5e-6a0b-4c53-9a51-2f6b9c0e1a03
date: '2025-03-04'
type: Correlation
status: production
search: index=main
rba:
  message: Between years on $dest$
  risk_objects:
  - {field: dest, type: system, score: 20}
  - {field: user, type: user, score: 30}
  threat_objects:
  - {field: src_ip, type: ip_address}
tags:
  analytic_story: [Lantern Campaign]
  mitre_attack_id: [T1110]
  security_domain: access
`);
  expect(rule).toMatchObject({
    kind: "correlation",
    riskScore: 30,
    modified: "2025-03-04",
    outputFields: ["dest", "user", "src_ip"],
    attack: [{ kind: "technique", id: "T1110", written: "T1110" }],
  });
  expect(rule.facts).toMatchObject({ Finding: "Between years on $dest$", "Security domain": "access" });
});

describe("the place of the search", () => {
  test.each([
    ["plain", "search: index=main a=1", "index=main a=1", 2],
    ["single quotes", "search: '| tstats count'", "| tstats count", 2],
    ["double quotes", 'search: "index=main"', "index=main", 2],
    ["a block of one line", "search: |-\n    index=main a=1", "index=main a=1", 3],
    ["a block with its line feed", "search: |\n  index=main\n", "index=main\n", 3],
  ])("%s: stands letter for letter in the file", (_, search, text, line) => {
    const rule = readOne(`name: A\n${search}\nid: a1\n`);
    const [query] = rule.queries;
    expect(query).toMatchObject({ text, line });
    expect(rule.raw.slice(query?.offset ?? -1).startsWith(text)).toBe(true);
  });

  test.each([
    ["an escape", 'search: "a=\\"1\\""', 'a="1"'],
    ["folded lines", "search: 'a=1\n  b=2'", "a=1 b=2"],
    ["an alias", "x: &q a=1\nsearch: *q", "a=1"],
  ])("%s: has no offset", (_, search, text) => {
    expect(readOne(`name: A\n${search}\nid: a1\n`).queries).toMatchObject([{ text, offset: null }]);
  });
});

describe("lifecycle", () => {
  test.each([
    ["detections/deprecated/old.yml", "production", "deprecated"],
    ["removed/detections/old.yml", "removed", "deprecated"],
    ["detections/endpoint/old.yml", "deprecated", "deprecated"],
    ["detections/endpoint/deprecated.yml", "production", "active"],
  ])("%s with status %s is %s", (path, status, lifecycle) => {
    expect(readOne(`name: A\nid: a1\nstatus: ${status}\nsearch: index=main\n`, path).lifecycle).toBe(lifecycle);
  });

  test("says why a rule was removed and what replaces it", () => {
    const rule = readOne(
      "name: A\nid: a1\nstatus: removed\nsearch: index=main\ndeprecation_info:\n  reason: Too loud\n  replacement_content: [B, C]\n",
    );
    expect(rule.facts).toEqual({ "Reason for removal": "Too loud", "Replaced by": "B, C" });
  });
});

describe("what is wrong with a file", () => {
  test("a rule without an id goes under its path, and says so", () => {
    const rule = readOne("name: A\nsearch: index=main\n");
    expect(rule.id).toBe("detections/endpoint/sample.yml");
    expect(rule.diagnostics.map((one) => `${one.severity} ${one.code}`)).toEqual(["warning splunk/no-id"]);
  });

  test.each([["search: ''"], ["search:"], ["search: '   '"]])("a rule with %s is query-less, not failed", (search) => {
    const rule = readOne(`name: A\nid: a1\n${search}\n`);
    expect([rule.queryless, rule.queries, rule.diagnostics]).toEqual([true, [], []]);
  });

  test("a search that is a list is an error of the rule", () => {
    const rule = readOne("name: A\nid: a1\nsearch: [index=main]\n");
    expect(rule.queryless).toBe(true);
    expect(rule.diagnostics.map((one) => one.code)).toEqual(["splunk/search-not-text"]);
  });

  test("quoted text that goes on in the first column is read whole, with a warning at the place", () => {
    const raw = "name: A\nid: a1\nsearch: 'index=main\n| stats count\n| where count > 1'\nstatus: production\n";
    const rule = readOne(raw);
    expect(rule.queries).toEqual([
      { role: "main", language: "spl", text: "index=main | stats count | where count > 1", offset: null, line: 3 },
    ]);
    expect(rule.status).toBe("production");
    expect(rule.diagnostics).toMatchObject([
      { code: "splunk/quoted-text-not-indented", severity: "warning", span: { start: raw.indexOf("| stats") } },
    ]);
  });

  test("other faults of YAML are errors of a rule that can still be made out", () => {
    const rule = readOne("name: A\nid: a1\nsearch: index=main\nstatus: [production\n");
    expect(rule.title).toBe("A");
    expect(rule.diagnostics.map((one) => `${one.severity} ${one.code}`)).toContain("error yaml/syntax");
  });

  test.each([
    ["", "corpus/empty", 1],
    ["# nothing\n", "splunk/not-a-map", 1],
    ["- a\n- b\n", "splunk/not-a-map", 1],
    ["name: A\nid: a1\n", "splunk/not-a-detection", 1],
    ["search: index=main\n", "splunk/not-a-detection", 1],
    ["a: &a [x, x]\n", "splunk/not-a-detection", 1],
    [`a: ${"[".repeat(5000)}`, "yaml/refused", 1],
  ])("%j is a failure: %s", (content, code, line) => {
    write("detections/endpoint/sample.yml", content);
    const { rules, failures } = readAll();
    expect(rules).toEqual([]);
    expect(failures).toMatchObject([{ path: "detections/endpoint/sample.yml", code, line }]);
  });

  test("a YAML bomb is a failure", () => {
    const levels = Array.from({ length: 9 }, (_, i) => `k${i + 1}: &k${i + 1} [${Array(10).fill(`*k${i}`).join(",")}]`);
    write("detections/endpoint/sample.yml", `name: A\nsearch: a\nk0: &k0 lol\n${levels.join("\n")}\n`);
    expect(readAll().failures).toMatchObject([{ code: "yaml/aliases" }]);
  });

  test("a value with the name of an inherited property is only a value", () => {
    expect(readOne("name: A\nid: a1\ntype: constructor\nsearch: a\n").kind).toBe("rule");
    expect(readOne("name: A\nid: a1\nsearch: a\n__proto__:\n  mitre_attack_id: [T1082]\n").attack).toEqual([]);
  });

  test("metadata of the wrong shape is left out", () => {
    const rule = readOne(
      "name: A\nid: a1\nsearch: a\ntags: [x]\nreferences: {a: 1}\ndate: soon\nauthor: [x]\nrba: 7\n",
    );
    expect(rule).toMatchObject({ attack: [], references: [], modified: null, authors: [], riskScore: null });
  });

  test("bad files do not keep the good ones from being read", () => {
    write("detections/a.yml", new Uint8Array([0x61, 0x0a, 0xff]));
    write("detections/b.yml", "a".repeat(10 * 1024 * 1024));
    symlinkSync(join("..", "..", "nowhere.yml"), join(folder, "detections/c.yml"));
    write("detections/d.yml", "name: D\nid: d1\nsearch: index=main\n");
    const { rules, failures } = readAll();
    expect(rules.map((one) => one.id)).toEqual(["d1"]);
    expect(failures.map((one) => `${one.path}:${one.line} ${one.code}`)).toEqual([
      "detections/a.yml:2 corpus/invalid-utf8",
      "detections/b.yml:1 corpus/too-large",
      "detections/c.yml:1 corpus/unreadable",
    ]);
  });
});

describe("macros", () => {
  test("go by the name under which SPL calls them, in both layouts", () => {
    write("macros/sysmon.yml", "name: sysmon\ndefinition: sourcetype=sysmon\ndescription: x\n");
    write(
      "macros/age.yml",
      "name: age\nid: m1\nversion: 1\narguments:\n  - field\n  - unit\ndefinition: eval $field$=1\n",
    );
    write("macros/limit.yml", "name: limit\ndefinition: 10\n");
    expect(splunkReader.read(folder).environment.macros).toEqual(
      new Map([
        ["age(2)", { definition: "eval $field$=1", arguments: ["field", "unit"] }],
        ["limit", { definition: "10", arguments: [] }],
        ["sysmon", { definition: "sourcetype=sysmon", arguments: [] }],
      ]),
    );
  });

  test("what is none, or is there twice, is a failure; the first stays", () => {
    write("macros/a.yml", "name: sysmon\ndefinition: one\n");
    write("macros/b.yml", "name: sysmon\ndefinition: two\n");
    write("macros/c.yml", "definition: three\n");
    const reading = splunkReader.read(folder);
    expect(reading.environment.macros?.get("sysmon")?.definition).toBe("one");
    expect(readAll().failures.map((one) => `${one.path} ${one.code}`)).toEqual([
      "macros/b.yml splunk/duplicate-macro",
      "macros/c.yml splunk/not-a-macro",
    ]);
  });
});

test("detections and what stands around them are the files of the corpus; items can be read twice", () => {
  write("detections/a.yml", "name: A\nid: a1\nsearch: a\n");
  write("macros/m.yml", "name: m\ndefinition: x\n");
  write("lookups/l.yml", "name: l\nfilename: l.csv\n");
  write("lookups/l.csv", "a,b\n");
  write("data_sources/d.yml", "name: d\n");
  write("stories/s.yml", "name: s\n");
  write("removed/stories/t.yml", "name: t\n");
  write("baselines/b.yml", "name: b\n");
  const reading = splunkReader.read(folder);
  expect(reading.files).toBe(6);
  expect([[...reading.items].length, [...reading.items].length]).toEqual([1, 1]);
});

test("a file can be seen at its commit", () => {
  expect(splunkReader.fileUrl("abc", "detections/web/a b.yml")).toBe(
    "https://github.com/splunk/security_content/blob/abc/detections/web/a%20b.yml",
  );
});
