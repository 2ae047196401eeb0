import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "../../languages/sigma/index.ts";
import type { RuleDocument } from "../../rule/document.ts";
import type { ReadFailure } from "../corpus.ts";
import { uniqueRules } from "../identity.ts";
import { sigmaReader } from "./reader.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary sigma "));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
}

function readAll(): { files: number; rules: readonly RuleDocument[]; failures: readonly ReadFailure[] } {
  const reading = sigmaReader.read(folder);
  const items = [...uniqueRules(reading.items)];
  return {
    files: reading.files,
    rules: items.flatMap((one) => (one.type === "rule" ? [one.rule] : [])),
    failures: items.flatMap((one) => (one.type === "failure" ? [one.failure] : [])),
  };
}

/** The one rule of the file, which must be read without a failure. */
function readOne(content: string, path = "rules/linux/sample.yml"): RuleDocument {
  write(path, content);
  const { rules, failures } = readAll();
  expect(failures).toEqual([]);
  const [rule] = rules;
  if (rule === undefined || rules.length !== 1) throw new Error(`${rules.length} rules`);
  return rule;
}

function parsedOf(rule: RuleDocument): ReturnType<typeof parse> {
  const [query] = rule.queries;
  if (query === undefined) throw new Error("no query");
  return query.parsed as ReturnType<typeof parse>;
}

const detection = "logsource: {product: linux}\ndetection:\n    sel: {F: 1}\n    condition: sel\n";

function sample(id: string, title = "Sample"): string {
  return `title: ${title}\nid: ${id}\n${detection}`;
}

describe("metadata", () => {
  const text = `title: Lamp Burns at Noon
id: 3c1d7f5e-6a0b-4c53-9a51-2f6b9c0e1a01
name: lamp_at_noon
related:
    - id: 3c1d7f5e-6a0b-4c53-9a51-2f6b9c0e1a02
      type: derived
status: test
description: |
    Oil is dear.
license: MIT
references:
    - https://example.org/lamp
author: Ada Sample (Lantern, Inc), '@bert', Carl
date: 2026/1/02
modified: 2026-01-03
tags:
    - attack.initial_access
    - attack.t1059.001
    - attack.g0016
    - attack.s0002
    - attack.ds0005
    - cve.2024-1708
    - cve.2021.44228
    - detection.emerging-threats
logsource:
    category: process_creation
    product: windows
    definition: Audit it.
detection:
    sel: {F: 1}
    condition: sel
fields: [User, Host]
falsepositives:
    - Lamp lighters
level: high
simulation:
    - type: atomic-red-team
      name: Burn
      technique: t1059
      atomic_guid: 3C1D7F5E-6a0b-4c53-9a51-2f6b9c0e1a03
regression_tests_path: regression/x.yml
`;

  test("is read in full", () => {
    const { raw, queries, ...rest } = readOne(text);
    expect(raw).toBe(text);
    expect(rest).toEqual({
      corpus: "sigma",
      id: "3c1d7f5e-6a0b-4c53-9a51-2f6b9c0e1a01",
      path: "rules/linux/sample.yml",
      title: "Lamp Burns at Noon",
      description: "Oil is dear.",
      kind: "rule",
      status: "test",
      lifecycle: "active",
      severity: "high",
      riskScore: null,
      authors: ["Ada Sample (Lantern, Inc)", "'@bert'", "Carl"],
      licence: "MIT",
      created: "2026-01-02",
      modified: "2026-01-03",
      references: ["https://example.org/lamp"],
      falsePositives: ["Lamp lighters"],
      tags: [
        "attack.initial_access",
        "attack.t1059.001",
        "attack.g0016",
        "attack.s0002",
        "attack.ds0005",
        "cve.2024-1708",
        "cve.2021.44228",
        "detection.emerging-threats",
      ],
      attack: [
        { kind: "tactic", id: "initial-access", written: "attack.initial_access" },
        { kind: "technique", id: "T1059.001", written: "attack.t1059.001" },
        { kind: "group", id: "G0016", written: "attack.g0016" },
        { kind: "software", id: "S0002", written: "attack.s0002" },
        { kind: "other", id: "ds0005", written: "attack.ds0005" },
      ],
      cves: ["CVE-2024-1708", "CVE-2021-44228"],
      related: [{ kind: "derived", id: "3c1d7f5e-6a0b-4c53-9a51-2f6b9c0e1a02" }],
      simulations: [{ technique: "T1059", test: "3c1d7f5e-6a0b-4c53-9a51-2f6b9c0e1a03" }],
      logSources: [{ kind: "logsource", name: "windows/process_creation" }],
      outputFields: ["User", "Host"],
      sections: [],
      facts: {
        name: "lamp_at_noon",
        "regression tests path": "regression/x.yml",
        "log source definition": "Audit it.",
      },
      queryless: false,
      stages: [],
      diagnostics: [],
    });
    expect(queries).toEqual([{ role: "main", language: "sigma", text, offset: 0, line: 1, parsed: parse(text) }]);
  });

  test("may be missing", () => {
    const rule = readOne(detection);
    expect(rule).toMatchObject({
      title: "sample.yml",
      licence: "DRL-1.1",
      severity: null,
      created: null,
      authors: [],
      tags: [],
    });
  });

  test("the folder says the lifecycle and the kind", () => {
    for (const [index, under] of [
      "rules",
      "rules-threat-hunting",
      "rules-placeholder",
      "deprecated",
      "unsupported",
      "tests",
    ].entries()) {
      write(`${under}/a/one.yml`, sample(`id-${index}`));
    }
    write(
      "rules/count.yaml",
      "title: c\nid: c\ncorrelation: {type: event_count, rules: [a], group-by: [H], timespan: 1m, condition: {gte: 2}}\n",
    );
    write("rules/filter.yml", "title: f\nid: f\nfilter: {rules: [a], s: {F: 1}, condition: s}\n");
    write("rules/notes.md", "no rule");
    const { files, rules } = readAll();
    expect(files).toBe(7);
    expect(rules.map((one) => [one.path, one.lifecycle, one.kind])).toEqual([
      ["rules/a/one.yml", "active", "rule"],
      ["rules/count.yaml", "active", "correlation"],
      ["rules/filter.yml", "active", "filter"],
      ["rules-threat-hunting/a/one.yml", "active", "hunt"],
      ["rules-placeholder/a/one.yml", "active", "rule"],
      ["deprecated/a/one.yml", "deprecated", "rule"],
      ["unsupported/a/one.yml", "unsupported", "rule"],
    ]);
  });
});

describe("several documents in a file", () => {
  test("each is a rule with its own part of the file", () => {
    const second = sample("two", "Second");
    write("rules/both.yml", `${sample("one", "First")}---\n${second}`);
    const { rules } = readAll();
    expect(rules.map((one) => [one.id, one.title])).toEqual([
      ["one", "First"],
      ["two", "Second"],
    ]);
    for (const { raw, queries } of rules) {
      const [query] = queries;
      if (query === undefined || query.offset === null) throw new Error("no place");
      expect(raw.slice(query.offset, query.offset + query.text.length)).toBe(query.text);
      expect(query.parsed).toEqual(parse(query.text));
    }
    expect(rules[1]?.queries[0]?.line).toBe(7);
  });

  test("a global document is merged into those that follow; its id is the first one's", () => {
    write(
      "unsupported/global.yml",
      "action: global\ntitle: All\nid: shared\nlevel: low\ndetection:\n    condition: a\n---\nlogsource: {product: x}\ndetection: {a: {F: 1}}\n---\nlogsource: {product: y}\ndetection: {a: {F: 2}}\n---\nid: own\nlogsource: {product: z}\ndetection: {a: {F: 3}}\n",
    );
    const { rules } = readAll();
    expect(rules.map((one) => [one.id, one.title, one.severity, one.logSources[0]?.name])).toEqual([
      ["shared", "All", "low", "x"],
      ["unsupported/global.yml#3", "All", "low", "y"],
      ["own", "All", "low", "z"],
    ]);
    expect(rules.map((one) => one.diagnostics.map((found) => found.code))).toEqual([[], ["sigma/missing-id"], []]);
    for (const rule of rules) {
      const [query] = rule.queries;
      expect(query?.offset).toBeNull();
      expect(query?.parsed).toEqual(parse(query?.text ?? ""));
      expect(parsedOf(rule).ast.documents).toHaveLength(1);
    }
  });

  test("one that is no rule is a failure beside the others", () => {
    write("rules/half.yml", `${sample("one")}---\n- a list\n`);
    const { rules, failures } = readAll();
    expect(rules.map((one) => one.id)).toEqual(["one"]);
    expect(failures).toMatchObject([{ path: "rules/half.yml", line: 7, code: "sigma/not-a-rule" }]);
  });
});

describe("files that cannot be read", () => {
  test("a rule without id gets one from its path, and is told so", () => {
    const rule = readOne(`title: x\n${detection}`);
    expect(rule.id).toBe("rules/linux/sample.yml#1");
    expect(rule.diagnostics.map((one) => [one.code, one.severity])).toEqual([["sigma/missing-id", "warning"]]);
  });

  test("two rules with one id are told apart", () => {
    write("rules/a.yml", sample("same", "First"));
    write("rules/b.yml", sample("same", "Second"));
    const { rules, failures } = readAll();
    expect(failures).toEqual([]);
    expect(rules.map((one) => [one.id, one.title, one.diagnostics.map((found) => found.code)])).toEqual([
      ["same", "First", []],
      ["same#2", "Second", ["corpus/duplicate-id"]],
    ]);
  });

  test.each([
    ["an empty file", "", "corpus/empty", 1],
    ["a file of comments", "# nothing\n", "sigma/not-a-rule", 1],
    ["a list", "- a\n- b\n", "sigma/not-a-rule", 1],
    ["a map that is no rule", "title: x\nversion: 1\n", "sigma/not-a-rule", 1],
    ["10 MB", `title: ${"x".repeat(10 * 1024 * 1024)}\n`, "corpus/too-large", 1],
    ["1 MB", `title: ${"x".repeat(1024 * 1024)}\n`, "yaml/refused", 1],
    ["10 000 brackets", "[".repeat(10_000), "yaml/refused", 1],
    ["invalid UTF-8", Uint8Array.from([116, 58, 32, 120, 10, 0xff, 0xfe]), "corpus/invalid-utf8", 2],
  ])("%s is a failure", (_name, content, code, line) => {
    write("rules/a.yml", content);
    write("rules/b.yml", sample("fine"));
    const { rules, failures } = readAll();
    expect(failures).toMatchObject([{ path: "rules/a.yml", line, code }]);
    expect(rules.map((one) => one.id)).toEqual(["fine"]);
  });

  test("a YAML bomb is read without what it would expand to", () => {
    const levels = ["ab", "bc", "cd", "de", "ef", "fg"].map(
      ([from, to]) => `${to}: &${to} [${Array(9).fill(`*${from}`).join(", ")}]`,
    );
    const rule = readOne(`a: &a [x, x, x, x, x, x, x, x, x]\n${levels.join("\n")}\n${sample("bomb")}`);
    const { diagnostics } = parsedOf(rule);
    expect(diagnostics.map((one) => one.code)).toContain("yaml/aliases");
    expect(JSON.stringify(rule).length).toBeLessThan(1_000_000);
  });

  test("a link that leaves the folder is not followed", () => {
    const outside = mkdtempSync(join(tmpdir(), "detectionary outside "));
    writeFileSync(join(outside, "secret.yml"), sample("secret"));
    mkdirSync(join(folder, "rules"), { recursive: true });
    symlinkSync(join(outside, "secret.yml"), join(folder, "rules", "link.yml"));
    const { rules, failures } = readAll();
    rmSync(outside, { recursive: true });
    expect(rules).toEqual([]);
    expect(failures).toMatchObject([{ path: "rules/link.yml", code: "corpus/outside" }]);
  });

  test("a rule with broken YAML is kept with what is wrong", () => {
    const rule = readOne(`${sample("broken")}level: 'open\n`);
    const { diagnostics } = parsedOf(rule);
    expect(rule.id).toBe("broken");
    expect(diagnostics.map((one) => one.code)).toContain("yaml/syntax");
  });
});
