import { describe, expect, test } from "vitest";
import { limits } from "../../kit/limits.ts";
import { parse, print } from "./index.ts";

function faults(text: string): readonly string[] {
  return parse(text).diagnostics.map(({ code, span }) => `${code} ${span.start}-${span.end}`);
}

describe("tree", () => {
  test("of a field and its value", () => {
    expect(parse(' a.b : "c" ')).toEqual({
      ast: {
        type: "is",
        field: {
          type: "literal",
          quoted: false,
          text: "a.b",
          tokens: [{ type: "literal", text: "a.b" }],
          span: { start: 1, end: 4 },
        },
        value: {
          type: "literal",
          quoted: true,
          text: '"c"',
          tokens: [{ type: "literal", text: "c" }],
          span: { start: 7, end: 10 },
        },
        span: { start: 1, end: 10 },
      },
      diagnostics: [],
    });
  });

  test("of a chain is one node, also across brackets", () => {
    expect(parse("a and (b and c) and d").ast).toMatchObject({ type: "and", operands: { length: 4 } });
    expect(parse("f:(a or (b or c) or d)").ast).toMatchObject({ value: { type: "or", operands: { length: 4 } } });
  });

  test("of an empty text", () => {
    expect(parse(" \n")).toEqual({ ast: { type: "all", span: { start: 0, end: 2 } }, diagnostics: [] });
  });

  test.each([
    ["and", "x and y"],
    ["bare", "x a\\nd y"],
    ["bare", "band"],
    ["bare", "x \\and y"],
    ["not", "NOT x"],
    ["bare", "notx"],
    ["range", "a>=1"],
    ["nested", "a:{b:c}"],
    ["is", "a:/* no comment */"],
    ["is", "a:b // no comment either"],
  ])("%s: %s", (type, text) => {
    expect(parse(text)).toMatchObject({ ast: { type }, diagnostics: [] });
  });
});

describe("escapes", () => {
  test.each([
    ['a\\:b\\\\c\\(d\\)\\<\\>\\{\\}\\"\\*', 'a:b\\c(d)<>{}"*'],
    ["a\\tb\\nc\\rd", "a\tb\nc\rd"],
    ["\\u0041\\u00e9\\u12", "Aé\\u12"],
    ["\\x\\", "\\x\\"],
    ["\\and \\OR \\not \\nothing", "and OR not \nothing"],
    ['"\\\\ \\" \\t \\u0041 \\: \\* \\x"', '\\ " \t A \\: \\* \\x'],
  ])("%s", (text, expected) => {
    expect(parse(text).ast).toMatchObject({ type: "bare", value: { tokens: [{ type: "literal", text: expected }] } });
  });
});

describe("faults have a code and a place, and the rest is read", () => {
  test.each([
    ["a:1 and", ["kuery/missing-operand 7-7"]],
    ["and a:1", ["kuery/missing-operand 0-3"]],
    ["a:", ["kuery/missing-value 1-2"]],
    ["a > ", ["kuery/missing-value 4-4"]],
    ["a:1 b:2", ["kuery/missing-operator 5-6"]],
    ['a:"x" b:2 and c:3', ["kuery/missing-operator 6-7"]],
    ['a:"x', ["kuery/unclosed-string 2-4"]],
    ["(a:1 or b:2", ["kuery/unclosed-group 0-1"]],
    ["a:{b:1", ["kuery/unclosed-group 2-3"]],
    ["a:1) or b:2", ["kuery/missing-operator 3-4"]],
    ["a:()", ["kuery/missing-operand 3-3"]],
    ["a::b", ["kuery/missing-operand 2-3"]],
    ["a:[1 to 5]", []],
    ["f:not a", ["kuery/not-outside-group 2-5"]],
    ["state:(ca or or)", ["kuery/keyword-as-value 13-15"]],
    ["a:(b\nc or d)", ["kuery/value-over-lines 3-6"]],
    ["(a:1)and(b:2)", ["kuery/keyword-without-space 5-8"]],
  ])("%s", (text, expected) => expect(faults(text)).toEqual(expected));

  test("an unread part does not hide the parts around it", () => {
    expect(parse('a:1 and b:"x" c or d:(e : f or g)').ast).toMatchObject({
      type: "or",
      operands: [
        { type: "and", operands: [{ type: "is" }, { type: "is", value: { type: "error", text: '"x" c' } }] },
        {
          type: "is",
          value: {
            type: "or",
            operands: [
              { type: "error", text: "e : f" },
              { type: "literal", text: "g" },
            ],
          },
        },
      ],
    });
  });
});

describe("limits", () => {
  test("of length", () => {
    const long = parse("a".repeat(limits.length + 1));
    expect(long.ast.type).toBe("error");
    expect(long.diagnostics.map((one) => one.code)).toEqual(["kuery/too-long"]);
    expect(parse("a".repeat(limits.length)).diagnostics).toEqual([]);
  });

  test.each([
    ["", "("],
    ["", "not "],
    ["", "a:{"],
    ["", "a and ("],
    ["", "a or (b and ("],
    ["a:", "("],
    ["a:(", "b or ("],
    ["a:(", "not "],
  ])("of depth: %s%s", (start, piece) => {
    const text = start + piece.repeat(10_000);
    const { ast, diagnostics } = parse(text);
    expect(diagnostics.map((one) => one.code)).toContain("kuery/too-deep");
    expect(JSON.stringify(ast).length).toBeLessThan(text.length * 4 + 200_000);
  });

  test("chains are not deep", () => {
    expect(parse(`${"a:1 and ".repeat(20_000)}b`).diagnostics).toEqual([]);
  });

  test("of diagnostics", () => {
    const { diagnostics } = parse('a "b" and '.repeat(500));
    expect(diagnostics).toHaveLength(limits.diagnostics);
    expect(diagnostics.at(-1)).toMatchObject({ code: "kuery/more", message: "There are 402 further problems." });
  });
});

test("places hold the brackets inside them, and not those around", () => {
  const place = (text: string): string => {
    const { start, end } = parse(text).ast.span;
    return text.slice(start, end);
  };
  expect(place("(a:1 or b:2) and (c:3)")).toBe("(a:1 or b:2) and (c:3)");
  expect(place("((a:1))")).toBe("a:1");
  expect(place("not ((a:1)) ")).toBe("not ((a:1))");
  expect(place("(a:1) b and c:2")).toBe("(a:1) b and c:2");
  expect(parse("(a:1) b").ast).toMatchObject({ type: "error", text: "(a:1) b", parsed: { type: "is" } });
});

test("a backslash that escapes nothing is told, but not in quotes", () => {
  expect(faults("a:C\\:\\xoo")).toEqual(["kuery/stray-backslash 5-6"]);
  expect(faults("a:\\u12 and b:x\\")).toEqual(["kuery/stray-backslash 2-3", "kuery/stray-backslash 14-15"]);
  expect(faults('a:"C:\\foo\\*"')).toEqual([]);
});

describe("printing", () => {
  test.each([
    ["((a:1)) AND (b:2 or (c:3))", "a:1 and (b:2 or c:3)"],
    ["not (not a:(b or (c and not d)))", "not not a:(b or c and not d)"],
    ["a : ( not b )", "a:(not b)"],
    ["a >=  5", "a >= 5"],
    ["a:{b:1 or c:{d:2}}", "a:{ b:1 or c:{ d:2 } }"],
    ["(a and or) and b", "a and (or) and b"],
    ["f:and", "f:(and)"],
  ])("%s", (text, expected) => {
    const { ast } = parse(text);
    expect(print(ast)).toBe(expected);
    expect(print(parse(expected).ast)).toBe(expected);
  });
});
