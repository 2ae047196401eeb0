import { expect, test } from "vitest";
import { highlight } from "./highlight.ts";

function coloured(text: string, language: string): readonly string[] {
  return highlight(text, language).flatMap((one) => (one.kind === null ? [] : [`${one.kind} ${one.text}`]));
}

test.each([
  ["eql", 'process where name == "a\\"b" // why', ["word process", "word where", 'string "a\\"b"', "comment // why"]],
  [
    "spl",
    "```why``` index=x | stats count BY 'a b'",
    ["comment ```why```", "word stats", "word count", "word BY", "string 'a b'"],
  ],
  [
    "kusto",
    "T | where A has_any ('x') and B > 5",
    ["word where", "word has_any", "string 'x'", "word and", "number 5"],
  ],
  ["yara-l", "events:\n  $e.a = /x\\/y/ nocase", ["word events", "string /x\\/y/", "word nocase"]],
  ["sigma", "level: high # a\nurl: a#b", ["word level", "comment # a"]],
  [
    "aql",
    "SELECT a FROM events -- b\nWHERE 'C:\\' = x",
    ["word SELECT", "word FROM", "comment -- b", "word WHERE", "string 'C:\\'"],
  ],
  ["logscale", "a = /b/i or 1 / 2 / 3", ["string /b/i", "word or", "number 1", "number 2", "number 3"]],
  ["sumo-logic", 'x | where a matches "b"', ["word where", "word matches", 'string "b"']],
] as const)("colours %s", (language, text, expected) => {
  expect(coloured(text, language)).toEqual(expected);
});

test("a language that nobody knows has no colour", () => {
  expect(highlight("a = 'b'", "klingon")).toEqual([{ text: "a = 'b'", kind: null }]);
});

test("loses no character, whatever the text, and takes no long time", () => {
  const hostile = [
    '"""',
    "/*",
    "```",
    "'\\",
    '"'.repeat(5000),
    "\\".repeat(5000),
    "/".repeat(20_000),
    "/*".repeat(9000),
  ];
  const started = performance.now();
  for (const language of ["eql", "spl", "kusto", "yara-l", "sigma", "aql", "logscale", "sumo", "lucene"]) {
    for (const text of [...hostile, hostile.join(" a ")]) {
      expect(
        highlight(text, language)
          .map((one) => one.text)
          .join(""),
      ).toBe(text);
    }
  }
  expect(performance.now() - started).toBeLessThan(2000);
});
