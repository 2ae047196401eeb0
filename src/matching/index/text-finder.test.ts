import { describe, expect, test } from "vitest";
import { openTextFinder } from "./text-finder.ts";

/** The same numbers on every run. */
function randomly(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function foundIn(needles: readonly string[], text: string): readonly string[] {
  const found = new Set<string>();
  openTextFinder(needles).scan(text, (needle) => found.add(needles[needle] ?? ""));
  return [...found].sort();
}

describe("a finder of many texts", () => {
  test("finds what stands in the text, also inside each other", () => {
    expect(foundIn(["he", "she", "his", "hers"], "ushers")).toEqual(["he", "hers", "she"]);
    expect(foundIn(["a", "aa", "aaa"], "aa")).toEqual(["a", "aa"]);
    expect(foundIn(["\\cmd.exe", ".exe"], "c:\\windows\\cmd.exe /c")).toEqual([".exe", "\\cmd.exe"]);
  });

  test("tells letters apart that it has no needle for, of every alphabet", () => {
    expect(foundIn(["é漢", "z"], "xé漢z€")).toEqual(["z", "é漢"]);
    expect(foundIn(["é漢"], "xé字")).toEqual([]);
  });

  test("finds nothing in nothing", () => {
    expect(foundIn([], "text")).toEqual([]);
    expect(foundIn(["a"], "")).toEqual([]);
  });

  test("agrees with looking for each needle by itself", () => {
    const random = randomly(7);
    const word = (most: number): string =>
      Array.from({ length: 1 + random(most) }, () => "abcé\\"[random(5)] ?? "").join("");
    for (let round = 0; round < 300; round++) {
      const needles = [...new Set(Array.from({ length: 1 + random(30) }, () => word(9)))];
      const text = word(60);
      expect(foundIn(needles, text)).toEqual(needles.filter((one) => text.includes(one)).sort());
    }
  });
});
