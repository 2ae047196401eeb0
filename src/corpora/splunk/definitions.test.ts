import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LookupDefinition } from "../../languages/language.ts";
import type { RuleDocument } from "../../rule/document.ts";
import { splunkReader } from "./reader.ts";

let base = "";
let folder = "";

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "detectionary splunk "));
  folder = join(base, "checkout");
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
}

function failures(): readonly string[] {
  return [...splunkReader.read(folder).items].flatMap((one) =>
    one.type === "failure" ? [`${one.failure.path}:${one.failure.line} ${one.failure.code}`] : [],
  );
}

function lookup(name: string): LookupDefinition | undefined {
  return splunkReader.read(folder).environment.lookups?.get(name);
}

/** The rule of a detection with these lines of metadata. */
function detection(metadata: string): RuleDocument {
  write("detections/a.yml", `name: A\nid: a1\nsearch: index=main\n${metadata}`);
  const rules = [...splunkReader.read(folder).items].flatMap((one) => (one.type === "rule" ? [one.rule] : []));
  const [rule] = rules;
  if (rule === undefined) throw new Error("no rule");
  return rule;
}

describe("lookups", () => {
  test("of 2024: columns stand in the header of the named file", () => {
    write(
      "lookups/printers.yml",
      "name: printers\nfilename: printers_2.csv\ndefault_match: 'false'\nmatch_type: WILDCARD(host), WILDCARD( path )\ncase_sensitive_match: 'false'\n",
    );
    write("lookups/printers_2.csv", 'host, path,"note"\nlantern*,*,x\n');
    expect(lookup("printers")).toEqual({
      fields: ["host", "path", "note"],
      wildcardFields: ["host", "path"],
      caseSensitive: false,
    });
    expect(failures()).toEqual([]);
  });

  test("of 2024: a collection lists its columns", () => {
    write("lookups/seen.yml", "name: seen\ncollection: seen\nfields_list: _key, user,first.time, user\n");
    expect(lookup("seen")).toEqual({
      fields: ["_key", "user", "first.time"],
      wildcardFields: [],
      caseSensitive: true,
    });
  });

  test("of 2026: the table has the name of its definition, in a folder of its own", () => {
    write(
      "lookups/csv/printers.yml",
      "name: printers\nlookup_type: csv\nmatch_type:\n  - WILDCARD(host)\n  - CIDR(ip)\ncase_sensitive_match: false\n",
    );
    write("lookups/csv/printers.csv", "host,ip\n");
    write("lookups/kvstore/seen.yml", "name: seen\nlookup_type: kvstore\nfields:\n  - _key\n  - user\n");
    expect(lookup("printers")).toEqual({ fields: ["host", "ip"], wildcardFields: ["host"], caseSensitive: false });
    expect(lookup("seen")).toEqual({ fields: ["_key", "user"], wildcardFields: [], caseSensitive: true });
    expect(failures()).toEqual([]);
  });

  test("a header says more than `fields` beside it", () => {
    write("lookups/apps.yml", "name: apps\nfilename: apps.csv\nfields: app\n");
    write("lookups/apps.csv", "app,forbidden\n");
    expect(lookup("apps")?.fields).toEqual(["app", "forbidden"]);
  });

  test("a model has no columns", () => {
    write("lookups/model.yml", "name: model\nfilename: model.mlmodel\n");
    expect(lookup("model")).toEqual({ fields: [], wildcardFields: [], caseSensitive: true });
    expect(failures()).toEqual([]);
  });

  test("without its table, a lookup stays and the table is a failure", () => {
    write("lookups/a.yml", "name: a\nfilename: a.csv\nfields: x\n");
    write("lookups/b.yml", "name: b\nfilename: ../../secret.csv\n");
    writeFileSync(join(base, "secret.csv"), "password\n");
    expect(lookup("a")?.fields).toEqual(["x"]);
    expect(lookup("b")?.fields).toEqual([]);
    expect(failures()).toEqual(["lookups/a.csv:1 corpus/unreadable", "lookups/../../secret.csv:1 corpus/outside"]);
  });
});

describe("data sources", () => {
  const source = "source: xmlwineventlog:Lantern\nsourcetype: xmlwineventlog\nseparator: EventID\n";

  test("explain a name in a detection, and nothing but that name", () => {
    write(
      "data_sources/one.yml",
      `name: Lantern EventID 1\n${source}separator_value: 1\nmitre_components: [Lamp On, Lamp Off]\nsupported_TA:\n- name: Add-on for Lanterns\n  url: https://example.org\n- name: Another\nfields: [a, b]\nexample_log: x\n`,
    );
    expect(detection("data_source: [Lantern EventID 1 AND Lantern EventID 10]\n").logSources).toEqual([
      {
        kind: "data_source",
        name: "Lantern EventID 1",
        attributes: {
          source: "xmlwineventlog:Lantern",
          sourcetype: "xmlwineventlog",
          separator: "EventID",
          separator_value: "1",
          add_ons: "Add-on for Lanterns, Another",
          data_components: "Lamp On, Lamp Off",
        },
      },
      { kind: "data_source", name: "Lantern EventID 10" },
    ]);
  });

  test("may lack everything but a name", () => {
    write("data_sources/one.yml", "name: Lantern\nsupported_TA: []\nsource:\n");
    expect(detection("data_source: [Lantern]\n").logSources).toEqual([
      { kind: "data_source", name: "Lantern", attributes: {} },
    ]);
    expect(failures()).toEqual([]);
  });

  test("are found under the shorter name of Windows' security log", () => {
    write("data_sources/one.yml", "name: Windows Event Log Security 5136\nsourcetype: xmlwineventlog\n");
    expect(detection("data_source: [Windows Security 5136, Windows Security 1]\n").logSources).toEqual([
      {
        kind: "data_source",
        name: "Windows Security 5136",
        attributes: { defined_as: "Windows Event Log Security 5136", sourcetype: "xmlwineventlog" },
      },
      { kind: "data_source", name: "Windows Security 1" },
    ]);
  });

  test("are kept short, because each rule that names one repeats it", () => {
    write("data_sources/one.yml", `name: Lantern\nsource: ${"x".repeat(100_000)}\n`);
    const [one] = detection("data_source: [Lantern]\n").logSources;
    expect(one?.attributes?.source).toBe(`${"x".repeat(299)}…`);
  });
});

describe("stories", () => {
  test("give a rule their categories and use case, in both layouts", () => {
    write("stories/a.yml", "name: Lanterns\ntags:\n  category: [Malware, Adversary Tactics]\n  usecase: Monitoring\n");
    write("removed/stories/b.yml", "name: Old Lanterns\ncategory:\n  - Abuse\nusecase: Compliance\n");
    write("stories/c.yml", "name: Bare\n");
    const rule = detection("analytic_story: [Lanterns, Old Lanterns, Bare, Unknown]\n");
    expect(rule.facts).toEqual({
      "Analytic stories": "Lanterns, Old Lanterns, Bare, Unknown",
      "Story: Lanterns": "Malware, Adversary Tactics · Monitoring",
      "Story: Old Lanterns": "Abuse · Compliance",
    });
    expect(rule.tags).toEqual(["Lanterns", "Old Lanterns", "Bare", "Unknown"]);
  });
});

describe("what is wrong with a file around the detections", () => {
  test.each([
    ["lookups", "lookup"],
    ["data_sources", "data-source"],
    ["stories", "story"],
  ])("in %s it is a failure with its place", (under, code) => {
    write(`${under}/a.yml`, "name: one\n");
    write(`${under}/b.yml`, "name: one\n");
    write(`${under}/c.yml`, "description: none\n");
    write(`${under}/d.yml`, "");
    write(`${under}/e.yml`, "- a\n");
    write(`${under}/f.yml`, new Uint8Array([0x61, 0x0a, 0xff]));
    write(`${under}/g.yml`, "name: two\nversion: 1\nsource: [x\n");
    expect(failures()).toEqual([
      `${under}/b.yml:1 splunk/duplicate-${code}`,
      `${under}/c.yml:1 splunk/not-a-${code}`,
      `${under}/d.yml:1 corpus/empty`,
      `${under}/e.yml:1 splunk/not-a-map`,
      `${under}/f.yml:2 corpus/invalid-utf8`,
      `${under}/g.yml:4 yaml/syntax`,
    ]);
  });

  test("a fault that leaves the rest readable does not take the definition away", () => {
    write("lookups/a.yml", "name: seen\nfields_list: user\nmatch_type: [x\n");
    expect(lookup("seen")?.fields).toEqual(["user"]);
    expect(failures()).toHaveLength(1);
  });
});
