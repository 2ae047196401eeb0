import { describe, expect, test } from "vitest";
import type { Expression } from "../../rule/expression.ts";
import type { Logic, Stage } from "../../rule/logic.ts";
import { showValue } from "../../rule/pattern.ts";
import { sketch as sketchWith } from "../testing.ts";
import { lower } from "./lower.ts";
import { parse } from "./parser.ts";

const stagesOf = (text: string): readonly Stage[] => lower(parse(text).ast).stages;

function filterOf(condition: string): Expression {
  const stage = stagesOf(`any where ${condition}`)[1];
  if (stage?.type !== "filter") throw new Error("a filter was expected");
  return stage.expression;
}

/** A line for an expression: operator with ~ where case is folded, {…} around what the value was computed from. */
function sketch(one: Expression): string {
  return sketchWith(one, (leaf) => {
    if (leaf.type === "opaque") return `<${leaf.reason}: ${leaf.text}>`;
    const derived = leaf.field?.derivedFrom;
    const from = derived === undefined ? "" : ` ${derived.kind}{${derived.fields.join(",")}}`;
    const values = leaf.values.map(
      (value) => `${typeof value === "string" ? "" : `${typeof value} `}${showValue(value)}`,
    );
    return `${leaf.field?.raw}${from} ${leaf.operator}${leaf.caseSensitive ? "" : "~"} [${values.join(" | ")}]`;
  });
}

describe("comparisons", () => {
  test.each([
    ['a == "X"', "a eq [X]"],
    ['a == "X*"', "a eq [X*]"],
    ['a != "X"', "not a eq [X]"],
    ["a == 5 and b == true", "(a eq [number 5] and b eq [boolean true])"],
    [
      "a < 1 or a <= 2 or a > -3 or a >= 4.5",
      "(a lt [number 1] or a le [number 2] or a gt [number -3] or a ge [number 4.5])",
    ],
    ['"X" == a and 5 < b and 5 >= b', "(a eq [X] and b gt [number 5] and b le [number 5])"],
    ["a == null and ?b != null", "(a is_null [] and b exists [])"],
    ["null != a", "a exists []"],
    ["a == b.c and a != b", "(a eq_field [b.c] and not a eq_field [b])"],
    ["a : b", "a eq_field~ [b]"],
    ["a", "a eq [boolean true]"],
    ["not ?a", "not a eq [boolean true]"],
  ])("%s", (text, expected) => {
    expect(sketch(filterOf(text))).toBe(expected);
  });
});

describe("patterns", () => {
  test.each([
    ['a : "x"', "a eq~ [x]"],
    ['a : "x*"', "a starts_with~ [x]"],
    [
      'a : ("*x", "*y", "*z*", "q", "m*n?")',
      "(a ends_with~ [x | y] or a contains~ [z] or a eq~ [q] or a wildcard~ [object m*n?])",
    ],
    ['a : "*"', "a exists~ []"],
    ['a : ("x", 5)', "(a eq~ [x] or a eq~ [number 5])"],
    ['"x*" : a', "a starts_with~ [x]"],
    ['a like "X*"', "a starts_with [X]"],
    ['a like~ ("X?", "y")', "(a wildcard~ [object X?] or a eq~ [y])"],
    [String.raw`a : "C:\\Win*"`, String.raw`a starts_with~ [C:\Win]`],
    ['a regex "x.y"', "a regex_match [^(?:x.y)$]"],
    ['a regex~ ("x|y", """\\d+""")', "a regex_match~ [^(?:x|y)$ | ^(?:\\d+)$]"],
    ['a in ("x*", "Y", 3)', "a eq [x* | Y | number 3]"],
    ['a in~ ("x")', "a eq~ [x]"],
    ['a not in ("x", "y")', "not a eq [x | y]"],
    ['a in ("x", null)', "(a eq [x] or a is_null [])"],
    ['a in ("x", b)', "(a eq [x] or a eq_field [b])"],
  ])("%s", (text, expected) => {
    expect(sketch(filterOf(text))).toBe(expected);
  });

  test("values are kept as they are spelled, too", () => {
    const text = String.raw`a : ("C:\\x*", """raw\y*""", "plain")`;
    expect(filterOf(text)).toMatchObject({
      operands: [
        { operator: "starts_with", values: ["C:\\x", "raw\\y"], raw: [String.raw`"C:\\x*"`, String.raw`"""raw\y*"""`] },
        { operator: "eq", values: ["plain"], raw: ['"plain"'] },
      ],
    });
  });
});

describe("functions", () => {
  test.each([
    [
      'startsWith(a, "x") and endswith~(a, "y") and stringcontains(a, "z")',
      "(a starts_with [x] and a ends_with~ [y] and a contains [z])",
    ],
    ['cidrmatch(a, "10.0.0.0/8", "::1")', "a cidr_match [10.0.0.0/8 | ::1]"],
    ['wildcard~(a, "x*", "y")', "(a starts_with~ [x] or a eq~ [y])"],
    ['match(a, "x.*")', "a regex_match [^(?:x.*)$]"],
    ["length(a) > 5", "length(a) computed{a} gt [number 5]"],
    ["5 < length(a)", "length(a) computed{a} gt [number 5]"],
    ['concat(a, "-", b.c) == "x-y"', 'concat(a, "-", b.c) computed{a,b.c} eq [x-y]'],
    ["a + b * 2 == 7", "a + b * 2 computed{a,b} eq [number 7]"],
    ["indexOf(a, string(b)) == null", "indexOf(a, string(b)) computed{a,b} is_null []"],
    ['string(a) == "x"', "a resolved{a} eq [x]"],
    ['startsWith(string(a), "x")', "a resolved{a} starts_with [x]"],
    ["string(a) == b", "a resolved{a} eq_field [b]"],
    ['startsWith(a, "x") == false', "not a starts_with [x]"],
    ["(a == 1) != false", "a eq [number 1]"],
    ["unheard(a, 1)", "unheard(a, 1) computed{a} eq [boolean true]"],
    ["length(a) in (1, 2)", "length(a) computed{a} eq [number 1 | number 2]"],
  ])("%s", (text, expected) => {
    expect(sketch(filterOf(text))).toBe(expected);
  });
});

describe("junctions", () => {
  test.each([
    ["a and b or c", "((a eq [boolean true] and b eq [boolean true]) or c eq [boolean true])"],
    ["not (a == 1 or b == 2)", "not (a eq [number 1] or b eq [number 2])"],
    ['a : ("x", "*y") or b', "(a eq~ [x] or a ends_with~ [y] or b eq [boolean true])"],
  ])("%s", (text, expected) => {
    expect(sketch(filterOf(text))).toBe(expected);
  });
});

describe("comparisons with other fields", () => {
  test.each([
    ["a < b and a >= c", "(a lt_field [b] and a ge_field [c])"],
    ["startsWith(a, b)", "a starts_with_field [b]"],
    ["endsWith~(a, string(b))", "a ends_with_field~ [b]"],
    ["stringContains(string(a), b)", "a resolved{a} contains_field [b]"],
    ["startswith~(a, substring(b, 0, -1))", "a computed{a,b} starts_with_field~ [substring(b, 0, -1)]"],
    ["length(a) == length(b)", "length(a) computed{a} eq_field [length(b)]"],
    ["a not in (length(b), c)", "not (a computed{a,b} eq_field [length(b)] or a eq_field [c])"],
    ["a like b", "a like b computed{a,b} eq [boolean true]"],
    ['endsWith("x.exe", a)', 'endsWith("x.exe", a) computed{a} eq [boolean true]'],
    ['cidrMatch(a, "10.0.0.0/8", b)', 'cidrMatch(a, "10.0.0.0/8", b) computed{a,b} eq [boolean true]'],
  ])("%s", (text, expected) => {
    expect(sketch(filterOf(text))).toBe(expected);
  });
});

describe("what cannot be said stays as text", () => {
  test.each([
    ["a < null", "<an ordering against null: a < null>"],
    ["1 == 2", "<a comparison of two constants: 1 == 2>"],
    ["false", "<a constant condition: false>"],
    ["a == 1 and true", "(a eq [number 1] and <a constant condition: true>)"],
    ['"x"', '<a value that is no condition: "x">'],
    ["a : null", "<a comparison with null: a : null>"],
    ['startsWith("x", "y")', '<a condition on constants: startsWith("x", "y")>'],
    ["a in (b == 1)", "<a condition in a list: b == 1>"],
    ["a == ", "<a comparison with something that is no field: a ==>"],
    ["a b c", "<a syntax error: a b c>"],
  ])("%s", (text, expected) => {
    expect(sketch(filterOf(text))).toBe(expected);
  });
});

describe("stages", () => {
  test("an event query is a category and a filter, each in its place", () => {
    const text = 'process where process.name == "a"';
    const logic: Logic = lower(parse(text).ast);
    expect(logic).toEqual({
      stages: [
        { type: "source", kind: "category", names: ["process"], span: { start: 0, end: 33 } },
        {
          type: "filter",
          expression: {
            type: "predicate",
            field: { raw: "process.name", canonical: null },
            operator: "eq",
            values: ["a"],
            raw: ['"a"'],
            quantifier: "any",
            caseSensitive: true,
            span: { start: 14, end: 33 },
          },
          span: { start: 14, end: 33 },
        },
      ],
    });
  });

  test("where true needs no filter, and any is a category of its own", () => {
    expect(stagesOf("any where true")).toMatchObject([{ type: "source", kind: "category", names: ["any"] }]);
    expect(stagesOf("any where true")).toHaveLength(1);
  });

  test("field names are those of the events", () => {
    expect(filterOf("`a.b/c`.d[0] == 1")).toMatchObject({ field: { raw: "a.b/c.d[0]" } });
  });

  test("a sequence", () => {
    const text = `sequence by a, ?b with maxspan=5m
      [process where x == 1] by c with runs=3
      ![file where true]
      until [any where y == 2] by d`;
    expect(stagesOf(text)).toMatchObject([
      {
        type: "sequence",
        ordered: true,
        by: ["a", "b"],
        maxspan: "5m",
        steps: [
          { by: ["c"], runs: 3, missing: false, logic: { stages: [{ names: ["process"] }, { type: "filter" }] } },
          { by: [], runs: 1, missing: true, logic: { stages: [{ names: ["file"] }] } },
        ],
        until: { by: ["d"], logic: { stages: [{ names: ["any"] }, { type: "filter" }] } },
      },
    ]);
  });

  test.each([
    ["sample by a [any where true] [any where true]", false],
    ["join by a [any where true] [any where true]", false],
    ["sequence by a [any where true] [any where true]", true],
  ])("%s: ordered %s", (text, ordered) => {
    expect(stagesOf(text)).toMatchObject([{ type: "sequence", ordered }]);
  });

  test.each([
    ["head 3", { type: "order", kind: "limit", by: [], count: 3 }],
    ["tail 1", { type: "order", kind: "limit", by: [], count: 1, from: "end" }],
    ["sort a, b.c", { type: "order", kind: "sort", by: ["a", "b.c"] }],
    ["unique a, b", { type: "order", kind: "deduplicate", by: ["a", "b"] }],
    ["count", { type: "aggregate", functions: [{ function: "count", field: null, as: null }], by: [] }],
    [
      "unique_count a",
      { type: "aggregate", functions: [{ function: "unique_count", field: null, as: null }], by: ["a"] },
    ],
    ["filter a == 1", { type: "filter", expression: { type: "predicate", operator: "eq" } }],
    ["head", { type: "opaque", text: "| head", reason: "a pipe that EQL does not have" }],
    ["window 5", { type: "opaque", text: "| window 5", reason: "a pipe that EQL does not have" }],
  ])("| %s", (pipe, expected) => {
    expect(stagesOf(`any where true | ${pipe}`)[1]).toMatchObject(expected);
  });

  test("what is no query is an opaque stage", () => {
    expect(stagesOf("no query at all")).toMatchObject([
      { type: "opaque", reason: "a syntax error", text: "no query at all" },
    ]);
  });
});
