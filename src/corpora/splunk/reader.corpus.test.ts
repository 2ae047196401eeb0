import { describe, expect, test } from "vitest";
import { readYaml } from "../../kit/yaml.ts";
import type { RuleDocument } from "../../rule/document.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { listOf, recordOf, textOf } from "../untyped.ts";
import { dataSourceKind } from "./data-sources.ts";
import { readDefinitions } from "./definitions.ts";
import { splunkReader } from "./reader.ts";
import { storyKind } from "./stories.ts";

/** `| lookup update=true name …`, also at the start of a sub-search. */
const lookupCommand = /[|[]\s*lookup(?:\s+(?:local|update)\s*=\s*\w+)*\s+([\w.]+)/g;

/** Names in `data_source`, where ` AND ` still joins some. */
function dataSourcesAsWritten(raw: string): readonly string[] {
  const value = recordOf(readYaml(raw).documents[0]?.toJS());
  return [...listOf(value.data_source), ...listOf(value.data_sources)].map(
    (one) => textOf(one) || textOf(recordOf(one).name),
  );
}

describe.skipIf(!corporaPresent)(corpusTitle("the Splunk collection of October 2024"), () => {
  const reading = corporaPresent ? splunkReader.read(corpusFolder("splunk")) : null;
  const items = [...(reading?.items ?? [])];
  const rules = items.flatMap((one) => (one.type === "rule" ? [one.rule] : []));
  const active = rules.filter((rule) => rule.lifecycle === "active");

  const tally = (of: readonly RuleDocument[], key: (rule: RuleDocument) => string): Record<string, number> =>
    Object.fromEntries([...Map.groupBy(of, key)].map(([name, group]) => [name, group.length]));

  test("is read whole", () => {
    expect(items.filter((one) => one.type === "failure")).toEqual([]);
    expect(reading?.files).toBe(2445);
    expect(rules).toHaveLength(1711);
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(1711);
    expect(rules.filter((rule) => rule.queryless)).toEqual([]);
  });

  test("has so many rules of each kind", () => {
    expect(tally(rules, (rule) => rule.lifecycle)).toEqual({ active: 1613, deprecated: 98 });
    expect(tally(active, (rule) => rule.facts.Type ?? "")).toEqual({
      TTP: 957,
      Anomaly: 454,
      Hunting: 189,
      Correlation: 13,
    });
    expect(tally(active, (rule) => rule.kind)).toEqual({ rule: 1411, hunt: 189, correlation: 13 });
    expect(tally(active, (rule) => rule.status)).toEqual({ production: 1472, experimental: 141 });
  });

  test("tags techniques, and nothing else", () => {
    expect(active.filter((rule) => rule.attack.some((tag) => tag.kind === "technique"))).toHaveLength(1588);
    expect(rules.filter((rule) => rule.lifecycle === "deprecated" && rule.attack.length > 0)).toHaveLength(64);
    expect(rules.flatMap((rule) => rule.attack).filter((tag) => tag.kind !== "technique")).toEqual([]);
  });

  test("names data sources in all rules but 161 active ones", () => {
    expect(active.filter((rule) => rule.logSources.length === 0)).toHaveLength(161);
    expect(rules.flatMap((rule) => rule.logSources).filter((source) => source.name.includes(" AND "))).toEqual([]);
  });

  test("has 189 macros, two of them with an argument", () => {
    const macros = reading?.environment.macros ?? new Map();
    expect(macros.size).toBe(189);
    expect([...macros.keys()].filter((name) => name.includes("("))).toEqual([
      "base64decode(1)",
      "security_content_ctime(1)",
    ]);
  });

  test("has 205 data sources, which explain 197 of the 227 names in detections", () => {
    const known = readDefinitions(corpusFolder("splunk"), dataSourceKind).named;
    const sources = new Map(rules.flatMap((rule) => rule.logSources).map((one) => [one.name, one]));
    const explained = [...sources.values()].filter((one) => one.attributes !== undefined);
    expect([known.size, sources.size, explained.length]).toEqual([205, 227, 197]);
    const spelledOtherwise = explained.filter((one) => one.attributes?.defined_as !== undefined);
    expect(spelledOtherwise.map((one) => one.name).sort()).toEqual([
      "Windows Security 4698",
      "Windows Security 5136",
      "Windows Security 5145",
    ]);
  });

  test("has 193 data sources under the very name that a detection writes, before ` AND ` is split", () => {
    const known = readDefinitions(corpusFolder("splunk"), dataSourceKind).named;
    const written = rules.flatMap((rule) => dataSourcesAsWritten(rule.raw));
    expect(new Set(written).size).toBe(233);
    expect(new Set(written.filter((name) => known.has(name))).size).toBe(193);
  });

  test("has 261 stories, with a category for each of the 258 that detections name", () => {
    expect(readDefinitions(corpusFolder("splunk"), storyKind).named.size).toBe(261);
    const named = new Set(rules.flatMap((rule) => rule.tags));
    const explained = new Set(rules.flatMap((rule) => Object.keys(rule.facts)).filter((key) => /^Story: /.test(key)));
    expect([named.size, explained.size]).toEqual([258, 258]);
  });

  test("has 79 lookups: 5 models without columns, 30 with patterns, 32 that ignore case", () => {
    const lookups = [...(reading?.environment.lookups?.values() ?? [])];
    expect(lookups).toHaveLength(79);
    expect(lookups.filter((one) => one.fields.length === 0)).toHaveLength(5);
    expect(lookups.filter((one) => one.wildcardFields.length > 0)).toHaveLength(30);
    expect(lookups.filter((one) => !one.caseSensitive)).toHaveLength(32);
  });

  test("defines 38 of the 44 lookups that detections join", () => {
    const searches = rules.flatMap((rule) => rule.queries.map((query) => query.text));
    const joined = searches.flatMap((text) => [...text.matchAll(lookupCommand)].map(([, name = ""]) => name));
    const undefinedOnes = [...new Set(joined)].filter((name) => reading?.environment.lookups?.has(name) !== true);
    expect(new Set(joined).size).toBe(44);
    expect(undefinedOnes.sort()).toEqual([
      "admon_groups_def",
      "alexa_lookup_by_str",
      "cim_corporate_web_domain_lookup",
      "identity_lookup_expanded",
      "interesting_ports_lookup",
      "ut_shannon_lookup",
    ]);
  });

  test("gives the place of each search", () => {
    const queries = rules.flatMap((rule) => rule.queries.map((query) => ({ query, raw: rule.raw })));
    const placed = queries.filter(({ query }) => query.offset !== null);
    expect(placed).toHaveLength(1257);
    expect(placed.filter(({ query, raw }) => !raw.startsWith(query.text, query.offset ?? 0))).toEqual([]);
  });

  test("has two files whose quoted text is not indented; they are read whole", () => {
    const faulty = rules.filter((rule) => rule.diagnostics.length > 0);
    expect(faulty.map((rule) => rule.diagnostics.map((one) => one.code))).toEqual([
      ["splunk/quoted-text-not-indented"],
      ["splunk/quoted-text-not-indented"],
    ]);
    expect(faulty.map((rule) => rule.queries[0]?.text.split("|").length)).toEqual([5, 5]);
  });
});
