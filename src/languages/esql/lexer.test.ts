import { describe, expect, test } from "vitest";
import { lex } from "./lexer.ts";
import { placesIn } from "./strings.ts";

const types = (text: string): readonly string[] =>
  lex(text).tokens.map(({ type, text: written }) => `${type} ${written}`);

describe("tokens", () => {
  test.each([
    ["a.b==1", ["word a", "operator .", "word b", "operator ==", "number 1", "end "]],
    ["x::ip : y", ["word x", "operator ::", "word ip", "operator :", "word y", "end "]],
    ["5m 1.5e-3 .5 1.", ["number 5", "word m", "number 1.5e-3", "number .5", "number 1.", "end "]],
    ["? ?a ??b ?1", ["parameter ?", "parameter ?a", "parameter ??b", "parameter ?1", "end "]],
    ["a // b\r\nc /* d\n */ e", ["word a", "word c", "word e", "end "]],
    ['"//" """/*"""', ['string "//"', 'string """/*"""', "end "]],
    ["`a``b`", ["quoted `a``b`", "end "]],
    ["é😀~\u00a0\ufeff", ["unknown é", "unknown 😀", "unknown ~", "end "]],
    ['"a\\" b" "open\n"', ['string "a\\" b"', 'unclosed "open', 'unclosed "', "end "]],
    ['"a\\\nb"', ['unclosed "a\\', "word b", 'unclosed "', "end "]],
    ["@timestamp _id", ["word @timestamp", "word _id", "end "]],
  ])("%j", (text, expected) => {
    expect(types(text)).toEqual(expected);
  });

  test("decoded values", () => {
    const values = lex('"a\\t\\"\\\\\\d" """\\t""" `x``y`').tokens.map((one) => ("value" in one ? one.value : ""));
    expect(values).toEqual(['a\t"\\\\d', "\\t", "x`y", ""]);
  });

  test("places in a value are places in the text", () => {
    const at = placesIn('"a\\"b\\\\c"', 10);
    expect([0, 1, 2, 3, 4, 5].map((offset) => at({ start: offset, end: offset }).start)).toEqual([
      11, 12, 14, 15, 17, 18,
    ]);
    expect(placesIn('"""abc"""', 10)({ start: 0, end: 3 })).toEqual({ start: 13, end: 16 });
  });
});
