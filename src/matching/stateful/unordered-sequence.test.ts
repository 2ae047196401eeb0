import { describe, expect, test } from "vitest";
import { run, sequence, stream, told } from "./testing.ts";

type Case = readonly [what: string, plan: string, stream: string, groups: readonly string[]];

describe("within a time span", () => {
  test.each<Case>([
    ["in one order", "a b unordered @10", "a1 b2", ["a1 b2"]],
    ["in the other", "a b unordered @10", "b1 a2", ["b1 a2"]],
    ["all of them", "a b c unordered @10", "c1 a2 b3", ["c1 a2 b3"]],
    ["not all of them", "a b c unordered @10", "c1 a2 c3", []],
    ["to the very end", "a b unordered @10", "a1 b11", ["a1 b11"]],
    ["and no longer", "a b unordered @10", "a1 b12", []],
    ["the newest of them", "a b unordered @10", "a1 a2 b3", ["a2 b3"]],
    ["what made a group is used up, and what is older", "a b unordered @10", "a1 a2 b3 b4", ["a2 b3"]],
    ["again and again", "a b unordered @10", "a1 b2 b3 a4", ["a1 b2", "b3 a4"]],
    ["keys apart", "a b unordered @10", "x|a1 y|b2 y|a3", ["y|b2 y|a3"]],
    ["null joins with nothing", "a b unordered @10", "-|a1 -|b2", []],
    ["twice the same step", "a2 b unordered @10", "a1 b2 a3", ["a1 b2 a3"]],
    ["a step that must not occur does not", "a !b unordered @10", "a1 a20", ["a1", "a20"]],
    ["it does", "a !b unordered @10", "a1 b5", []],
    ["at the last moment", "a !b unordered @10", "a1 b11", []],
    ["too late", "a !b unordered @10", "a1 b12", ["a1"]],
    ["before the first event", "a !b unordered @10", "b1 a2", ["a2"]],
    ["between", "a b !c unordered @10", "a1 c2 b3", []],
    ["at the same time as the first", "a b !c unordered @10", "c1 a1 b3", []],
    ["until clears all", "a b ~c unordered @10", "a1 c2 b3", []],
  ])("%s", (_, plan, events, groups) => {
    expect(told(sequence(plan), events)).toEqual(groups);
  });
});

describe("samples: no time span", () => {
  test.each<Case>([
    ["however far apart", "a b unordered", "b1 a99999", ["b1 a99999"]],
    ["one for each key", "a b unordered", "a1 b2 a3 b4 y|b5 y|a6", ["a1 b2", "y|b5 y|a6"]],
  ])("%s", (_, plan, events, groups) => {
    expect(told(sequence(plan), events)).toEqual(groups);
  });
});

describe("an event is one step only", () => {
  const [a, b] = stream("a1 b2") as [ReturnType<typeof stream>[0], ReturnType<typeof stream>[0]];
  if (a === undefined || b === undefined) throw new Error("two samples");
  const alsoB = { ...a, step: 1 };
  const alsoA = { ...b, step: 0 };

  test("it alone is no group", () => {
    expect(run(sequence("a b unordered @10"), [alsoB, a]).groups).toEqual([]);
  });

  test.each([
    ["the first could be both", [alsoB, a, b]],
    ["the second could be both", [a, b, alsoA]],
    ["both could be both", [alsoB, a, b, alsoA]],
  ])("%s: one group", (_, samples) => {
    expect(run(sequence("a b unordered @10"), samples).groups.map((one) => one.events)).toEqual([["a1", "b2"]]);
  });
});
