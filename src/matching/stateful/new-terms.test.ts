import { expect, test } from "vitest";
import type { NewTermsPlan } from "../../platforms/plan/plan.ts";
import { whyNotRun } from "./open-operator.ts";
import { run, stream, told } from "./testing.ts";

function plan(window: string): NewTermsPlan {
  return { type: "new_terms", flows: [], fields: [], window };
}

test.each([
  ["the first of all", "10ms", "a1=p", ["a1=p"]],
  ["not the second", "10ms", "a1=p a2=p", ["a1=p"]],
  ["another value", "10ms", "a1=p a2=q", ["a1=p", "a2=q"]],
  ["seen at the first moment of the window", "10ms", "a1=p a11=p", ["a1=p"]],
  ["seen before the window", "10ms", "a1=p a12=p", ["a1=p", "a12=p"]],
  ["each sight counts", "10ms", "a1=p a9=p a18=p", ["a1=p"]],
  ["no value", "10ms", "a1=- a2=-", []],
  ["no window: never before", "", "a1=p a99999=p", ["a1=p"]],
])("%s", (_, window, events, groups) => {
  expect(told(plan(window), events)).toEqual(groups);
});

test("a combination of values", () => {
  const samples = stream("a1 a2 a3").map((one, at) => ({ ...one, values: at === 1 ? ["p", "r"] : ["p", "q"] }));
  expect(run(plan("now-14d"), samples).groups.map((one) => one.by)).toEqual([
    ["p", "q"],
    ["p", "r"],
  ]);
});

test("what was forgotten is new once more, and counted", () => {
  const { groups, evicted } = run(plan("1h"), stream("a1=p a2=q a3=r a4=p"), { perRule: 2 });
  expect(groups.map((one) => one.events[0])).toEqual(["a1=p", "a2=q", "a3=r", "a4=p"]);
  expect(evicted).toBe(2);
});

test("a window that is none", () => {
  expect(whyNotRun(plan("some time"))).toBe("Its history window was not understood.");
});
