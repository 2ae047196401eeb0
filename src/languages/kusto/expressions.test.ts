import { describe, expect, test } from "vitest";
import type { DynamicValue, Expression } from "./ast.ts";
import { parse } from "./parser.ts";
import { print } from "./print.ts";

function read(text: string): Expression {
  const { ast, diagnostics } = parse(`print x = ${text}`);
  expect(diagnostics).toEqual([]);
  const [statement] = ast.statements;
  const pipeline = statement?.type === "expression" ? statement.expression : undefined;
  const operator = pipeline?.type === "pipeline" ? pipeline.operators[0] : undefined;
  const column = operator?.type === "print" ? operator.columns[0] : undefined;
  if (column === undefined) throw new Error(`no print: ${text}`);
  return column.expression;
}

/** Every operation in parentheses. */
function tree(node: Expression): string {
  switch (node.type) {
    case "and":
    case "or":
      return `(${node.operands.map(tree).join(` ${node.type} `)})`;
    case "comparison":
      return `(${tree(node.left)} ${node.negated ? "not " : ""}${node.operator} ${tree(node.right)})`;
    case "membership":
      return `(${tree(node.left)} ${node.negated ? "not " : ""}${node.operator} [${node.values.map(tree).join(", ")}])`;
    case "between":
      return `(${tree(node.left)} ${node.negated ? "not " : ""}between ${tree(node.low)} ${tree(node.high)})`;
    case "arithmetic":
      return `(${tree(node.left)} ${node.operator} ${tree(node.right)})`;
    case "sign":
      return `(${node.operator}${tree(node.operand)})`;
    case "call":
      return `${node.name}(${node.arguments.map((one) => (one.type === "assignment" ? "=" : tree(one))).join(", ")})`;
    case "member":
      return `${tree(node.object)}.${tree(node.member)}`;
    case "index":
      return `${tree(node.object)}[${tree(node.index)}]`;
    case "name":
      return node.name;
    case "star":
      return "*";
    case "number":
    case "string":
    case "boolean":
    case "timespan":
      return node.text;
    default:
      return `<${node.type}>`;
  }
}

describe("precedence", () => {
  test.each([
    ["a or b and c or d", "(a or (b and c) or d)"],
    ["a and (b and c) and (d or e)", "(a and b and c and (d or e))"],
    ["a + b * c - d", "((a + (b * c)) - d)"],
    ["a + b has 'x'", "(a + (b has 'x'))"],
    ["a < b == c >= d", "((a < b) == (c >= d))"],
    ["-a.b + c", "((-a.b) + c)"],
    ["not(a) and b == -1", "(not(a) and (b == (-1)))"],
    ["a == 1 and b in (1, 2) or c between (1 .. 2 + 3)", "(((a == 1) and (b in [1, 2])) or (c between 1 (2 + 3)))"],
    ["(a == b) == c", "((a == b) == c)"],
    ["a has 'x' == true", "((a has 'x') == true)"],
  ])("%s", (text, expected) => {
    expect(tree(read(text))).toBe(expected);
  });

  test("a comparison has two sides", () => {
    expect(parse("T | where a == b == c").diagnostics.map((one) => one.code)).toEqual(["kusto/unexpected"]);
    expect(parse("T | where a < b < c").diagnostics.map((one) => one.code)).toEqual(["kusto/unexpected"]);
  });
});

test.each([
  ["a != 1", "(a not == 1)"],
  ["a <> 1", "(a not == 1)"],
  ["a !~ 'x'", "(a not =~ 'x')"],
  ["a !contains_cs 'x'", "(a not contains_cs 'x')"],
  ["a notcontains 'x'", "(a not contains 'x')"],
  ["a containscs 'x'", "(a contains_cs 'x')"],
  ["a notlikecs 'x'", "(a not like_cs 'x')"],
  ["a matches regex @'x'", "(a matches regex @'x')"],
  ["a:'x'", "(a : 'x')"],
  ["a !in~ ('x')", "(a not in~ ['x'])"],
  ["a !between (1 .. 2)", "(a not between 1 2)"],
  ["a has_all ('x', 'y')", "(a has_all ['x', 'y'])"],
  ["* has 'x'", "(* has 'x')"],
])("operator: %s", (text, expected) => {
  expect(tree(read(text))).toBe(expected);
});

test.each([
  ["a.b['c'][0].d", "a.b['c'][0].d"],
  ["a.['b c']", "a.b c"],
  ["a.[0].b", "a[0].b"],
  ["['a b'].c", "a b.c"],
  ["parse_json(x).y", "parse_json(x).y"],
  ["database('d').table('t')", "database('d').table('t')"],
  ["f(*, a = 1)", "f(*, =)"],
  ["a[-1]", "a[(-1)]"],
  ["kind", "kind"],
])("path: %s", (text, expected) => {
  expect(tree(read(text))).toBe(expected);
});

test.each([
  ["5", { type: "number", dataType: "long", value: 5 }],
  ["1.5", { type: "number", dataType: "real", value: 1.5 }],
  ["0x10", { type: "number", dataType: "long", value: 16 }],
  ["int(7)", { type: "number", dataType: "int", value: 7 }],
  ["long(null)", { type: "number", dataType: "long", value: null }],
  ["real(-inf)", { type: "number", dataType: "real", value: null }],
  ["decimal(-0.5)", { type: "number", dataType: "decimal", value: -0.5 }],
  ["True", { type: "boolean", value: true }],
  ["bool(false)", { type: "boolean", value: false }],
  ["2h", { type: "timespan", seconds: 7200 }],
  ["time(1.02:03:04)", { type: "timespan", seconds: 93784 }],
  ["timespan(-1d)", { type: "timespan", seconds: -86400 }],
  ["time(2)", { type: "timespan", seconds: 172800 }],
  ["time(null)", { type: "timespan", seconds: null }],
  ["datetime('2024-01-01')", { type: "datetime", value: "2024-01-01" }],
  ["datetime(null)", { type: "datetime", value: null }],
  ["guid(x)", { type: "guid", value: "x" }],
  ["'a' \"b\"", { type: "string", value: "ab", text: "'a' \"b\"" }],
  ["typeof(long)", { type: "typeof", dataType: "long" }],
])("literal: %s", (text, expected) => {
  expect(read(text)).toMatchObject(expected);
});

test("dynamic values are JSON with literals of Kusto", () => {
  const plainly = (value: DynamicValue): unknown => {
    switch (value.type) {
      case "array":
        return value.items.map(plainly);
      case "object":
        return Object.fromEntries(value.entries.map((entry) => [entry.key, plainly(entry.value)]));
      case "null":
        return null;
      case "number":
      case "string":
      case "boolean":
        return value.value;
      default:
        return value.type;
    }
  };
  const node = read(`dynamic({"a": [1, -2.5, 'x', null, true, []], "b": {"c": datetime(2024-01-01)}})`);
  expect(node.type === "dynamic" && plainly(node.value)).toEqual({
    a: [1, -2.5, "x", null, true, []],
    b: { c: "datetime" },
  });
});

test("parentheses are printed where they are needed", () => {
  const text = "T\n| where (a or b) and (c + d) * e == -f and (g == h) == i and (T | count) == (j.k)[0]";
  expect(print(parse(text).ast)).toBe(
    "T\n| where (a or b) and (c + d) * e == -f and (g == h) == i and (T | count) == j.k[0]",
  );
});

test("names that are keywords are printed in brackets", () => {
  expect(print(parse(`T | where ['where'] == 1 and ["a b"] == 2 and ['x'] == 3`).ast)).toBe(
    `T\n| where ["where"] == 1 and ["a b"] == 2 and x == 3`,
  );
});
