import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expandGlob, matchesName } from "./glob.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary glob "));
  for (const one of ["a/b/deep", "a/.hidden", "c"]) mkdirSync(join(folder, one), { recursive: true });
  for (const one of ["x.log", "y.log.gz", ".z.log", "a/x.log", "a/b/deep/x.log", "a/.hidden/x.log", "c/[1].log"]) {
    writeFileSync(join(folder, one), "");
  }
  symlinkSync(folder, join(folder, "a", "loop"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const met = async (pattern: string) =>
  (await expandGlob(join(folder, pattern), () => expect.unreachable())).map((one) => relative(folder, one));

test.each([
  ["*.log", ["x.log"]],
  ["*.log*", ["x.log", "y.log.gz"]],
  [".*.log", [".z.log"]],
  ["?.log", ["x.log"]],
  ["*/x.log", ["a/x.log"]],
  ["**/x.log", ["x.log", "a/x.log", "a/b/deep/x.log"]],
  ["a/**", ["a/b/deep/x.log", "a/loop", "a/x.log"]],
  ["**/deep/*", ["a/b/deep/x.log"]],
  ["a/loop/*.log", ["x.log"].map((one) => `a/loop/${one}`)],
  ["c/[1].*", ["c/[1].log"]],
  ["none/*.log", []],
  ["x.log/*", []],
])("%s", async (pattern, expected) => {
  expect(await met(pattern)).toEqual(expected);
});

test.each([
  ["", "", true],
  ["abc", "a*c", true],
  ["ac", "a*c", true],
  ["abcd", "a*c", false],
  ["abab", "*ab", true],
  ["abc", "a?c", true],
  ["ac", "a?c", false],
  ["a.b", "a.b", true],
  ["axb", "a.b", false],
  [".a", "*", false],
])("%j meets %j: %s", (name, pattern, expected) => {
  expect(matchesName(name, pattern)).toBe(expected);
});

test("many stars end soon", () => {
  expect(matchesName("a".repeat(2000), `${"*a".repeat(200)}b`)).toBe(false);
});
