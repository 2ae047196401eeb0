import { describe, expect, test } from "vitest";
import { randomFrom } from "../../languages/mutation.ts";
import type { PatternToken } from "../../rule/expression.ts";
import { glob } from "../../rule/pattern.ts";
import { openGlob } from "./glob.ts";

const cases: readonly (readonly [pattern: string, text: string, meets: boolean])[] = [
  ["a*c", "abc", true],
  ["a*c", "ac", true],
  ["a*c", "acb", false],
  ["*\\cmd.*", "C:\\Windows\\cmd.exe", true],
  ["*\\cmd.*", "cmd.exe", false],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["a?c", "a🙂c", true],
  ["?*", "", false],
  ["?*", "x", true],
  ["*", "", true],
  ["*ab*ab*", "ab ab", true],
  ["*ab*ab*", "ab", false],
  ["ab*ba", "aba", false],
  ["ab*ba", "abba", true],
  ["*?b", "b", false],
  ["*?b", "ab", true],
  ["x*??", "x🙂y", true],
  ["a*\nb", "a\n\nb", true],
];

describe("a pattern of the whole text", () => {
  test.each(cases)("%j on %j: %s", (pattern, text, meets) => {
    expect(openGlob(glob(pattern), false)(text)).toBe(meets);
  });

  test("may ignore letter case, which the text has lost before", () => {
    expect(openGlob(glob("*CMD*"), true)("cmd.exe")).toBe(true);
    expect(openGlob(glob("*CMD*"), false)("cmd.exe")).toBe(false);
  });

  test("agrees with a regular expression", () => {
    const next = randomFrom(11);
    const random = (below: number): number => Math.floor(next() * below);
    const text = (alphabet: string, most: number): string =>
      Array.from({ length: random(most) }, () => [...alphabet][random([...alphabet].length)] ?? "").join("");
    for (let round = 0; round < 3_000; round++) {
      const tokens: readonly PatternToken[] = glob(text("ab*?", 8));
      const source = tokens
        .map((one) => (one.type === "literal" ? one.text : one.type === "any" ? "[^]*" : "[^]"))
        .join("");
      const value = text("ab🙂", 8);
      expect([tokens, value, openGlob(tokens, false)(value)]).toEqual([
        tokens,
        value,
        new RegExp(`^${source}$`, "u").test(value),
      ]);
    }
  });

  test("takes time that grows with the text alone, also of hostile ones", () => {
    const meets = openGlob(glob("*a*a*a*a*a*a*a*a*a*b"), false);
    expect(meets("a".repeat(200_000))).toBe(false);
  });
});
