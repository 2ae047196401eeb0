import { expect, test } from "vitest";
import { readRuleOrHunt } from "../../corpora/elastic/reader.ts";
import { readSentinelFile } from "../../corpora/sentinel/reader.ts";
import { platforms } from "../../platforms/registry.ts";
import type { ReportPart } from "../../platforms/translation.ts";
import type { RuleDocument } from "../../rule/document.ts";
import type { PackageDetection } from "../detection-package.ts";
import { besideQuery as reportOf } from "../native-settings.ts";
import { besideQuery } from "./beside-query.ts";
import { packageFiles } from "./index.ts";
import { madeDetection, madePackage } from "./testing.ts";

const head = `[metadata]
maturity = "production"
[rule]
name = "a"
rule_id = "3b0e8e0a-5f6a-4b52-9e33-6f0c4ad3c101"
language = "kuery"
query = "a : b"
`;

/** A rule of the platform's own as a package has it: its query, and in the report what it sets beside. */
function native(document: RuleDocument, language: string): PackageDetection {
  const queries = document.queries.map((one) => ({ ...one, title: one.title ?? null }));
  return madeDetection({
    native: true,
    language,
    query: document.queries[0]?.text ?? "",
    report: reportOf(document as never, queries as never),
  });
}

function elastic(more: string): RuleDocument {
  const item = readRuleOrHunt("rules/a.toml", `${head}${more}`);
  if (item.type !== "rule") throw new Error(JSON.stringify(item));
  return item.rule;
}

function sentinel(trigger: string): RuleDocument {
  const item = readSentinelFile("a.yaml", `id: 1\nname: a\nkind: Scheduled\nquery: T | take 1\n${trigger}\n`);
  if (item.type !== "rule") throw new Error(JSON.stringify(item));
  return item.rule;
}

function filesFor(id: string, detection: PackageDetection): ReturnType<typeof packageFiles> {
  const platform = platforms.find((one) => one.id === id);
  if (platform === undefined) throw new Error(id);
  return packageFiles(madePackage(platform, { detections: [detection] }), { date: "2026-03-01" });
}

test.each([
  ['type = "query"\n', "query"],
  ['type = "threshold"\n[rule.threshold]\nfield = ["host.id", "user.name"]\nvalue = 25\n', "threshold"],
  [
    'type = "threshold"\n[rule.threshold]\nfield = ["host.id"]\nvalue = 5\n[[rule.threshold.cardinality]]\nfield = "user.name"\nvalue = 3\n',
    "threshold",
  ],
  [
    'type = "new_terms"\n[rule.new_terms]\nfield = "new_terms_fields"\nvalue = ["host.id", "user.name"]\n[[rule.new_terms.history_window_start]]\nfield = "history_window_start"\nvalue = "now-7d"\n',
    "new_terms",
  ],
  [
    'type = "query"\n[[rule.filters]]\n[rule.filters.meta]\nnegate = true\n[rule.filters.query.match_phrase]\n"a.b" = "c d"\n',
    "query",
  ],
])("Elastic: %j comes back as it was", (more, type) => {
  const rule = elastic(more);
  const files = filesFor("elastic-lucene", native(rule, "kuery"));
  const toml = files.find(({ path }) => path.startsWith("rules/"));
  const back = readRuleOrHunt("rules/b.toml", toml?.text ?? "");
  if (back.type !== "rule") throw new Error(JSON.stringify(back));
  expect(back.rule.stages).toEqual(rule.stages);
  expect(back.rule.queries.map(({ role, language, text }) => [role, language, text])).toEqual(
    rule.queries.map(({ role, language, text }) => [role, language, text]),
  );
  const [line = ""] = (files.find(({ path }) => path === "rules.ndjson")?.text ?? "").split("\n");
  const imported = JSON.parse(line);
  expect(imported.type).toBe(type);
  if (type === "new_terms") {
    expect(imported).toMatchObject({ new_terms_fields: ["host.id", "user.name"], history_window_start: "now-7d" });
    expect(imported.new_terms).toBeUndefined();
  }
});

test("Elastic: what a file cannot say leaves a query, and no rule", () => {
  const threat = 'type = "threat_match"\nthreat_query = "x : y"\nthreat_language = "kuery"\n';
  const files = filesFor("elastic-lucene", native(elastic(threat), "kuery"));
  expect(files.filter(({ path }) => path.includes("rules"))).toEqual([]);
  expect(files.find(({ path }) => path === "queries/a-task-was-made.kuery")?.text).toBe("a : b\n");
});

test.each([
  ["triggerOperator: gt\ntriggerThreshold: 0", "gt", 0],
  ["triggerOperator: gt\ntriggerThreshold: 5", "gt", 5],
  ["triggerOperator: lt\ntriggerThreshold: 3", "lt", 3],
  ["triggerOperator: eq\ntriggerThreshold: 2", "eq", 2],
])("Sentinel: %j comes back as it was", (trigger, operator, count) => {
  const files = filesFor("microsoft", native(sentinel(trigger), "kusto"));
  const yaml = files.find(({ path }) => path.startsWith("analytic-rules/"))?.text ?? "";
  expect(yaml).toContain(`triggerOperator: ${operator}\ntriggerThreshold: ${count}\n`);
  const { resources } = JSON.parse(files.find(({ path }) => path === "azuredeploy.json")?.text ?? "");
  expect(resources[0].properties.triggerThreshold).toBe(count);
});

test.each([
  ["machine learning", "anomalies of job_1"],
  ["a filter cut short", "filter of the rule", 'The rule narrows its query with this: {"a":'],
  ["a filter without a value", "filter of the rule", 'The rule narrows its query with this: {"a": [null]}'],
  ["what nobody knows", "something else"],
])("%s is not said", (_, part, why = "") => {
  const report: readonly ReportPart[] = [{ part, verdict: "exact", code: null, why }];
  expect(besideQuery(madeDetection({ native: true, report }))).toBeNull();
  expect(besideQuery(madeDetection({ native: false, report }))).not.toBeNull();
});
