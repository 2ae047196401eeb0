import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../../corpora/testing.ts";
import type { SequenceStage, Stage } from "../../rule/logic.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { faultsOf } from "../conformance.ts";
import type { Language } from "../language.ts";
import { census, nodesIn } from "../testing.ts";
import type { Match, Node, Rule } from "./ast.ts";
import { lower, parse, yaraL } from "./index.ts";

const folder = corpusFolder("chronicle");

function texts(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaral"))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

type Counted = Node | Rule | Match;

function features(node: Counted): readonly string[] {
  switch (node.type) {
    case "rule":
      return ["meta", "events", "outcome", "options"].filter((name) => {
        return (node[name as "meta" | "events" | "outcome" | "options"] as readonly unknown[]).length > 0;
      });
    case "match":
      return ["match", `${node.window?.kind} ${node.window?.length}`];
    case "call":
      return [`function ${node.name}`, ...(node.nocase ? ["nocase"] : [])];
    case "comparison":
      return [node.operator, ...(node.nocase ? ["nocase"] : [])];
    case "in":
      return ["in", `in ${node.kind}`, ...(node.nocase ? ["nocase"] : [])];
    case "field":
      return [
        ...(node.path.some((part) => part.type === "key") ? ["map"] : []),
        ...(node.path.some((part) => part.type === "index") ? ["element"] : []),
        ...(node.path[0]?.type === "name" && node.path[0].name === "graph" ? ["graph"] : []),
      ];
    case "quantified":
      return [node.quantifier];
    case "regex":
    case "count":
    case "not":
    case "arithmetic":
    case "error":
      return [node.type];
    default:
      return [];
  }
}

describe.skipIf(!corporaPresent)(corpusTitle("YARA-L in the corpus"), () => {
  const all = corporaPresent ? texts() : [];
  const parsed = all.map((text) => parse(text));
  const logics = parsed.map((one) => lower(one.ast));

  test("all 348 rules are read without an error", () => {
    expect(all.length).toBe(348);
    const errors = parsed.flatMap((one) => one.diagnostics).filter((one) => one.severity === "error");
    expect(errors).toEqual([]);
    expect(parsed.every((one) => one.ast.rules.length === 1)).toBe(true);
  });

  test("print and lower keep what they must", () => {
    expect(all.flatMap((text) => faultsOf(yaraL as unknown as Language, text))).toEqual([]);
  });

  test("nothing is kept as text", () => {
    const found = logics.map(predicatesOf);
    expect(found.flatMap((one) => one.opaque)).toEqual([]);
    expect(found.reduce((sum, one) => sum + one.uses.length, 0)).toBe(3034);
    expect(found.flatMap((one) => one.uses).filter((one) => one.derived).length).toBe(82);
  });

  test("has the features that a count of the text finds", () => {
    const rules = parsed.flatMap((one) => one.ast.rules);
    const found = census(rules.map((rule) => nodesIn(rule).flatMap((one) => features(one as Counted))));
    const expected = {
      meta: "348/348",
      events: "348/348",
      outcome: "348/348",
      match: "280/280",
      "over 5m": "151/151",
      "over 1h": "66/66",
      "over 30m": "23/23",
      "over 15m": "19/19",
      "function re.regex": "190/65",
      "function strings.contains": "375/42",
      "function strings.to_lower": "351/40",
      "function strings.concat": "55/54",
      "function count_distinct": "298/246",
      "function max": "242/237",
      "function if": "251/99",
      "function net.ip_in_range_cidr": "19/7",
      "function re.capture": "17/13",
      "=": "2655/348",
      "!=": "54/38",
      nocase: "430/134",
      regex: "186/74",
      in: "18/12",
      "in regex": "2/1",
      any: "9/6",
      count: "28/23",
      map: "220/121",
      element: "7/5",
      graph: "295/38",
    };
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, found.get(name)]))).toEqual(expected);
    expect(found.get("error")).toBeUndefined();
  });

  test("has rules of several events, in order or not, and thresholds", () => {
    const stages = logics.flatMap((one) => one.stages);
    const sequences = stages.filter((one): one is SequenceStage => one.type === "sequence");
    const thresholds = (all: readonly Stage[]): number => all.filter((one) => one.type === "threshold").length;
    const within = sequences.flatMap((one) => one.steps).map((step) => thresholds(step.logic.stages));
    expect(sequences.length).toBe(64);
    expect(sequences.filter((one) => one.ordered).length).toBe(19);
    expect(thresholds(stages) + within.reduce((sum, one) => sum + one, 0)).toBe(26);
  });
});
