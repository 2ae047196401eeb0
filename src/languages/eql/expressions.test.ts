import { describe, expect, test } from "vitest";
import { withoutPlaces } from "../conformance.ts";
import { parse } from "./parser.ts";
import { print } from "./print.ts";

/** The condition of an event query, and what there was to say. */
function condition(text: string) {
  const { ast, diagnostics } = parse(`any where ${text}`);
  if (ast.body.type !== "event") throw new Error("an event query was expected");
  return { node: withoutPlaces(ast.body.condition), place: ast.body.condition.span, diagnostics };
}

const printed = (text: string): string => print(parse(`any where ${text}`).ast).slice("any where ".length);

describe("precedence", () => {
  test.each([
    ["a == 1 or b == 2 and c == 3", "a == 1 or b == 2 and c == 3"],
    ["(a == 1 or b == 2) and c == 3", "(a == 1 or b == 2) and c == 3"],
    ["a == 1 and (b == 2 and (c == 3))", "a == 1 and b == 2 and c == 3"],
    ["not (a == 1) and b", "not a == 1 and b"],
    ["not (a == 1 and b)", "not (a == 1 and b)"],
    ["(1 + 2) * 3 == a", "(1 + 2) * 3 == a"],
    ["1 + (2 * 3) == a", "1 + 2 * 3 == a"],
    ["a - (b - c) == a - b - c", "a - (b - c) == a - b - c"],
    ["-(a + b) == - a", "-(a + b) == -a"],
    ["(a == 1) == true", "(a == 1) == true"],
    ["a + 1 in (2)", "a + 1 in (2)"],
    ["(not a) == b", "(not a) == b"],
  ])("%s", (text, expected) => {
    expect(printed(text)).toBe(expected);
    expect(condition(text).diagnostics).toEqual([]);
    expect(condition(printed(text)).node).toEqual(condition(text).node);
  });

  test("not binds looser than a comparison and tighter than and", () => {
    expect(condition("not a == 1 and b").node).toEqual({
      type: "and",
      operands: [
        {
          type: "not",
          operand: {
            type: "comparison",
            operator: "==",
            left: { type: "field", path: ["a"], optional: false },
            right: { type: "number", value: 1, text: "1" },
          },
        },
        { type: "field", path: ["b"], optional: false },
      ],
    });
  });

  test("a chain of one junction is one node, in groups too", () => {
    const { node } = condition("a or b or (c or d) or e");
    expect(node).toMatchObject({
      type: "or",
      operands: [{ path: ["a"] }, { path: ["b"] }, { path: ["c"] }, { path: ["d"] }, { path: ["e"] }],
    });
  });
});

describe("operands", () => {
  const field = (...path: (string | number)[]) => ({ type: "field", path, optional: false });

  test.each([
    ["process.name", field("process", "name")],
    ["?process.Ext.x", { type: "field", path: ["process", "Ext", "x"], optional: true }],
    ["`a.b/c`.d.`0`.e", field("a.b/c", "d", "0", "e")],
    ["a[0].b[12]", field("a", 0, "b", 12)],
    ["winlog.event_data.where.in", field("winlog", "event_data", "where", "in")],
    ["-5", { type: "number", value: -5, text: "-5" }],
    ["- 2.5e1", { type: "number", value: -25, text: "-2.5e1" }],
    ["-a", { type: "negative", operand: field("a") }],
    ["+a", field("a")],
    ["null", { type: "null" }],
    ["true", { type: "boolean", value: true }],
    ["f()", { type: "call", name: "f", fold: false, arguments: [] }],
    ["length(a)", { type: "call", name: "length", fold: false, arguments: [field("a")] }],
    ["startswith~(a, b)", { type: "call", name: "startswith", fold: true, arguments: [field("a"), field("b")] }],
    [
      "a not in~ (1, null)",
      {
        type: "in",
        negated: true,
        fold: true,
        left: field("a"),
        values: [{ type: "number", value: 1, text: "1" }, { type: "null" }],
      },
    ],
    [
      'a : "*x"',
      {
        type: "pattern",
        operator: ":",
        left: field("a"),
        values: [{ type: "string", value: "*x", text: '"*x"' }],
        list: false,
      },
    ],
    [
      'a like~ ("x")',
      {
        type: "pattern",
        operator: "like~",
        left: field("a"),
        values: [{ type: "string", value: "x", text: '"x"' }],
        list: true,
      },
    ],
  ])("%s", (text, expected) => {
    expect(condition(text).node).toEqual(expected);
  });
});

describe("errors", () => {
  test.each([
    ["a = 1", "single-equals", 12, 13],
    ["a < b < c", "chained-comparison", 16, 17],
    ["a ==", "expected-value", 14, 14],
    ["a and or b", "expected-value", 16, 18],
    ["(a or b", "unclosed-group", 10, 11],
    ["length(a", "unclosed-group", 16, 17],
    ['a in ("x" "y")', "unexpected", 20, 23],
    ["a in 1", "expected-list", 15, 16],
    ["a b", "unexpected", 12, 13],
    ["a ) and b", "unexpected", 12, 13],
    ["a AND b", "keyword-case", 12, 15],
    ["a.6 == 1", "unexpected", 11, 12],
  ])("%s: %s", (text, code, start, end) => {
    const { diagnostics } = condition(text);
    expect(diagnostics).toMatchObject([{ code: `eql/${code}`, severity: "error", span: { start, end } }]);
  });

  test.each([
    ["nosuch(a)", "unknown-function", "warning"],
    ["length(a, b)", "argument-count", "warning"],
    ["cidrMatch(a)", "argument-count", "warning"],
    ["length~(a)", "not-foldable", "warning"],
    ['wildcard(a, "b")', "legacy-function", "info"],
    ["a : b", "pattern-not-constant", "warning"],
  ])("%s: %s", (text, code, severity) => {
    expect(condition(text).diagnostics).toMatchObject([{ code: `eql/${code}`, severity }]);
  });

  test("what was not understood is kept, and the rest is read", () => {
    expect(condition("a == 1 and b 2 3 and c == 4").node).toMatchObject({
      type: "and",
      operands: [{ type: "comparison" }, { type: "error", text: "b 2 3" }, { type: "comparison" }],
    });
  });

  test("a node's place leaves its own parentheses out, and holds those inside", () => {
    const place = (text: string): string => {
      const { start, end } = condition(text).place;
      return `any where ${text}`.slice(start, end);
    };
    expect(place("(a or b) and (c)")).toBe("(a or b) and (c)");
    expect(place("((a == 1))")).toBe("a == 1");
    expect(place("not ((a))")).toBe("not ((a))");
    expect(place("(a) + 1 == (b) ")).toBe("(a) + 1 == (b)");
    expect(place("(a and b) and c")).toBe("(a and b) and c");
  });

  test("a comparison that begins with a parenthesis is none in parentheses", () => {
    expect(condition("(a) == 1 == 2").diagnostics).toMatchObject([{ code: "eql/chained-comparison" }]);
    expect(condition("(a == 1) == true").diagnostics).toEqual([]);
  });
});
