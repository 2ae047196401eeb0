import { describe, expect, test } from "vitest";
import type { NewTermsPlan } from "../../platforms/plan/plan.ts";
import { openDeadlines } from "./deadlines.ts";
import { openOperator, type StatefulPlan } from "./open-operator.ts";
import { randomFrom } from "./random.testing.ts";
import { run, type Sample, sequence, stream, threshold } from "./testing.ts";

const newTerms: NewTermsPlan = { type: "new_terms", flows: [], fields: [], window: "" };

describe("of too much the oldest is forgotten, and counted", () => {
  test.each([
    ["a sequence of the key touched longest ago", sequence("a b"), "x|a1 y|a2 z|a3 x|b4 z|b5", 4, ["z|a3 z|b5"], 2],
    ["a key touched again is not the oldest", sequence("a b"), "x|a1 y|a2 x|a3 z|a4 x|b5", 4, ["x|a3 x|b5"], 2],
    ["what waits for its end", sequence("a !b @99"), "x|a1 y|a2 z|a3", 4, ["y|a2", "z|a3"], 2],
    ["in any order", sequence("a b unordered"), "x|a1 y|a2 z|a3 x|b4 z|b5", 4, ["z|a3 z|b5"], 4],
    ["an event in a window that slides", threshold("events >= 3 @99"), "x|a1 y|a2 x|a3 x|a4", 2, [], 2],
    ["the window opened first", threshold("events >= 3 |99"), "x|a1 y|a2 x|a3 y|a4 y|a5", 4, ["y|a2 y|a4 y|a5"], 3],
    ["what happens to be enough", threshold("events >= 2 @99"), "x|a1 y|a2 x|a3", 3, ["x|a1 x|a3"], 0],
  ] as const)("%s", (_, plan, events, perRule, groups, evicted) => {
    const found = run(plan, stream(events), { perRule });
    expect(found.groups.map((one) => one.events.join(" "))).toEqual(groups);
    expect(found.evicted).toBe(evicted);
  });

  test("different values count, the same value once", () => {
    const plan = threshold("distinct > 9 |99");
    const limits = { perRule: 6, perHit: 1 };
    expect(run(plan, stream("a1=p a2=p a3=p a4=p a5=p a6=p"), limits).evicted).toBe(0);
    expect(run(plan, stream("a1=p a2=q a3=r a4=s a5=t a6=u"), limits).evicted).toBeGreaterThan(0);
  });
});

describe("late events count as far as the state reaches", () => {
  test.each([
    [
      "another key has an order of its own",
      sequence("a b @5"),
      "x|a100 y|a1 y|b2 x|b101",
      ["y|a1 y|b2", "x|a100 x|b101"],
    ],
    ["nothing follows what came after it", sequence("a b"), "a5 b3", []],
    ["an older start does not replace a newer one", sequence("a b"), "a5 a3 b6", ["a5 b6"]],
    ["an older end ends only what was before", sequence("a b ~c"), "a5 c3 b6", ["a5 b6"]],
    ["in a window that slides", threshold("events >= 3 @5"), "a10 a12 a11", ["a10 a11 a12"]],
    ["too late for it", threshold("events >= 3 @5"), "a10 a12 a1", []],
    ["of another key", threshold("events >= 2 @5"), "x|a100 y|a1 y|a2 x|a101", ["y|a1 y|a2", "x|a100 x|a101"]],
    ["in a window of its own", threshold("events >= 2 |10"), "a21 a1 a2", ["a1 a2"]],
    ["before a window that is open", threshold("events < 2 @10"), "a50 a1", ["a50"]],
    ["seen later is seen", newTerms, "a9=p a1=p", ["a9=p"]],
    ["in any order", sequence("a b unordered @5"), "a9 b7", ["b7 a9"]],
    ["too late to be together", sequence("a b unordered @5"), "a9 b3", []],
  ] as const)("%s", (_, plan, events, groups) => {
    expect(run(plan, stream(events)).groups.map((one) => one.events.join(" "))).toEqual(groups);
  });
});

/** Samples as nobody sends them: times that jump to and fro, few or very many keys, huge steps. */
function hostile(seed: number, length: number, keys: number): readonly Sample[] {
  const random = randomFrom(seed);
  let time = 0;
  return Array.from({ length }, (_, at): Sample => {
    time += Math.floor(random() * 20) - (random() < 0.1 ? 100 : 0);
    if (random() < 0.001) time = [-1e15, 0, 1e15, 0.5][Math.floor(random() * 4)] ?? 0;
    const value = `${Math.floor(random() * 5000)}`;
    const by = random() < 0.01 ? [null] : [`k${Math.floor(random() * keys)}`];
    const step = Math.floor(random() * 5);
    return { time, step, by, values: [value, value, value], ref: `${at >> (at % 3)}` };
  });
}

const plans: readonly (readonly [string, StatefulPlan])[] = [
  ...["a b c", "a b c ~d @500", "a5 b @900", "!a b !c d @300", "a !b @100000", "a b c unordered @300"].map(
    (text) => [text, sequence(text)] as const,
  ),
  ...["a2 b !c unordered @400", "a b unordered"].map((text) => [text, sequence(text)] as const),
  ...["events > 50 @1000", "distinct > 30 @1000", "sum > 90000 @800", "events < 3 @50", "p90 > 100 @9000"].map(
    (text) => [text, threshold(text)] as const,
  ),
  ...["distinct > 20 |1000", "events < 9 |100", "distinct < 99999", "events > 999999"].map(
    (text) => [text, threshold(text)] as const,
  ),
  ["new terms", newTerms],
];

describe("hostile streams leave no more than is allowed", () => {
  test.each(plans)("%s", (_, plan) => {
    for (const [keys, perRule] of [
      [3, 200],
      [100_000, 200],
      [50, 1],
    ] as const) {
      const operator = openOperator<string>(plan, { perRule, perHit: 10 });
      let most = 0;
      let named = 0;
      for (const one of hostile(keys, 15_000, keys)) {
        for (const group of operator.push(one)) named = Math.max(named, group.events.length);
        most = Math.max(most, operator.held());
      }
      for (const group of operator.finish()) named = Math.max(named, group.events.length);
      expect(most).toBeLessThanOrEqual(perRule);
      expect(named).toBeLessThanOrEqual(10);
    }
  });
});

test("what is called off does not stay until its deadline", () => {
  const deadlines = openDeadlines<{ deadline: number; alive: boolean }>();
  for (let at = 0; at < 20_000; at++) {
    const one = { deadline: 1e9 - at, alive: true };
    deadlines.add(one);
    if (at % 100 !== 0) deadlines.callOff(one);
  }
  expect(deadlines.size()).toBeLessThan(2000);
  const due = deadlines.due(1e10);
  expect(due).toHaveLength(200);
  expect(due.every((one, at) => at === 0 || one.deadline >= (due[at - 1]?.deadline ?? 0))).toBe(true);
});
