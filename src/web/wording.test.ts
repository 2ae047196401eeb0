import { expect, test } from "vitest";
import { cut, formatShare, operatorWord } from "./wording.ts";

test.each([
  [0, 0, "–"],
  [0, 10, "0 %"],
  [10, 10, "100 %"],
  [1, 3, "33.3 %"],
  [1, 200, "0.50 %"],
  [1, 100_000, "< 0.01 %"],
  [99_999, 100_000, "> 99.99 %"],
])("%i of %i is %s", (part, whole, text) => {
  expect(formatShare(part, whole)).toBe(text);
});

test("a cut never halves a character", () => {
  expect([cut("abcd", 4), cut("abcde", 4), cut("ab😀de", 4)]).toEqual(["abcd", "abc…", "ab…"]);
});

test("words for operators", () => {
  expect([operatorWord("ends_with"), operatorWord("toString")]).toEqual(["ends with", "toString"]);
});
