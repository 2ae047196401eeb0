import { describe, expect, test } from "vitest";
import { openOperator, whyNotRun } from "./open-operator.ts";
import { defaultLimits } from "./operator.ts";
import { run, type Sample, sequence, stream, told } from "./testing.ts";

type Case = readonly [what: string, plan: string, stream: string, groups: readonly string[]];

describe("one sequence in each state, newer over older", () => {
  test.each<Case>([
    ["two steps", "a b", "a1 b2", ["a1 b2"]],
    ["the wrong order", "a b", "b1 a2", []],
    ["a step twice: the newer counts", "a b", "a1 a2 b3", ["a2 b3"]],
    ["what is used up is gone", "a b", "a1 b2 b3", ["a1 b2"]],
    ["one after the other", "a b", "a1 b2 a3 b4", ["a1 b2", "a3 b4"]],
    ["what stands between is nothing", "a b", "a1 c2 b3", ["a1 b3"]],
    ["three steps", "a b c", "a1 b2 c3", ["a1 b2 c3"]],
    ["three steps, one left out", "a b c", "a1 c2 b3", []],
    ["a newer one takes the second state over", "a b c", "a1 b2 a3 b4 c5", ["a3 b4 c5"]],
    ["a first event alone does not", "a b c", "a1 b2 a3 c4", ["a1 b2 c4"]],
    ["a second event alone does not", "a b c", "a1 b2 b3 c4", ["a1 b2 c4"]],
    ["the rest goes on", "a b c", "a1 b2 a3 c4 b5 c6", ["a1 b2 c4", "a3 b5 c6"]],
    ["keys have states of their own", "a b", "x|a1 y|a2 y|b3 x|b4", ["y|a2 y|b3", "x|a1 x|b4"]],
    ["keys that differ", "a b", "x|a1 y|b2", []],
    ["null joins with nothing", "a b", "-|a1 -|b2", []],
    ["no key at all", "a b apart", "|a1 |b2", ["|a1 |b2"]],
    ["the same time: as they arrive", "a b", "a1 b1", ["a1 b1"]],
    ["the same time the other way", "a b", "b1 a1", []],
  ])("%s", (_, plan, events, groups) => {
    expect(told(sequence(plan), events)).toEqual(groups);
  });
});

describe("maxspan counts from the first event", () => {
  test.each<Case>([
    ["to the very end", "a b @10", "a1 b11", ["a1 b11"]],
    ["and no longer", "a b @10", "a1 b12", []],
    ["not from step to step", "a b c @10", "a1 b9 c12", []],
    ["what fails is used up", "a b @10", "a1 b12 b13", []],
    ["a newer first event is a new start", "a b @10", "a1 a8 b12", ["a8 b12"]],
  ])("%s", (_, plan, events, groups) => {
    expect(told(sequence(plan), events)).toEqual(groups);
  });
});

describe("until ends what has begun", () => {
  test.each<Case>([
    ["between", "a b ~c", "a1 c2 b3", []],
    ["behind", "a b ~c", "a1 b2 c3", ["a1 b2"]],
    ["before", "a b ~c", "c1 a2 b3", ["a2 b3"]],
    ["a new start", "a b ~c", "a1 c2 a3 b4", ["a3 b4"]],
    ["of its own key only", "a b ~c", "x|a1 y|c2 x|b3", ["x|a1 x|b3"]],
    ["in every state", "a b c ~d", "a1 b2 a3 d4 c5 b6 c7", []],
  ])("%s", (_, plan, events, groups) => {
    expect(told(sequence(plan), events)).toEqual(groups);
  });

  const [a, b] = stream("a1 b2") as [Sample, Sample];
  const ended = (one: Sample): Sample => ({ ...one, step: 2 });
  test.each([
    ["the last step completes first", [a, b, ended(b)], 1],
    ["however its occurrences come", [a, ended(b), b], 1],
    ["an earlier step does not go on", [a, ended(a), b], 0],
    ["however its occurrences come, too", [ended(a), a, b], 0],
  ])("an event that is a step and the end: %s", (_, samples, count) => {
    expect(run(sequence("a b ~c"), samples).groups).toHaveLength(count);
  });
});

describe("runs", () => {
  test.each<Case>([
    ["so many times", "a3", "a1 a2 a3", ["a1 a2 a3"]],
    ["too few", "a3", "a1 a2", []],
    ["they overlap as they would if the step were written so often", "a3", "a1 a2 a3 a4", ["a1 a2 a3", "a2 a3 a4"]],
    ["then another", "a2 b", "a1 a2 b3", ["a1 a2 b3"]],
    ["the newest before it", "a2 b", "a1 a2 a3 b4", ["a2 a3 b4"]],
    ["after another", "a b2", "a1 b2 b3", ["a1 b2 b3"]],
    ["within the span", "a3 @10", "a1 a5 a12 a13 a14", ["a5 a12 a13", "a12 a13 a14"]],
  ])("%s", (_, plan, events, groups) => {
    expect(told(sequence(plan), events)).toEqual(groups);
  });
});

describe("missing events", () => {
  test.each<Case>([
    ["in between: not there", "a !b c @10", "a1 c2", ["a1 c2"]],
    ["in between: there", "a !b c @10", "a1 b2 c3", []],
    ["in between, before", "a !b c @10", "b1 a2 c3", ["a2 c3"]],
    ["in between, behind", "a !b c @10", "a1 c2 b3", ["a1 c2"]],
    ["in between, at the same time as a step", "a !b c @10", "a1 b1 c3", ["a1 c3"]],
    ["in between, at the same time as the next step", "a !b c @10", "a1 b3 c3", ["a1 c3"]],
    ["one between and one at the same time", "a !b c @10", "a1 b2 b3 c3", []],
    ["in between without a span", "a !b c", "a1 b2 c3 a4 c5", ["a4 c5"]],
    ["a spoilt sequence takes the place of an older one", "a !b c d @20", "a1 c2 a3 b4 c5 d6", []],
    ["of its own key only", "a !b c @10", "x|a1 y|b2 x|c3", ["x|a1 x|c3"]],
    ["at the end: not there", "a !b @10", "a1 a20", ["a1", "a20"]],
    ["at the end: there", "a !b @10", "a1 b5", []],
    ["at the end: there at the last moment", "a !b @10", "a1 b11", []],
    ["at the end: too late", "a !b @10", "a1 b12", ["a1"]],
    ["at the end: at the same time", "a !b @10", "a1 b1", ["a1"]],
    ["at the end: the span counts from the first event", "a b !c @10", "a1 b8 c12", ["a1 b8"]],
    ["at the end: one of two", "a !b @10", "a1 a4 b13", ["a1"]],
    ["at the beginning: not there", "!a b @10", "b5", ["b5"]],
    ["at the beginning: there", "!a b @10", "a1 b5", []],
    ["at the beginning: at the first moment", "!a b @10", "a1 b11", []],
    ["at the beginning: long ago", "!a b @10", "a1 b12", ["b12"]],
    ["at the beginning: at the same time", "!a b @10", "a5 b5", ["b5"]],
    ["at the beginning: the span counts to the last event", "!a b c @10", "a1 b5 c12", ["b5 c12"]],
    ["on both sides: nothing", "!a b !c @10", "b5", ["b5"]],
    ["on both sides: one side is free", "!a b !c @10", "a1 b5", ["b5"]],
    ["on both sides: the other side is free", "!a b !c @10", "b5 c6", ["b5"]],
    ["on both sides: room enough", "!a b !c @10", "a1 b5 c12", ["b5"]],
    ["on both sides: no room", "!a b !c @10", "a1 b5 c11", []],
  ])("%s", (_, plan, events, groups) => {
    expect(told(sequence(plan), events)).toEqual(groups);
  });

  test("are told as soon as time has gone on", () => {
    const operator = openOperator<string>(sequence("a !b @10"), defaultLimits);
    for (const one of stream("a1")) expect(operator.push(one)).toEqual([]);
    expect(operator.advance(11)).toEqual([]);
    expect(operator.advance(12)).toMatchObject([{ events: ["a1"] }]);
    expect(operator.finish()).toEqual([]);
  });
});

test.each([
  ["no step that happens", "!a @10"],
  ["nothing to wait for at the end", "a !b"],
  ["nothing to wait for at the beginning", "!a b"],
  ["nothing to wait for in any order", "a !b c unordered"],
])("not run: %s", (_, plan) => {
  expect(whyNotRun(sequence(plan))).toMatch(/\.$/u);
  expect(() => openOperator(sequence(plan), defaultLimits)).toThrow();
});

test("an event never follows itself", () => {
  const [one] = stream("a1");
  const both = [1, 0].map((step) => ({ ...(one as NonNullable<typeof one>), step }));
  expect(run(sequence("a b"), both).groups).toEqual([]);
  expect(run(sequence("a b"), both.toReversed()).groups).toEqual([]);
});
