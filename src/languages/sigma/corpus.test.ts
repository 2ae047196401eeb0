import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../../corpora/testing.ts";
import { hasErrors } from "../../kit/diagnostic.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import type { ConditionExpression, SigmaItem, SigmaRule, SigmaSearch, SigmaValue } from "./ast.ts";
import { lower, parse } from "./index.ts";

const active = ["rules", "rules-emerging-threats", "rules-threat-hunting", "rules-compliance", "rules-placeholder"];

interface File {
  readonly path: string;
  readonly text: string;
  readonly parsed: ReturnType<typeof parse>;
}

function filesOf(...folders: readonly string[]): readonly File[] {
  return folders.flatMap((folder) =>
    readdirSync(join(corpusFolder("sigma"), folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".yml"))
      .toSorted()
      .map((name): File => {
        const text = readFileSync(join(corpusFolder("sigma"), folder, name), "utf8");
        return { path: `${folder}/${name.replaceAll("\\", "/")}`, text, parsed: parse(text) };
      }),
  );
}

function rulesOf(file: File): readonly SigmaRule[] {
  return file.parsed.ast.documents.flatMap((one) => (one.type === "rule" ? [one] : []));
}

function itemsOf(search: SigmaSearch): readonly SigmaItem[] {
  if (search.type === "map") return search.items;
  return search.type === "list" ? search.entries.flatMap(itemsOf) : [];
}

function ruleItems(rule: SigmaRule): readonly SigmaItem[] {
  return rule.detection?.identifiers.flatMap((one) => itemsOf(one.search)) ?? [];
}

function keywordsOf(search: SigmaSearch): readonly SigmaValue[] {
  if (search.type === "list") return search.entries.flatMap(keywordsOf);
  return search.type === "map" ? [] : [search];
}

function conditionNodes(one: ConditionExpression): readonly ConditionExpression[] {
  if (one.type === "and" || one.type === "or") return [one, ...one.operands.flatMap(conditionNodes)];
  return one.type === "not" ? [one, ...conditionNodes(one.operand)] : [one];
}

/** How many things there are, and in how many rules: `4616/2422`. */
function census<Thing>(
  rules: readonly SigmaRule[],
  of: (rule: SigmaRule) => readonly Thing[],
  name: (thing: Thing) => string,
) {
  const found = new Map<string, { things: number; rules: number }>();
  for (const rule of rules) {
    const seen = new Set<string>();
    for (const thing of of(rule)) {
      const key = name(thing);
      const count = found.get(key) ?? { things: 0, rules: 0 };
      found.set(key, count);
      count.things++;
      if (!seen.has(key)) count.rules++;
      seen.add(key);
    }
  }
  return Object.fromEntries([...found].map(([key, count]) => [key, `${count.things}/${count.rules}`]));
}

describe.skipIf(!corporaPresent)(corpusTitle("the Sigma collection"), () => {
  const used = corporaPresent ? filesOf(...active) : [];
  const unsupported = corporaPresent ? filesOf("unsupported") : [];
  const files = corporaPresent ? [...used, ...filesOf("deprecated"), ...unsupported] : [];
  const rules = used.flatMap(rulesOf);

  test("is understood but for four conditions in prose", () => {
    const failed: string[] = [];
    const codes: Record<string, number> = {};
    for (const { path, parsed } of files) {
      const { diagnostics } = parsed;
      if (hasErrors(diagnostics)) failed.push(path);
      for (const one of diagnostics) codes[one.code] = (codes[one.code] ?? 0) + 1;
    }
    expect(failed).toEqual([
      "unsupported/network/net_dns_high_subdomain_rate.yml",
      "unsupported/windows/sysmon_always_install_elevated_parent_child_correlated.yml",
      "unsupported/windows/win_dumping_ntdsdit_via_dcsync.yml",
      "unsupported/windows/win_dumping_ntdsdit_via_netsync.yml",
    ]);
    expect(codes).toEqual({ "sigma/condition-syntax": 4, "sigma/legacy-aggregation": 55, "sigma/timeframe": 4 });
  });

  test("becomes logic without a hole but for those", () => {
    let nodes = 0;
    const reasons: Record<string, number> = {};
    for (const { parsed } of files) {
      const found = predicatesOf(lower(parsed.ast));
      nodes += found.nodes;
      for (const { reason } of found.opaque) reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
    expect(reasons).toEqual({ "a condition that is not Sigma": 4 });
    expect(nodes).toBeGreaterThan(20_000);
  });

  test("has the fields and values that were counted without this parser", () => {
    const items = rules.flatMap(ruleItems);
    expect(rules).toHaveLength(3780);
    expect(items).toHaveLength(12_433);
    // One of them is the empty name of `|all`.
    expect(new Set(items.map((one) => one.field)).size).toBe(409);
    expect(items.filter((one) => one.list)).toHaveLength(5034);
    expect(items.filter((one) => !one.list)).toHaveLength(7399);
    const keywords = rules.flatMap(
      (rule) => rule.detection?.identifiers.flatMap((one) => keywordsOf(one.search)) ?? [],
    );
    const values = [...items.flatMap((one) => one.values), ...keywords];
    expect(values).toHaveLength(46_353);
    const types = Object.groupBy(values, (one) => one.type);
    expect(Object.fromEntries(Object.entries(types).map(([type, some]) => [type, some.length]))).toEqual({
      string: 45_262,
      number: 991,
      null: 96,
      boolean: 4,
    });
    expect(values.filter((one) => one.type === "string" && one.text === "")).toHaveLength(52);
  });

  test("has the modifiers that were counted without this parser", () => {
    const chains = (rule: SigmaRule) => ruleItems(rule).map((one) => one.modifiers);
    expect(census(rules, chains, (chain) => chain.join("|"))).toEqual({
      "": "3517/2004",
      endswith: "3435/2063",
      contains: "3330/2007",
      "contains|all": "1160/811",
      startswith: "570/336",
      re: "200/118",
      "contains|windash": "108/85",
      cidr: "39/25",
      expand: "26/18",
      all: "21/17",
      "contains|expand": "8/8",
      "base64offset|contains": "7/7",
      fieldref: "5/5",
      "re|i": "2/2",
      "endswith|windash": "2/2",
      "wide|base64offset|contains": "2/1",
      "base64|contains": "1/1",
    });
  });

  test("has the shapes of search identifiers that were counted without this parser", () => {
    const searches = (rule: SigmaRule) => rule.detection?.identifiers.map((one) => one.search) ?? [];
    const shape = (search: SigmaSearch): string => {
      if (search.type !== "list") return search.type;
      return search.entries.every((one) => one.type === "map") ? "list of maps" : "keywords";
    };
    const found = census(rules, searches, shape);
    const several = rules.filter((rule) =>
      searches(rule).some(
        (one) => one.type === "list" && one.entries.some((entry) => entry.type === "map" && entry.items.length > 1),
      ),
    );
    expect({ ...found, several: several.length }).toEqual({
      map: "6855/3585",
      "list of maps": "977/892",
      keywords: "107/94",
      several: 2,
    });
  });

  test("has the conditions that were counted without this parser", () => {
    const nodes = (rule: SigmaRule) =>
      rule.detection?.conditions.flatMap((one) => conditionNodes(one.expression)) ?? [];
    const withType = (type: string) => rules.filter((rule) => nodes(rule).some((one) => one.type === type)).length;
    const quantified = (quantity: unknown) =>
      rules.filter((rule) => nodes(rule).some((one) => one.type === "of" && one.quantity === quantity)).length;
    expect({
      single: rules.filter((rule) => nodes(rule)[0]?.type === "reference").length,
      and: withType("and"),
      or: withType("or"),
      not: withType("not"),
      one: quantified(1),
      all: quantified("all"),
      any: quantified("any"),
      them: rules.filter((rule) => nodes(rule).some((one) => one.type === "of" && one.target === "them")).length,
      both: rules.filter(
        (rule) => nodes(rule).some((one) => one.type === "and") && nodes(rule).some((one) => one.type === "or"),
      ).length,
    }).toEqual({ single: 1905, and: 1004, or: 151, not: 825, one: 959, all: 821, any: 0, them: 0, both: 100 });
  });

  test("has the aggregations that were counted without this parser", () => {
    const conditions = unsupported.flatMap(rulesOf).flatMap((rule) => rule.detection?.conditions ?? []);
    const kinds = conditions.flatMap(({ aggregation: one }) =>
      one === null ? [] : [one.type === "near" ? "near" : one.function],
    );
    expect(
      Object.fromEntries(
        Object.entries(Object.groupBy(kinds, (kind) => kind)).map(([kind, some]) => [kind, some?.length]),
      ),
    ).toEqual({
      count: 44,
      near: 8,
      sum: 2,
    });
  });
});
