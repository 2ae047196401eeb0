import { expect, test } from "vitest";
import { utf16 } from "../event-spec.testing.ts";
import { textReader } from "./texts.ts";

test.each([
  ["nothing", ""],
  ["a short text", "cmd.exe"],
  ["a text of one byte a character", "Microsoft® Windows® Operating System ÿ"],
  ["other scripts", "файл 文件 😀"],
  ["unpaired halves of a character", "a\ud800b\udc00c"],
  ["zeros inside", "a\0b"],
  ["a long plain text", "powershell -enc ".repeat(500)],
  ["a long text with one character of two bytes at its end", `${"x".repeat(900)}\u0100`],
  ["a long text with an unpaired half", `${"x".repeat(300)}\udfff${"y".repeat(300)}`],
  ["a long text of one byte a character", "ü".repeat(700)],
])("%s is read as it was written, and read again", (_, text) => {
  const { utf16: read } = textReader();
  const bytes = utf16(text);
  expect(read(bytes, 0, text.length)).toBe(text);
  expect(read(bytes, 0, text.length)).toBe(text);
});

test("texts that share a place in the memory are told apart", () => {
  const { utf16: read } = textReader();
  // More than there are places, so that every place is taken several times.
  const texts = Array.from({ length: 20_000 }, (_, index) => `value ${(index * 7919) % 20_000}`);
  for (const text of texts) expect(read(utf16(text), 0, text.length)).toBe(text);
});

test("a text that begins at an odd place", () => {
  const bytes = Uint8Array.of(0, 0x41, 0, 0x42, 0);
  expect(textReader().utf16(bytes, 1, 2)).toBe("AB");
});

test("single bytes are characters of Windows' western code page", () => {
  expect(textReader().ansi(Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x20, 0x80), 0, 6)).toBe("café €");
});
