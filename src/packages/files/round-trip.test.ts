import { describe, expect, test } from "vitest";
import { readAtomicsFile } from "../../corpora/atomics/reader.ts";
import { readYaraLFile } from "../../corpora/chronicle/reader.ts";
import type { CorpusItem } from "../../corpora/corpus.ts";
import { readRuleOrHunt } from "../../corpora/elastic/reader.ts";
import { readSentinelFile } from "../../corpora/sentinel/reader.ts";
import { readSigmaFile } from "../../corpora/sigma/reader.ts";
import { readYaml, yamlValue } from "../../kit/yaml.ts";
import { languages } from "../../languages/registry.ts";
import { checkers } from "../../platforms/checkers.testing.ts";
import { platforms } from "../../platforms/registry.ts";
import type { RuleDocument } from "../../rule/document.ts";
import type { DetectionPackage } from "../detection-package.ts";
import { readConf } from "./conf-reader.testing.ts";
import { type PackageFile, packageFiles } from "./index.ts";
import { translatedPackage } from "./testing.ts";

const date = "2026-03-01";

function made(id: string): { readonly one: DetectionPackage; readonly files: readonly PackageFile[] } {
  const platform = platforms.find((one) => one.id === id);
  if (platform === undefined) throw new Error(`There is no platform ${id}.`);
  const one = translatedPackage(platform);
  return { one, files: packageFiles(one, { date }) };
}

function ending(files: readonly PackageFile[], end: string): readonly PackageFile[] {
  return files.filter(({ path }) => path.endsWith(end));
}

function only(files: readonly PackageFile[], path: string): string {
  const file = files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`There is no file ${path}.`);
  return file.text;
}

function ruleOf(item: CorpusItem | undefined): RuleDocument {
  if (item?.type !== "rule") throw new Error(`No rule but ${JSON.stringify(item)}`);
  return item.rule;
}

function errorsOf(language: string, query: string): readonly string[] {
  const parsed = languages.get(language)?.parse(query);
  if (parsed === undefined) throw new Error(`There is no language ${language}.`);
  return parsed.diagnostics.filter((one) => one.severity === "error").map((one) => one.message);
}

describe.each([...platforms])("$id", ({ id }) => {
  const { one, files } = made(id);

  test("has a file for each detection, and the documents of every package", () => {
    expect(one.detections.length).toBeGreaterThan(10);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    expect(files.filter(({ path }) => path.includes("/")).length).toBeGreaterThanOrEqual(one.detections.length);
    const documents = ["README.md", "investigation.md", "playbook.md", "atomic-tests.yaml", "SOURCES.md"];
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(documents));
  });

  test("gives the same files again", () => expect(packageFiles(one, { date })).toEqual(files));

  test("has tests that a runner reads", () => {
    const [item, ...others] = readAtomicsFile("atomic-tests.yaml", only(files, "atomic-tests.yaml"));
    if (item?.type !== "test") throw new Error(`No test but ${JSON.stringify(item)}`);
    const [expected] = one.tests;
    expect(others).toEqual([]);
    expect(item.test).toMatchObject({
      guid: expected?.id,
      technique: "T1053.005",
      name: expected?.title,
      platforms: ["windows"],
      executor: { shell: "cmd", elevated: true, command: expected?.command, cleanup: expected?.cleanup },
    });
  });
});

describe.each(["elastic-eql", "elastic-esql", "elastic-lucene"])("rules of %s", (id) => {
  const { one, files } = made(id);

  test("are read as what they were made of", () => {
    const rules = ending(files, ".toml").map(({ path, text }) => ruleOf(readRuleOrHunt(path, text)));
    expect(rules.map(({ title }) => title)).toEqual(one.detections.map(({ title }) => title));
    for (const [at, rule] of rules.entries()) {
      const detection = one.detections[at];
      expect(rule.queries.map(({ text }) => text)).toEqual([detection?.query]);
      expect(rule.queries.map(({ language }) => language)).toEqual([detection?.language]);
      expect(rule.attack.map((tag) => tag.id)).toEqual(["TA0002", "T1053", "T1053.005", "TA0003"]);
      expect(rule.licence).toBe("Apache-2.0");
      expect([rule.created, rule.modified]).toEqual([date, date]);
      expect(rule.sections.map(({ title }) => title)).toEqual(
        expect.arrayContaining(["Investigation", "Response", "Setup"]),
      );
      expect(rule.diagnostics).toEqual([]);
      expect(errorsOf(detection?.language ?? "", rule.queries[0]?.text ?? "")).toEqual([]);
    }
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  });

  test("are those of the file that Kibana imports, which ends with what it holds", () => {
    const lines = only(files, "rules.ndjson").trimEnd().split("\n");
    const rules = lines.slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rules.map(({ query }) => query)).toEqual(one.detections.map(({ query }) => query));
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ exported_count: rules.length, missing_rules: [] });
    for (const rule of rules) {
      expect(rule).toMatchObject({ enabled: false, to: "now", language: one.platform.language });
      // A query of ES|QL names its indices itself, and the engine refuses others.
      expect(rule.index === undefined).toBe(rule.type === "esql");
      expect(rule.severity).toMatch(/^(?:low|medium|high|critical)$/u);
    }
  });
});

describe("rules of Sentinel", () => {
  const { one, files } = made("microsoft");

  test("are read as what they were made of", () => {
    const rules = ending(files, ".yaml")
      .filter(({ path }) => path.startsWith("analytic-rules/"))
      .map(({ path, text }) => ruleOf(readSentinelFile(path, text)));
    for (const [at, rule] of rules.entries()) {
      const detection = one.detections[at];
      expect(rule).toMatchObject({ title: detection?.title, kind: "rule", diagnostics: [], stages: [] });
      expect(rule.queries[0]?.text).toBe(detection?.query);
      expect(rule.attack.map((tag) => tag.id)).toEqual(["execution", "persistence", "T1053.005"]);
      expect(errorsOf("kusto", rule.queries[0]?.text ?? "")).toEqual([]);
    }
    expect(rules.filter(({ logSources }) => logSources.length > 0).length).toBeGreaterThan(50);
    expect(rules.filter(({ facts }) => facts.Entities !== undefined).length).toBeGreaterThan(45);
  });

  test("are those of the template, with durations of ISO 8601", () => {
    const template = JSON.parse(only(files, "azuredeploy.json"));
    expect(template.resources.map(({ properties }: never) => (properties as { query: string }).query)).toEqual(
      one.detections.map(({ query }) => query),
    );
    for (const { name, kind, properties } of template.resources) {
      expect(name).toMatch(
        /^\[concat\(parameters\('workspace'\), '\/Microsoft\.SecurityInsights\/[0-9a-f-]{36}'\)\]$/u,
      );
      expect(kind).toBe("Scheduled");
      expect(properties).toMatchObject({ enabled: false, techniques: ["T1053"], subTechniques: ["T1053.005"] });
      expect(properties.queryPeriod).toMatch(/^P(?:\d+D|T\d+[HM])$/u);
    }
  });

  test("as queries alone are what they are", () => {
    expect(ending(files, ".kql").map(({ text }) => text)).toEqual(one.detections.map(({ query }) => `${query}\n`));
  });
});

test.each(["splunk", "splunk-tstats"])("%s: saved searches are what they were made of", (id) => {
  const { one, files } = made(id);
  const stanzas = [...readConf(only(files, "savedsearches.conf"))];
  expect(stanzas).toHaveLength(one.detections.length);
  for (const [at, [name, settings]] of stanzas.entries()) {
    const detection = one.detections[at];
    expect(name.length).toBeLessThanOrEqual(100);
    const [, title = "", cut = ""] = /^Threat - (.*?)(…?) - Rule$/u.exec(name) ?? [];
    expect(cut === "" ? detection?.title : detection?.title.slice(0, title.length)).toBe(title);
    expect(settings.get("search")).toBe(detection?.query);
    expect(errorsOf("spl", settings.get("search") ?? "")).toEqual([]);
    expect(JSON.parse(settings.get("action.correlationsearch.annotations") ?? "")).toMatchObject({
      mitre_attack: ["T1053.005"],
    });
    expect(settings.get("disabled")).toBe("1");
  }
});

test("rules of Google SecOps keep all but their meta, which is completed", () => {
  const { one, files } = made("google-secops");
  const texts = ending(files, ".yaral");
  expect(texts).toHaveLength(one.detections.length);
  for (const [at, { path, text }] of texts.entries()) {
    const detection = one.detections[at];
    const [item, ...others] = readYaraLFile(path, text);
    const rule = ruleOf(item);
    expect(others).toEqual([]);
    expect(rule.title).toBe(detection?.title);
    expect(rule.attack.map((tag) => tag.id)).toEqual(expect.arrayContaining(["T1053.005"]));
    expect(rule.licence).toBe("Apache-2.0");
    const rest = (query = ""): string => query.slice(query.indexOf("  events:"));
    expect(rest(text)).toBe(`${rest(detection?.query)}\n`);
    expect(errorsOf("yara-l", text)).toEqual([]);
  }
});

test("rules of Sigma are read, each with an id", () => {
  const { one, files } = made("sigma");
  const texts = ending(files, ".yml");
  expect(texts).toHaveLength(one.detections.length);
  const ids = new Set<string>();
  for (const [at, { path, text }] of texts.entries()) {
    const rules = readSigmaFile(path, text).map(ruleOf);
    expect(rules.length).toBeGreaterThan(0);
    expect(errorsOf("sigma", text)).toEqual([]);
    expect(rules.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    for (const { id } of rules) {
      expect(id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u);
      expect(ids.has(id)).toBe(false);
      ids.add(id);
    }
    const withoutIds = text.replace(/^id: .*\n/gmu, "");
    expect(withoutIds).toBe(`${one.detections[at]?.query}\n`);
  }
});

test("templates of LogScale hold the queries", () => {
  const { one, files } = made("logscale");
  for (const folder of ["queries", "scheduled-searches"]) {
    const values = ending(files, ".yaml")
      .filter(({ path }) => path.startsWith(`${folder}/`))
      .map(({ text }) => yamlOf(text));
    expect(values.map(({ queryString }) => queryString)).toEqual(one.detections.map(({ query }) => query));
    expect(values.map(({ name }) => name)).toEqual(one.detections.map(({ title }) => title));
    for (const { queryString } of values) expect(checkers.get("logscale")?.(String(queryString)).problems).toEqual([]);
  }
});

test("searches of QRadar are the queries", () => {
  const { one, files } = made("qradar");
  const texts = ending(files, ".aql").map(({ text }) => text);
  expect(texts).toEqual(one.detections.map(({ query }) => `${query}\n`));
  for (const text of texts) expect(checkers.get("qradar")?.(text.trimEnd()).problems).toEqual([]);
});

test("the folder of Sumo Logic holds the queries", () => {
  const { one, files } = made("sumo");
  const folder = JSON.parse(only(files, "content.json"));
  const searches: readonly { readonly name: string; readonly search: { readonly queryText: string } }[] =
    folder.children;
  expect(searches.map(({ name }) => name)).toEqual(one.detections.map(({ title }) => title));
  expect(searches.map(({ search }) => search.queryText)).toEqual(one.detections.map(({ query }) => query));
  for (const { search } of searches) expect(checkers.get("sumo")?.(search.queryText).problems).toEqual([]);
});

function yamlOf(text: string): Record<string, unknown> {
  const { documents, diagnostics } = readYaml(text);
  const [document, ...others] = documents;
  if (document === undefined || others.length > 0 || diagnostics.length > 0)
    throw new Error(`Not one document: ${text}`);
  return yamlValue(document).value as Record<string, unknown>;
}
