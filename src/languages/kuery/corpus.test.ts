import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../../corpora/testing.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { census } from "../testing.ts";
import type { KueryNode, Literal, ValueNode } from "./ast.ts";
import { lower, parse } from "./index.ts";
import { lex } from "./lexer.ts";

interface Toml {
  readonly rule?: { readonly language?: string; readonly query?: string; readonly threat_query?: string };
}

/** Queries of rules, and the indicator side of threat matches, which is written in the same language. */
function queries(): readonly string[] {
  const folder = corpusFolder("elastic");
  return ["rules", "rules_building_block"].flatMap((under) =>
    readdirSync(join(folder, under), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".toml"))
      .sort()
      .map((name) => (parseToml(readFileSync(join(folder, under, name), "utf8")) as Toml).rule)
      .flatMap((rule) => [
        ...(rule?.language === "kuery" ? [rule.query ?? ""] : []),
        ...(rule?.threat_query === undefined ? [] : [rule.threat_query]),
      ]),
  );
}

function featuresOf(text: string): readonly string[] {
  const features: string[] = lex(text).tokens.map((token) =>
    token.type === "quoted" && token.text.includes("*") ? "quoted star" : token.type,
  );
  const walk = (node: KueryNode): void => {
    switch (node.type) {
      case "and":
      case "or":
        for (const one of node.operands) walk(one);
        return;
      case "not":
        walk(node.operand);
        return;
      case "nested":
        features.push("nested");
        walk(node.query);
        return;
      case "is":
        if (node.field.text.includes("*")) features.push("wildcard field");
        if (has(node.value, "and")) features.push("group with and");
        if (has(node.value, "not")) features.push("group with not");
        for (const one of valuesOf(node.value)) features.push(shapeOf(one));
        return;
      case "range":
      case "bare":
      case "all":
      case "error":
        features.push(node.type);
        return;
      default:
        node satisfies never;
    }
  };
  walk(parse(text).ast);
  return features;
}

function shapeOf(value: Literal): string {
  if (value.quoted) return "phrase";
  if (value.text === "*") return "exists";
  if (/\s/.test(value.text)) return "several words";
  return value.tokens.some((one) => one.type === "any") ? "wildcard" : "word";
}

function has(value: ValueNode, type: "and" | "not"): boolean {
  if (value.type === type) return true;
  if (value.type === "and" || value.type === "or") return value.operands.some((one) => has(one, type));
  return value.type === "not" && has(value.operand, type);
}

function valuesOf(value: ValueNode): readonly Literal[] {
  if (value.type === "literal") return [value];
  if (value.type === "error") return [];
  return value.type === "not" ? valuesOf(value.operand) : value.operands.flatMap(valuesOf);
}

describe.skipIf(!corporaPresent)(corpusTitle("Kibana queries of Elastic's rules"), () => {
  const texts = corporaPresent ? queries() : [];
  const features = census(texts.map(featuresOf));
  const count = (feature: string): string => features.get(feature) ?? "0/0";

  test("are 801, and all parse; one lacks an operator at a line end", () => {
    expect(texts).toHaveLength(801);
    expect(texts.flatMap((text) => parse(text).diagnostics.map((one) => one.code))).toEqual(["kuery/value-over-lines"]);
  });

  test("hold what was counted in them", () => {
    expect(
      Object.fromEntries(
        ["and", "or", "not", "quoted star", ">=", ">", "<=", "<", "group with and", "group with not", "nested"].map(
          (feature) => [feature, count(feature)],
        ),
      ),
    ).toEqual({
      and: "3239/784",
      or: "7146/550",
      not: "464/306",
      "quoted star": "42/6",
      ">=": "20/20",
      ">": "7/6",
      "<=": "5/5",
      "<": "0/0",
      "group with and": "132/110",
      "group with not": "82/70",
      nested: "1/1",
    });
  });

  test("hold wildcards only where no quotes stand", () => {
    expect([count("exists"), count("wildcard"), count("several words"), count("wildcard field")]).toEqual([
      "230/143",
      "1776/265",
      "3/3",
      "19/15",
    ]);
  });

  test("become logic without a hole", () => {
    const operators = new Map<string, number>();
    let opaque = 0;
    for (const text of texts) {
      const found = predicatesOf(lower(parse(text).ast));
      opaque += found.opaque.length;
      for (const { predicate } of found.uses)
        operators.set(predicate.operator, (operators.get(predicate.operator) ?? 0) + 1);
    }
    expect(opaque).toBe(0);
    expect(Object.fromEntries(operators)).toEqual({
      eq: 3582,
      match: 154,
      exists: 230,
      starts_with: 266,
      contains: 142,
      wildcard: 103,
      ends_with: 43,
      cidr_match: 60,
      ge: 20,
      gt: 7,
      le: 5,
    });
  });
});
