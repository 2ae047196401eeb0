import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../../corpora/testing.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { census, nodesIn } from "../testing.ts";
import type { EventQuery, Node, Pipe, Query, Sequence, Step } from "./ast.ts";
import { lower, parse } from "./index.ts";

interface Toml {
  readonly rule?: { readonly type?: string; readonly query?: string };
  readonly hunt?: { readonly language?: readonly string[]; readonly query?: readonly string[] };
}

function tomls(folder: string): readonly Toml[] {
  const names = readdirSync(join(corpusFolder("elastic"), folder), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".toml"))
    .map((name) => parseToml(readFileSync(join(corpusFolder("elastic"), folder, name), "utf8")) as Toml);
}

function rules(): readonly string[] {
  const files = [...tomls("rules"), ...tomls("rules_building_block")];
  return files.flatMap((one) => (one.rule?.type === "eql" ? [one.rule.query ?? ""] : []));
}

function hunts(): readonly string[] {
  return tomls("hunting").flatMap((one) => (one.hunt?.language?.join() === "EQL" ? (one.hunt.query ?? []) : []));
}

type AnyNode = Node | Query | EventQuery | Sequence | Step | Pipe;

function features(node: AnyNode): readonly string[] {
  switch (node.type) {
    case "query":
      return node.body.type === "event" ? ["event query"] : [];
    case "event":
      return [`category ${node.category}`];
    case "sequence":
      return [
        node.kind,
        ...(node.by.length > 0 ? [`${node.kind} by`] : []),
        ...(node.maxspan === null ? [] : ["maxspan", `maxspan ${node.maxspan.replace(/\d+/, "")}`]),
        ...(node.until === null ? [] : ["until"]),
      ];
    case "step":
      return [
        ...(node.runs === 1 ? [] : ["runs"]),
        ...(node.missing ? ["missing"] : []),
        ...(node.by.length > 0 ? ["step by"] : []),
      ];
    case "comparison":
      return node.right.type === "null" ? [node.operator, "against null"] : [node.operator];
    case "in":
      return [`in${node.fold ? "~" : ""}`, ...(node.negated ? ["not in"] : [])];
    case "pattern":
      return [`${node.operator} ${node.list ? "list" : "scalar"}`];
    case "call":
      return [`function ${node.name.toLowerCase()}`];
    case "field":
      return node.optional ? ["optional"] : [];
    case "string":
      return node.text.startsWith('"""') ? ["raw"] : [];
    case "not":
      return [`not over ${node.operand.type}`];
    case "error":
    case "pipe":
    case "boolean":
      return [node.type];
    case "and":
    case "or":
    case "arithmetic":
    case "negative":
    case "number":
    case "null":
      return [];
    default:
      return node satisfies never;
  }
}

describe.skipIf(!corporaPresent)(corpusTitle("EQL of the Elastic corpus"), () => {
  const ruleTexts = corporaPresent ? rules() : [];
  const huntTexts = corporaPresent ? hunts() : [];
  const all = [...ruleTexts, ...huntTexts];
  const parsed = all.map((text) => parse(text));

  test("all queries parse without anything to say", () => {
    expect([ruleTexts.length, huntTexts.length]).toEqual([1081, 13]);
    expect(parsed.flatMap((one) => one.diagnostics)).toEqual([]);
  });

  test("nothing is opaque", () => {
    const found = parsed.map(({ ast }) => predicatesOf(lower(ast)));
    expect(found.flatMap((one) => one.opaque)).toEqual([]);
    expect(found.reduce((sum, one) => sum + one.nodes, 0)).toBe(15468);
    expect(found.reduce((sum, one) => sum + one.uses.length, 0)).toBe(10708);
  });

  const ruleAsts = parsed.slice(0, ruleTexts.length).map((one) => one.ast);
  const found = census(ruleAsts.map((ast) => nodesIn(ast).flatMap((one) => features(one as AnyNode))));

  test.each([
    ["event query", "861/861"],
    ["sequence", "217/217"],
    ["sequence by", "194/194"],
    ["sample by", "3/3"],
    ["maxspan", "204/204"],
    ["maxspan s", "115/115"],
    ["maxspan m", "83/83"],
    ["maxspan h", "6/6"],
    ["step by", "134/63"],
    ["runs", "23/23"],
    ["until", "1/1"],
    ["missing", "2/2"],
    ["pipe", "2/2"],
    ["category process", "719/668"],
    ["==", "4185/1067"],
    ["!=", "389/237"],
    [": scalar", "1697/501"],
    [": list", "1208/485"],
    ["in", "1227/531"],
    ["in~", "10/8"],
    ["not in", "3/3"],
    ["like scalar", "337/182"],
    ["like list", "383/205"],
    ["like~ scalar", "134/63"],
    ["like~ list", "159/88"],
    ["regex scalar", "19/15"],
    ["regex~ scalar", "27/23"],
    ["regex~ list", "1/1"],
    ["<=", "25/17"],
    [">=", "43/33"],
    ["<", "4/4"],
    [">", "21/19"],
    ["against null", "211/179"],
    ["boolean", "226/92"],
    ["optional", "302/155"],
    ["raw", "37/31"],
    ["function cidrmatch", "44/43"],
    ["function stringcontains", "46/26"],
    ["function startswith", "30/17"],
    ["function length", "21/15"],
    ["function endswith", "21/10"],
    ["function substring", "13/7"],
    ["function string", "12/5"],
    ["function concat", "3/2"],
    ["function indexof", "1/1"],
    ["not over call", "55/43"],
    ["not over or", "195/183"],
    ["not over and", "251/117"],
    ["not over in", "87/75"],
    ["not over pattern", "448/289"],
    ["not over comparison", "66/52"],
    ["error", "0/0"],
  ])("%s: %s", (feature, expected) => {
    expect(found.get(feature) ?? "0/0").toBe(expected);
  });
});
