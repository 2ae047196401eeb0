import { describe, expect, test } from "vitest";
import { limits } from "../../kit/limits.ts";
import { parse, print } from "./index.ts";

function faults(text: string): readonly string[] {
  return parse(text).diagnostics.map(({ code, span }) => `${code.replace("lucene/", "")} ${span.start}-${span.end}`);
}

describe("tree", () => {
  test("of a field, its value and what stands behind it", () => {
    expect(parse(' a.b : "c d"~2^1.5 ')).toEqual({
      ast: {
        type: "query",
        clauses: [
          {
            type: "clause",
            conjunction: null,
            modifier: null,
            node: {
              type: "field",
              name: { text: "a.b", name: "a.b", span: { start: 1, end: 4 } },
              value: {
                type: "phrase",
                text: '"c d"',
                value: "c d",
                slop: "~2",
                boost: "1.5",
                span: { start: 7, end: 18 },
              },
              span: { start: 1, end: 18 },
            },
            span: { start: 1, end: 18 },
          },
        ],
        span: { start: 0, end: 19 },
      },
      diagnostics: [],
    });
  });

  test("of clauses keeps them in a row with their operators", () => {
    const { clauses } = parse("a AND -b || !c +d").ast;
    expect(clauses.map((one) => [one.conjunction, one.modifier, one.node.type])).toEqual([
      [null, null, "term"],
      ["AND", "NOT", "term"],
      ["OR", "NOT", "term"],
      [null, "+", "term"],
    ]);
  });

  test("of words in a row is one term, up to a word that an operator or a field takes", () => {
    const terms = (text: string): readonly string[] =>
      parse(text).ast.clauses.map(({ node }) => ("text" in node ? node.text : node.type));
    expect(terms("a b  c")).toEqual(["a b  c"]);
    expect(terms("a b c AND d")).toEqual(["a b", "c", "d"]);
    expect(terms("a b f:c d e")).toEqual(["a b", "field", "d e"]);
    expect(terms("a b~1 c^2 d *")).toEqual(["a", "b", "c", "d", "*"]);
    expect(terms("a -b c")).toEqual(["a", "b", "c"]);
    expect(terms("a b* c")).toEqual(["a", "b*", "c"]);
  });

  test("of a range", () => {
    expect(parse("{1 TO *]").ast.clauses[0]?.node).toEqual({
      type: "range",
      low: { text: "1", value: "1", quoted: false, inclusive: false, span: { start: 1, end: 2 } },
      high: { text: "*", value: null, quoted: false, inclusive: true, span: { start: 6, end: 7 } },
      boost: null,
      span: { start: 0, end: 8 },
    });
  });

  test.each([
    ["a+b-c", "term"],
    ["&&x", "term"],
    ["ANDROID", "term"],
    ["TO", "term"],
    ["a\\ b", "term"],
    ["*x?", "term"],
    ['"a\\"b"', "phrase"],
    ["/a\\/b/", "regex"],
    ["(a)", "group"],
  ])("of %s is a %s", (text, type) => {
    const { ast, diagnostics } = parse(text);
    expect(ast.clauses.map(({ node }) => node.type)).toEqual([type]);
    expect(diagnostics).toEqual([]);
  });
});

describe("faults", () => {
  test.each([
    ["a AND", ["missing-term 5-5"]],
    ["AND a", ["missing-term 0-3"]],
    ["a AND OR b", ["missing-term 6-8"]],
    ["(a AND) b", ["missing-term 6-6"]],
    ["()", ["missing-term 0-1"]],
    ["f:", ["missing-term 2-2"]],
    ["f:a:b", ["unexpected-text 3-4"]],
    ["a ) b", ["unexpected-text 2-3"]],
    ["NOT NOT a", ["unexpected-text 4-7"]],
    ["(a OR (b", ["unclosed-group 6-7", "unclosed-group 0-1"]],
    ['f:"open', ["unclosed-string 2-7"]],
    ["f:/open", ["unclosed-regex 2-7"]],
    ["f:/open\\/", ["unclosed-regex 2-9"]],
    ["f:-1", ["unexpected-text 2-3"]],
    ["f:[1 to 5]", ["not-a-range 2-10"]],
    ["f:[1 TO 5", ["not-a-range 2-3"]],
    ["f:[1 TO ]", ["not-a-range 2-9"]],
    ["a ] b", ["stray-bracket 2-3"]],
    ["a^x", ["missing-boost 1-2"]],
    ["a\\", ["stray-backslash 1-2"]],
    ["f:\\u12x", ["bad-escape 2-4"]],
    ["host.*:x", ["unescaped-field-wildcard 0-6"]],
  ])("%s", (text, expected) => {
    const { ast, diagnostics } = parse(text);
    expect(diagnostics.every((one) => one.severity === "error")).toBe(true);
    expect(faults(text)).toEqual(expected);
    expect(print(parse(print(ast)).ast)).toBe(print(ast));
  });
});

test("an operator in place of a value is told how to be written", () => {
  const hints = (text: string) => parse(text).diagnostics.map((one) => one.hint);
  expect(hints("f:-1")).toEqual(["Write a minus in a value as `\\-`, or `-` before the field."]);
  expect(hints("f:+1")).toEqual(["Write a plus in a value as `\\+`."]);
  expect(hints("f:NOT a")).toEqual(["Put `NOT` and what it takes out in brackets: `(NOT a)`."]);
});

describe("warnings", () => {
  test.each([
    ["", ["empty-query 0-0"]],
    ["a and b", ["lower-case-operator 2-5"]],
    ["not f:x", ["lower-case-operator 0-3"]],
    ["a - b", ["operator-as-term 2-3"]],
    ["a AND b OR c", ["optional-clause 11-12"]],
    ["+a b", ["optional-clause 3-4"]],
    ["a AND b", []],
    ["a OR b -c", []],
    ["a OR NOT b", ["or-not 2-10"]],
    ["a OR (NOT b)", []],
    ["f:foo bar", ["term-without-field 6-9"]],
    ["f:foo and bar", ["lower-case-operator 6-9"]],
    ["f:(foo bar)", []],
    ["f:foo OR bar", []],
    ["f:/usr/bin", ["regex-in-path 2-7"]],
    ["f:/usr/ bin", []],
    ['f:"C:\\Temp"', ["dropped-backslash 5-7"]],
    ['f:"C:\\\\Temp"', []],
    ["f:a\\-b\\ c", []],
  ])("%s", (text, expected) => {
    expect(faults(text)).toEqual(expected);
    expect(parse(text).diagnostics.every((one) => one.severity === "warning")).toBe(true);
  });
});

describe("caps", () => {
  test("of length", () => {
    const text = "x".repeat(limits.length + 1);
    const { ast, diagnostics } = parse(text);
    expect(diagnostics.map((one) => one.code)).toEqual(["lucene/too-long"]);
    expect(ast.clauses.map((one) => one.node)).toEqual([{ type: "error", text, span: { start: 0, end: text.length } }]);
  });

  test.each(["(", "f:(", "NOT (", "a OR ("])("of depth: %s", (piece) => {
    const { ast, diagnostics } = parse(piece.repeat(10_000));
    expect(diagnostics.map((one) => one.code)).toEqual(["lucene/too-deep"]);
    expect(print(parse(print(ast)).ast)).toBe(print(ast));
  });

  test("of diagnostics", () => {
    const { diagnostics } = parse("a AND OR b ".repeat(300));
    expect(diagnostics).toHaveLength(limits.diagnostics);
    expect(diagnostics.at(-1)?.code).toBe("lucene/more");
  });
});

describe("printing", () => {
  test.each([
    ["a && b||c", "a AND b||c"],
    ["a && b || !c -d", "a AND b OR NOT c NOT d"],
    ["f : ( a  b )^2", "f:(a  b)^2"],
    ["a^2~1", "a~1^2"],
    ["[ 1  TO  2 }", "[1 TO 2}"],
    ["(a OR b", "(a OR b"],
  ])("%s", (text, expected) => {
    const { ast } = parse(text);
    expect(print(ast)).toBe(expected);
    expect(print(parse(expected).ast)).toBe(expected);
  });
});
