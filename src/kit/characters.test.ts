import { expect, test } from "vitest";
import { hasLineBreak, isPair, lineEnd, quoteEnd } from "./characters.ts";

test("lines end at either line break, or with the text", () => {
  expect(lineEnd("ab\r\ncd", 1)).toBe(2);
  expect(lineEnd("ab\r\ncd", 4)).toBe(6);
  expect(hasLineBreak("ab\ncd", 0, 2)).toBe(false);
  expect(hasLineBreak("ab\ncd", 0, 3)).toBe(true);
});

test.each([
  ['"ab"c', 4],
  ['"a\\"b"', 6],
  ['"a\\\\"b"', 5],
  ['"ab', null],
  ['"a\nb"', null],
  ['"a\\\nb"', null],
  ['"a\\', null],
])("the end of what %j opens", (text, end) => {
  expect(quoteEnd(text, 0, '"')).toBe(end);
});

test("in a raw text a backslash guards nothing", () => {
  expect(quoteEnd('"a\\"b"', 0, '"', true)).toBe(4);
});

test("a character of two code units, and half of one", () => {
  expect(isPair("a😀", 1)).toBe(true);
  expect(isPair("a😀", 2)).toBe(false);
  expect(isPair("\ud83d", 0)).toBe(false);
});
