import { describe, expect, test } from "vitest";
import { lex } from "./lexer.ts";
import { quote, stringValue } from "./strings.ts";

function kinds(text: string): readonly string[] {
  return lex(text).tokens.map((token) => `${token.type}:${token.text}`);
}

function fault(text: string): string | undefined {
  return lex(text).tokens.find((token) => token.fault !== null)?.fault?.code;
}

describe("words", () => {
  test("keywords of several parts are one token, but not where a word goes on", () => {
    expect(kinds("mv-expand project-away top-nested")).toEqual([
      "word:mv-expand",
      "word:project-away",
      "word:top-nested",
      "end:",
    ]);
    expect(kinds("top-nestedx a-b")).toEqual([
      "word:top",
      "symbol:-",
      "word:nestedx",
      "word:a",
      "symbol:-",
      "word:b",
      "end:",
    ]);
  });

  test("operators with a sign", () => {
    expect(kinds("in~ !in~ !in !has_cs =~ !~ <> .. hint.strategy")).toEqual([
      "word:in~",
      "word:!in~",
      "word:!in",
      "word:!has_cs",
      "symbol:=~",
      "symbol:!~",
      "symbol:<>",
      "symbol:..",
      "word:hint.strategy",
      "end:",
    ]);
  });

  test("names may begin with digits or a dollar, and hold letters of any script", () => {
    expect(kinds("3Dchart $left größe")).toEqual(["word:3Dchart", "word:$left", "word:größe", "end:"]);
  });
});

describe("literals", () => {
  test("numbers, timespans and ranges", () => {
    expect(kinds("1 0x1F 1.5 1e3 2.5h 1d 1..5 10parsecs")).toEqual([
      "number:1",
      "number:0x1F",
      "number:1.5",
      "number:1e3",
      "timespan:2.5h",
      "timespan:1d",
      "number:1",
      "symbol:..",
      "number:5",
      "word:10parsecs",
      "end:",
    ]);
  });

  test("typed literals are one token, names before a blank are not", () => {
    expect(kinds("datetime(2024-01-01 10:00) long(5) long (5)")).toEqual([
      "typed:datetime(2024-01-01 10:00)",
      "typed:long(5)",
      "word:long",
      "symbol:(",
      "number:5",
      "symbol:)",
      "end:",
    ]);
    expect(kinds("74be27de-1e4e-49d9-b579-fe0b331d3642")).toEqual([
      "guid:74be27de-1e4e-49d9-b579-fe0b331d3642",
      "end:",
    ]);
  });

  test("strings stand for what their kind of quotes says", () => {
    expect(stringValue(String.raw`"a\\b\tc\"\u0041\x42\103"`)).toBe('a\\b\tc"ABC');
    expect(stringValue(String.raw`@"C:\temp\"`)).toBe("C:\\temp\\");
    expect(stringValue("@'it''s'")).toBe("it's");
    expect(stringValue('h"secret"')).toBe("secret");
    expect(stringValue("H@'a\\b'")).toBe("a\\b");
    expect(stringValue("```a\n'b'\\```")).toBe("a\n'b'\\");
    expect(stringValue("~~~x~~~")).toBe("x");
  });

  test("a quoted text stands for itself", () => {
    const value = 'a"b\\c\nd\u0000é😀';
    expect(stringValue(quote(value))).toBe(value);
  });
});

test("comments and a directive in front are left out", () => {
  expect(kinds("#connect x\nT // where\n| take 1 // end")).toEqual([
    "word:T",
    "symbol:|",
    "word:take",
    "number:1",
    "end:",
  ]);
});

test("what is no token says why", () => {
  expect(fault('T | where a == "x')).toBe("unclosed-string");
  expect(fault('"C:\\Users"')).toBe("bad-escape");
  expect(fault("datetime(2024-01-01\n)")).toBe("unclosed-literal");
  expect(fault("```open")).toBe("unclosed-string");
  expect(fault("a § b")).toBe("bad-character");
  expect(fault('"fine" @"C:\\Users"')).toBeUndefined();
});

test("a bracket is closed by its own kind; others inside stay open", () => {
  const { tokens, closers } = lex("( [ ) ]");
  expect(tokens.map((_, index) => closers[index])).toEqual([2, -1, -1, -1, -1]);
});
