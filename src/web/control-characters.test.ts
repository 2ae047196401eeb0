import { expect, test } from "vitest";
import { showControlCharacters } from "./control-characters.ts";

test("control characters of rules have a picture in the document", () => {
  expect(showControlCharacters("a\0b\x1b[0m\x7f")).toBe("a␀b␛[0m␡");
  expect(showControlCharacters("\x85\ufdd0\uffff")).toBe("���");
});

test("blanks and all other characters stay", () => {
  const text = "a\tb\nc\r\nd\fe — 𝔸 ␀ \u00a0";
  expect(showControlCharacters(text)).toBe(text);
});
