import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { translationKnowledge } from "../../corpora/content/platforms/index.ts";
import { readRuleOrHunt } from "../../corpora/elastic/reader.ts";
import { readToml } from "../../corpora/elastic/toml.ts";
import { listFiles } from "../../corpora/files.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../../corpora/testing.ts";
import { recordOf, textOf, type Untyped } from "../../corpora/untyped.ts";
import { readYaml, yamlValue } from "../../kit/yaml.ts";
import { analyseRule } from "../../languages/analyse.ts";
import { platforms } from "../../platforms/registry.ts";
import { sigma } from "../../platforms/sigma/index.ts";
import { openTranslator } from "../../platforms/translate.ts";
import { nameRule } from "../../vocabulary/name-rule.ts";
import { packageFiles } from "./index.ts";
import { schemaFaults } from "./sigma-schema.testing.ts";
import { translatedPackage } from "./testing.ts";

function filesOf(id: string): ReturnType<typeof packageFiles> {
  const platform = platforms.find((one) => one.id === id);
  if (platform === undefined) throw new Error(`There is no platform ${id}.`);
  return packageFiles(translatedPackage(platform), { date: "2026-03-01" });
}

/** Every key of a table with the kinds of its values, tables within it with a dot: `threat.tactic.id text`. */
function shape(value: unknown, path = ""): readonly string[] {
  if (Array.isArray(value)) return [`${path} list`, ...value.flatMap((one) => shape(one, path))];
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, one]) => shape(one, path === "" ? key : `${path}.${key}`));
  }
  return [`${path} ${typeof value}`];
}

describe.skipIf(!corporaPresent)(corpusTitle("rules of Elastic"), () => {
  const known = new Map<string, number>();
  const required = new Map<string, number>();
  let rules = 0;
  if (corporaPresent) {
    const folder = corpusFolder("elastic");
    for (const path of listFiles(folder, "rules", [".toml"])) {
      const reading = readToml(readFileSync(join(folder, path), "utf8"));
      const rule = reading.type === "table" ? recordOf(reading.table.rule) : {};
      if (!/^(?:eql|esql|query)$/u.test(textOf(rule.type))) continue;
      rules++;
      const table = reading.type === "table" ? reading.table : {};
      for (const one of new Set(shape(table))) known.set(one, (known.get(one) ?? 0) + 1);
      for (const one of topKeys(table)) required.set(one, (required.get(one) ?? 0) + 1);
    }
  }

  test.each(["elastic-eql", "elastic-esql", "elastic-lucene"])(
    "%s: ours have keys that theirs have, of the same kinds",
    (id) => {
      expect(rules).toBeGreaterThan(1500);
      const all = [...required].filter(([, count]) => count === rules).map(([key]) => key);
      for (const { path, text } of filesOf(id).filter((one) => one.path.endsWith(".toml"))) {
        const reading = readToml(text);
        if (reading.type === "fault") throw new Error(`${path}: ${reading.message}`);
        expect(shape(reading.table).filter((one) => !known.has(one))).toEqual([]);
        // What every rule of theirs has, ours have, too.
        expect(all.filter((key) => !topKeys(reading.table).includes(key))).toEqual([]);
      }
      expect(all).toEqual(
        expect.arrayContaining(["rule.rule_id", "rule.license", "rule.risk_score", "metadata.maturity"]),
      );
    },
  );
});

function topKeys(table: Untyped): readonly string[] {
  return ["metadata", "rule"].flatMap((name) => Object.keys(recordOf(table[name])).map((key) => `${name}.${key}`));
}

function documentsOf(text: string): readonly unknown[] {
  return readYaml(text).documents.map((one) => yamlValue(one).value);
}

describe("the schema of Sigma", () => {
  test("has no complaint about our rules, nor about correlations", () => {
    const documents = filesOf("sigma")
      .filter((one) => one.path.endsWith(".yml"))
      .flatMap(({ text }) => documentsOf(text));
    expect(documents.flatMap(schemaFaults)).toEqual([]);
    expect(documents.filter((one) => "correlation" in recordOf(one)).length).toBeGreaterThan(5);
  });

  test("has none about a correlation of two fields that are one in Sigma", () => {
    const query = `FROM logs-kubernetes.audit_logs-*
| WHERE kubernetes.audit.verb == "list"
| STATS n = COUNT(*) BY user.name, kubernetes.audit.user.username
| WHERE n > 5`;
    const head = '[rule]\nname = "Many lists"\ntype = "esql"\nlanguage = "esql"';
    const item = readRuleOrHunt("rules/a.toml", `${head}\nquery = '''\n${query}'''`);
    if (item.type !== "rule") throw new Error(JSON.stringify(item));
    const { vocabulary } = translationKnowledge();
    const rule = nameRule(vocabulary, analyseRule(item.rule, {}));
    const made = openTranslator(translationKnowledge()).translate(rule, sigma).query ?? "";
    expect(made).toContain("group-by:\n      - user.username\n    timespan");
    expect(documentsOf(made).flatMap(schemaFaults)).toEqual([]);
  });

  test.each([
    [{ title: "a" }, ["logsource", "detection"]],
    [{ title: "a", logsource: {}, detection: {} }, ["detection.condition"]],
    [{ title: "a", logsource: {}, detection: { condition: "x", x: 1 } }, ["detection.x"]],
    [{ title: "a", logsource: {}, detection: { condition: "x" }, level: "severe" }, ["level"]],
    [{ title: "a", logsource: {}, detection: { condition: "x" }, date: "2026/03/01" }, ["date"]],
    [{ title: "a", logsource: {}, detection: { condition: "x" }, tags: ["Attack.T1"] }, ["tags.0"]],
    [{ title: "a", correlation: { type: "event_count", rules: ["xy"] } }, ["correlation.timespan"]],
  ])("finds the fault of %j", (document, paths) => {
    expect(schemaFaults(document).map((one) => one.split(":")[0])).toEqual(paths);
  });
});

describe.skipIf(!corporaPresent)(corpusTitle("rules of Sigma"), () => {
  test("are valid, but for those that are not maintained", () => {
    const folder = corpusFolder("sigma");
    const faults = new Map<string, readonly string[]>();
    let rules = 0;
    for (const under of ["rules", "rules-emerging-threats", "rules-threat-hunting"]) {
      for (const path of listFiles(folder, under, [".yml"])) {
        rules++;
        const found = documentsOf(readFileSync(join(folder, path), "utf8")).flatMap(schemaFaults);
        if (found.length > 0) faults.set(path, found);
      }
    }
    expect(rules).toBeGreaterThan(3000);
    expect([...faults]).toEqual([]);
  }, 120_000);
});
