import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../../corpora/testing.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { withoutPlaces } from "../conformance.ts";
import { census, nodesIn } from "../testing.ts";
import { lower, parse, print } from "./index.ts";

interface Toml {
  readonly rule?: { readonly language?: string; readonly query?: string };
  readonly hunt?: { readonly query?: readonly string[] };
}

function files(folder: string): readonly Toml[] {
  const home = join(corpusFolder("elastic"), folder);
  return readdirSync(home, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".toml"))
    .sort()
    .map((name) => parseToml(readFileSync(join(home, name), "utf8")) as Toml);
}

function ruleQueries(): readonly string[] {
  return ["rules", "rules_building_block"]
    .flatMap(files)
    .flatMap(({ rule }) => (rule?.language === "esql" ? [rule.query ?? ""] : []));
}

/** Some hunts leave a Markdown fence around their queries; its label says `sql` above ES|QL, too. */
function huntQueries(): readonly string[] {
  return files("hunting")
    .flatMap(({ hunt }) => hunt?.query ?? [])
    .map((text) => text.replace(/^\s*```\w*\n/, "").replace(/```\s*$/, ""))
    .map((text) => text.replace(/^\s*sql\n/, ""))
    .filter((text) => /^(?:\s+|\/\/.*\n|\/\*[\s\S]*?\*\/)*from\s/i.test(text));
}

function kindsOf(node: Readonly<Record<string, unknown>>): readonly string[] {
  const kinds = [String(node.type)];
  for (const key of ["operator", "command", "name", "negated", "inline", "list"]) {
    const value = node[key];
    if (typeof value === "string") kinds.push(`${node.type} ${value.toLowerCase()}`);
    if (value === true) kinds.push(`${node.type} ${key}`);
  }
  return kinds;
}

describe.skipIf(!corporaPresent)(corpusTitle("ES|QL of Elastic's rules and hunts"), () => {
  const rules = corporaPresent ? ruleQueries() : [];
  const hunts = corporaPresent ? huntQueries() : [];
  const texts = [...rules, ...hunts];

  test("are 212 and 165, and all parse", () => {
    expect([rules.length, hunts.length]).toEqual([212, 165]);
    expect(rules.flatMap((text) => parse(text).diagnostics)).toEqual([]);
    expect(hunts.flatMap((text) => parse(text).diagnostics.filter((one) => one.severity === "error"))).toEqual([]);
  });

  test("five hunts are understood with a warning", () => {
    const warned = hunts.flatMap((text) => {
      const warnings = parse(text).diagnostics.filter((one) => one.severity === "warning");
      return [...new Set(warnings.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`))].slice(0, 1);
    });
    expect(warned).toEqual([
      "esql/single-equals =",
      "esql/unknown-escape \\?",
      "esql/dangling-operator or",
      "esql/empty-assignment reset_counts =",
      "esql/dangling-operator -",
    ]);
  });

  test("come back from print as they were", () => {
    for (const text of texts) {
      const { ast } = parse(text);
      expect(withoutPlaces(parse(print(ast)).ast)).toEqual(withoutPlaces(ast));
    }
  });

  test("hold what was counted in them", () => {
    const asts = rules.map((text) => parse(text).ast);
    const found = census(asts.map((ast) => nodesIn(ast, "embedded").flatMap(kindsOf)));
    const expected = {
      from: "212/212",
      where: "499/212",
      eval: "424/149",
      "project keep": "224/212",
      stats: "181/167",
      "stats inline": "8/8",
      sort: "39/39",
      limit: "8/8",
      "extract grok": "31/22",
      "extract dissect": "15/12",
      expand: "27/21",
      "inference completion": "7/7",
      rename: "1/1",
      "comparison ==": "788/189",
      "comparison !=": "79/46",
      "pattern like": "549/93",
      "pattern rlike": "92/34",
      in: "224/114",
      "in negated": "7/7",
      is_null: "249/123",
      "is_null negated": "230/112",
      match: "3/3",
      cast: "11/8",
      "call kql": "37/27",
      "call values": "1076/147",
      "call case": "171/56",
      "call coalesce": "88/28",
    };
    expect(Object.fromEntries(Object.keys(expected).map((kind) => [kind, found.get(kind) ?? "0/0"]))).toEqual(expected);
  });

  test("hold inner queries, which are all parsed", () => {
    const calls = texts.join("\n").match(/\bkql\s*\(/gi) ?? [];
    const inner = texts.flatMap(
      (text) => JSON.stringify(parse(text).ast).match(/"embedded":\{"language":"kuery"/g) ?? [],
    );
    expect([calls.length, inner.length]).toEqual([37, 37]);
  });

  test("become logic, but for fuzzy matches", () => {
    const operators = new Map<string, number>();
    const reasons = new Map<string, number>();
    let nodes = 0;
    let derived = 0;
    for (const text of texts) {
      const found = predicatesOf(lower(parse(text).ast));
      nodes += found.nodes;
      for (const { reason } of found.opaque) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      for (const { predicate, derived: made } of found.uses) {
        if (made) derived++;
        operators.set(predicate.operator, (operators.get(predicate.operator) ?? 0) + 1);
      }
    }
    expect(Object.fromEntries(reasons)).toEqual({ "a fuzzy match": 5 });
    expect({ nodes, derived, ...Object.fromEntries(operators) }).toEqual({
      nodes: 4474,
      derived: 1023,
      eq: 1563,
      eq_field: 15,
      starts_with: 289,
      contains: 221,
      ends_with: 21,
      wildcard: 46,
      regex_match: 107,
      match: 3,
      cidr_match: 22,
      exists: 259,
      is_null: 23,
      gt: 285,
      ge: 269,
      lt: 32,
      le: 148,
      gt_field: 2,
      le_field: 1,
      lt_field: 2,
    });
  });
});
