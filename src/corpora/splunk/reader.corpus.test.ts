import { describe, expect, test } from "vitest";
import type { RuleDocument } from "../../rule/document.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { splunkReader } from "./reader.ts";

describe.skipIf(!corporaPresent)(corpusTitle("the Splunk collection of October 2024"), () => {
  const reading = corporaPresent ? splunkReader.read(corpusFolder("splunk")) : null;
  const items = [...(reading?.items ?? [])];
  const rules = items.flatMap((one) => (one.type === "rule" ? [one.rule] : []));
  const active = rules.filter((rule) => rule.lifecycle === "active");

  const tally = (of: readonly RuleDocument[], key: (rule: RuleDocument) => string): Record<string, number> =>
    Object.fromEntries([...Map.groupBy(of, key)].map(([name, group]) => [name, group.length]));

  test("is read whole", () => {
    expect(items.filter((one) => one.type === "failure")).toEqual([]);
    expect(reading?.files).toBe(1900);
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
