import { describe, expect, test } from "vitest";
import { randomFrom } from "../../languages/mutation.ts";
import { openAutomaton } from "./aho-corasick.ts";
import { openTextFinder } from "./text-finder.ts";

type Scan = (text: string, found: (needle: number) => undefined) => void;

const finders: readonly (readonly [string, (needles: readonly string[]) => Scan, longest: number])[] = [
  ["an automaton", (needles) => openAutomaton(needles).scan, 5],
  ["a finder of many texts", (needles) => openTextFinder(needles).scan, 9],
];

describe.each(finders)("%s", (_title, open, longest) => {
  function foundIn(needles: readonly string[], text: string): readonly string[] {
    const found = new Set<string>();
    open(needles)(text, (needle) => {
      found.add(needles[needle] ?? "");
      return undefined;
    });
    return [...found].sort();
  }

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
    const next = randomFrom(7);
    const random = (below: number): number => Math.floor(next() * below);
    const word = (most: number): string =>
      Array.from({ length: 1 + random(most) }, () => "abcé\\"[random(5)] ?? "").join("");
    for (let round = 0; round < 300; round++) {
      const needles = [...new Set(Array.from({ length: 1 + random(30) }, () => word(longest)))];
      const text = word(60);
      expect(foundIn(needles, text)).toEqual(needles.filter((one) => text.includes(one)).sort());
    }
  });
});

test("an automaton says whether any stands there", () => {
  const automaton = openAutomaton(["lsass", "mimikatz"]);
  expect(automaton.hasAny("xx mimikatz")).toBe(true);
  expect(automaton.hasAny("mimikat lsas")).toBe(false);
});
