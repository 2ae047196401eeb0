import { expect, test } from "vitest";
import { argumentsOf } from "./arguments.ts";

test.each([
  ["", []],
  ["  ", []],
  ["cmd.exe", ["cmd.exe"]],
  ["cmd.exe /c  dir", ["cmd.exe", "/c", "dir"]],
  ['"C:\\Program Files\\a.exe" -x "a b"', ["C:\\Program Files\\a.exe", "-x", "a b"]],
  ['a "" b', ["a", "", "b"]],
  ['a "b\\"c" d', ["a", 'b"c', "d"]],
  ['a "b\\\\" c', ["a", "b\\", "c"]],
  ["a b\\\\c d\\", ["a", "b\\\\c", "d\\"]],
  ['a "b""c"', ["a", 'b"c']],
  ['a "open b', ["a", "open b"]],
  ["ls -la /tmp", ["ls", "-la", "/tmp"]],
])("%j", (line, expected) => {
  expect(argumentsOf(line)).toEqual(expected);
});

test("a hostile line has an end", () => {
  expect(argumentsOf("a ".repeat(100_000)).length).toBe(4_096);
  expect(argumentsOf("\\".repeat(100_000))).toHaveLength(1);
});
