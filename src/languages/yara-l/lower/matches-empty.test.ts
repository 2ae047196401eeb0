import { RE2JS } from "re2js";
import { describe, expect, test } from "vitest";
import { matchesEmpty } from "./matches-empty.ts";

describe("the empty string", () => {
  test.each([
    "",
    ".*",
    "^$",
    "a?",
    "a|",
    "(a|b*)c?",
    "(?i)",
    "(?i:a)*",
    "(?P<n>a)?$",
    "a{0}",
    "a{0,5}b*",
    "[^]]*",
    "[[:alpha:]]?",
    "\\p{Greek}*",
    "\\x{10FFFF}?",
    "\\A\\z",
    "\\B",
    "^(-|none)?$",
    "\\\\?",
    "(a*)+",
    "a*?",
  ])("is found by %j", (pattern) => {
    expect([matchesEmpty(pattern), RE2JS.compile(pattern).matcher("").find()]).toEqual([true, true]);
  });

  test.each([
    "a",
    ".",
    ".+",
    "a*b",
    "^.$",
    "a|b",
    "(a|b)",
    "(a?b)+",
    "a{1,}",
    "a{2}",
    "a{,2}",
    "[*]",
    "[\\]?]",
    "[]?]",
    "\\*",
    "\\b",
    "\\d",
    "\\p{L}",
    "\\x{41}",
    "\\x41",
    "(?i)a",
    "{",
    "a?\\?",
  ])("is not found by %j", (pattern) => {
    expect([matchesEmpty(pattern), RE2JS.compile(pattern).matcher("").find()]).toEqual([false, false]);
  });

  test.each(["(", ")", "(a*", "a*)"])("is not found by %j, which is no pattern", (pattern) => {
    expect(matchesEmpty(pattern)).toBe(false);
  });

  test("is looked for in linear time", () => {
    const before = process.cpuUsage();
    for (const piece of ["(", "[", "[:", "\\p{", "a{1", "(?", "(?P<", "x{0}", "|", "[[:"])
      matchesEmpty(piece.repeat(20_000));
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
  });
});
