import { expect, test } from "vitest";
import { lex } from "./lexer.ts";
import { scanStructure } from "./structure.ts";

function words(text: string, mode: "search" | "eval"): readonly string[] {
  return lex({ text, structure: scanStructure(text) }, 0, text.length, mode).map((one) => `${one.type}:${one.text}`);
}

test("finds pipes, brackets and comments", () => {
  const found = scanStructure('a "|" `m("|")` [b | c] ```|``` | d');
  expect([...found.closes]).toEqual([[15, 21]]);
  expect([...found.pipes]).toEqual([
    [-1, [31]],
    [15, [18]],
  ]);
  expect([...found.comments]).toEqual([[23, 30]]);
  expect(found.faults).toEqual([]);
});

test("says what is not closed", () => {
  expect(scanStructure('[a "b').faults).toEqual([
    { code: "unclosed-string", at: 3 },
    { code: "unclosed-subsearch", at: 0 },
  ]);
  expect(scanStructure("`a").faults).toEqual([{ code: "unclosed-macro", at: 0 }]);
  expect(scanStructure("```a").faults).toEqual([{ code: "unclosed-comment", at: 0 }]);
  expect(scanStructure("a]").faults).toEqual([{ code: "stray-bracket", at: 1 }]);
});

test("takes words of a search whole", () => {
  expect(words('p.x{}!=*\\a-b\\* "q r",(s', "search")).toEqual([
    "word:p.x{}",
    "operator:!=",
    "word:*\\a-b\\*",
    'string:"q r"',
    "punctuation:,",
    "punctuation:(",
    "word:s",
    "end:",
  ]);
  expect(words('a=\\"b *f()* g()', "search")).toEqual([
    "word:a",
    "operator:=",
    'word:\\"b',
    "word:*f()*",
    "word:g",
    "punctuation:(",
    "punctuation:)",
    "end:",
  ]);
});

test("takes expressions apart", () => {
  expect(words("a.b-1.5*'c d'+4xx<=<<FIELD>>", "eval")).toEqual([
    "word:a",
    "operator:.",
    "word:b",
    "operator:-",
    "number:1.5",
    "operator:*",
    "quoted_field:'c d'",
    "operator:+",
    "word:4xx",
    "operator:<=",
    "word:<<FIELD>>",
    "end:",
  ]);
});
