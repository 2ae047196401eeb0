import { describe, expect, test } from "vitest";
import { limits } from "../../kit/limits.ts";
import type { Expression } from "../../rule/expression.ts";
import { showValue } from "../../rule/pattern.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { sketch } from "../testing.ts";
import { lower, parse, print } from "./index.ts";

/** One line for an expression, as in the tests of kuery. */
function show(one: Expression): string {
  return sketch(one, (leaf) => {
    if (leaf.type === "opaque") return `opaque[${leaf.reason}]`;
    const name = `${leaf.operator}${leaf.caseSensitive ? "" : "~"} ${leaf.field?.raw ?? "any"}`;
    return [name, leaf.values.map(showValue).join(leaf.quantifier === "all" ? "&" : "|")].join(" ").trim();
  });
}

function logicOf(filter: unknown): string {
  const [stage] = lower(parse(JSON.stringify(filter)).ast).stages;
  return stage?.type === "filter" ? show(stage.expression) : "nothing";
}

describe("queries", () => {
  test.each([
    [{ term: { a: "b*" } }, "eq a b*"],
    [{ term: { a: { value: "b", case_insensitive: true } } }, "eq~ a b"],
    [{ terms: { a: ["b", 1, true] } }, "eq a b|1|true"],
    [{ terms: { ip: ["10.0.0.0/8", "::1"] } }, "(eq ip ::1 or cidr_match ip 10.0.0.0/8)"],
    [{ match: { a: "b" } }, "eq a b"],
    [{ match: { message: "b c" } }, "match~ message b|c"],
    [{ match: { message: { query: "b c", operator: "AND" } } }, "match~ message b&c"],
    [{ match: { message: { query: "b c", type: "phrase" } } }, "match~ message b c"],
    [{ match_phrase: { message: { query: "b c" } } }, "match~ message b c"],
    [{ match_phrase: { "event.module": "x" } }, "eq event.module x"],
    [{ wildcard: { a: "*b*" } }, "contains a b"],
    [{ wildcard: { a: { value: "?:\\\\x\\\\*", case_insensitive: true } } }, "wildcard~ a ?:\\x\\\\*"],
    [{ wildcard: { a: { wildcard: "b\\*" } } }, "eq a b*"],
    [{ prefix: { a: { value: "b*" } } }, "starts_with a b*"],
    [{ regexp: { a: "b.*" } }, "regex_match a ^(?:b.*)$"],
    [{ regexp: { a: { value: "b|c", case_insensitive: true } } }, "regex_match~ a ^(?:b|c)$"],
    [{ range: { a: { gte: 1, lt: "now" } } }, "(ge a 1 and lt a now)"],
    [{ exists: { field: "a" } }, "exists a"],
    [{ match_all: {} }, "exists any"],
    [{ query_string: { query: "a:b" } }, "opaque[query query_string]"],
    [{ term: { a: null } }, "opaque[a null value, which Elasticsearch refuses]"],
  ])("%j", (query, expected) => {
    expect(logicOf({ query })).toBe(expected);
    expect(logicOf(query)).toBe(expected);
  });
});

describe("bool", () => {
  const [a, b, c] = ["a", "b", "c"].map((field) => ({ exists: { field } }));
  test.each([
    [{ must: [a], filter: b, must_not: [c] }, "(exists a and exists b and not exists c)"],
    [{ must_not: [a, b] }, "(not exists a and not exists b)"],
    [{ should: [a, b] }, "(exists a or exists b)"],
    [{ should: [a, b], must_not: c }, "((exists a or exists b) and not exists c)"],
    [{ must: a, should: [b, c] }, "exists a"],
    [{ must: a, should: [b, c], minimum_should_match: 1 }, "(exists a and (exists b or exists c))"],
    [
      { should: [a, b, c], minimum_should_match: "-1" },
      "((exists a and exists b) or (exists a and exists c) or (exists b and exists c))",
    ],
    [
      { should: [a, b, c], minimum_should_match: "67%" },
      "((exists a and exists b) or (exists a and exists c) or (exists b and exists c))",
    ],
    [{ should: [a, b, c], minimum_should_match: "-25%" }, "(exists a and exists b and exists c)"],
    [{ should: [a, b, c], minimum_should_match: "2<-25%" }, "opaque[some of several queries (minimum_should_match)]"],
    [
      { should: [a, b], minimum_should_match: 3 },
      "opaque[more queries asked for than there are (minimum_should_match)]",
    ],
    [{ should: [a, b], minimum_should_match: 2 }, "(exists a and exists b)"],
    [{ should: [a, b], minimum_should_match: 0 }, "exists any"],
    [{}, "exists any"],
    [{ must: { bool: { must_not: { bool: { should: [a, b] } } } } }, "not (exists a or exists b)"],
  ])("%j", (bool, expected) => expect(logicOf({ query: { bool } })).toBe(expected));
});

describe("the pill", () => {
  test("negates", () => {
    expect(logicOf({ meta: { negate: true }, query: { exists: { field: "a" } } })).toBe("not exists a");
  });

  test("is disabled", () => {
    const { ast, diagnostics } = parse('{"meta":{"disabled":true},"query":{"exists":{"field":"a"}}}');
    expect(lower(ast)).toEqual({ stages: [] });
    expect(diagnostics).toMatchObject([{ code: "query-dsl/disabled", severity: "info", span: { start: 8, end: 25 } }]);
  });

  test("of the old layout holds its query beside `meta`", () => {
    expect(logicOf({ $state: { store: "x" }, meta: { negate: true }, exists: { field: "a" } })).toBe("not exists a");
    expect(logicOf({ meta: {}, range: { a: { gt: 1 } } })).toBe("gt a 1");
  });

  test("is printed with its query in the long form", () => {
    const { ast } = parse('{"$state":{"store":"x"},"meta":{"negate":true},"query":{"term":{"a":1}}}');
    expect(print(ast)).toBe('{"meta":{"negate":true},"$state":{"store":"x"},"query":{"term":{"a":{"value":1}}}}');
  });
});

describe("faults", () => {
  test.each([
    [{ nested: { path: "a", query: { exists: { field: "a.b" } }, score_mode: "none" } }, "exists a.b"],
    [{ constant_score: { filter: { exists: { field: "a" } }, boost: 2 } }, "exists a"],
    [{ boosting: { positive: { exists: { field: "a" } }, negative: { exists: { field: "b" } } } }, "exists a"],
    [{ dis_max: { queries: [{ exists: { field: "a" } }, { exists: { field: "b" } }] } }, "(exists a or exists b)"],
    [{ dis_max: { queries: [] } }, "opaque[an empty list of queries]"],
    [{ nested: { path: "a" } }, "opaque[text that is no query]"],
  ])("%j stands for what is in it", (query, expected) => {
    expect(logicOf({ query })).toBe(expected);
  });

  test("a choice inside a choice inside a choice does not grow without end", () => {
    const leaf: unknown = { exists: { field: "a" } };
    const choice = (inner: unknown): unknown => ({ bool: { should: [inner, leaf, leaf], minimum_should_match: 2 } });
    const deep = Array.from({ length: 60 }).reduce<unknown>(choice, leaf);
    const { nodes, opaque } = predicatesOf(lower(parse(JSON.stringify({ query: deep })).ast));
    expect(nodes).toBeLessThan(8192);
    expect(opaque.map((one) => one.reason)).toContain("a choice of too many queries");
  });

  test("an unknown query is opaque", () => {
    expect(logicOf({ query: { nonsense: {} } })).toBe("opaque[an unknown query]");
  });

  test.each([
    ["", "query-dsl/invalid-json", 0, 0],
    ['{"a":}', "query-dsl/invalid-json", 5, 6],
    ['{"a":1', "query-dsl/invalid-json", 6, 6],
    ["{'a':1}", "query-dsl/invalid-json", 1, 2],
    ['{"a":1} x', "query-dsl/invalid-json", 8, 9],
    ['{"a":01}', "query-dsl/invalid-json", 5, 6],
    ["[1]", "query-dsl/not-an-object", 0, 3],
    ["{}", "query-dsl/not-a-query", 0, 2],
    ['{"query":{"term":{}}}', "query-dsl/not-a-query", 9, 20],
    ['{"query":{"x":{}}}', "query-dsl/unknown-query", 9, 17],
    [`{"a":${"[".repeat(10_000)}`, "query-dsl/invalid-json", 5 + limits.depth - 1, 5 + limits.depth],
    [" ".repeat(limits.length + 1), "query-dsl/too-long", 0, limits.length + 1],
  ])("case %#", (text, code, start, end) => {
    expect(parse(text).diagnostics).toMatchObject([{ code, span: { start, end } }]);
  });

  test("do not hide their neighbours", () => {
    expect(logicOf({ query: { bool: { must: [5, { exists: { field: "a" } }] } } })).toBe(
      "(opaque[text that is no query] and exists a)",
    );
  });
});
