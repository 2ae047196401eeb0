import { describe, expect, test } from "vitest";
import { openOperator } from "./open-operator.ts";
import { defaultLimits } from "./operator.ts";
import { run, stream, threshold, told } from "./testing.ts";

type Case = readonly [what: string, plan: string, stream: string, groups: readonly string[]];

describe("windows that slide", () => {
  test.each<Case>([
    ["so many", "events >= 3 @10", "a1 a2 a3", ["a1 a2 a3"]],
    ["too few", "events >= 3 @10", "a1 a2", []],
    ["more than so many", "events > 2 @10", "a1 a2 a3", ["a1 a2 a3"]],
    ["to the very end", "events >= 2 @10", "a1 a11", ["a1 a11"]],
    ["and no longer", "events >= 2 @10", "a1 a12", []],
    ["over every boundary of the clock", "events >= 3 @10", "a8 a9 a11", ["a8 a9 a11"]],
    ["told once while it goes on", "events >= 2 @10", "a1 a2 a3 a4", ["a1 a2"]],
    ["again when all of the last time is gone", "events >= 2 @10", "a1 a2 a7 a12 a13", ["a1 a2", "a7 a12 a13"]],
    ["not when it is not true again", "events >= 3 @10", "a1 a2 a3 a13 a14", ["a1 a2 a3"]],
    ["again when it was false and is true", "events >= 2 @10", "a1 a2 a13 a14", ["a1 a2", "a13 a14"]],
    ["keys apart", "events >= 2 @10", "x|a1 y|a2 x|a3", ["x|a1 x|a3"]],
    ["without a key: in no group", "events >= 2 @10", "-|a1 -|a2", []],
    ["different values", "distinct >= 2 @10", "a1=p a2=p a3=q", ["a1=p a2=p a3=q"]],
    ["a value that left does not count", "distinct >= 2 @10", "a1=p a12=q", []],
    ["a value that is there twice stays when one leaves", "distinct >= 2 @10", "a1=p a5=p a12=q", ["a5=p a12=q"]],
    ["an event without a value counts for none", "distinct >= 2 @10", "a1=p a2=- a3=p", []],
    ["a sum", "sum >= 10 @10", "a1=4 a2=5 a3=1", ["a1=4 a2=5 a3=1"]],
    ["a sum of what is there", "sum >= 10 @10", "a1=9 a12=1", []],
    ["what is no number counts for nothing", "sum >= 10 @10", "a1=9 a2=many a3=1.5", ["a1=9 a2=many a3=1.5"]],
    ["a greatest value", "greatest > 8 @10", "a1=3 a2=9", ["a1=3 a2=9"]],
    ["a least value", "least < 2 @10", "a1=3 a2=1", ["a1=3 a2=1"]],
    ["both conditions", "events >= 3 and distinct >= 2 @10", "a1=p a2=p a3=p a4=q", ["a1=p a2=p a3=p a4=q"]],
  ])("%s", (_, plan, events, groups) => {
    expect(told(threshold(plan), events)).toEqual(groups);
  });
});

describe("what more events can make false waits for the end of the window, which begins with the first event", () => {
  test.each<Case>([
    ["fewer than so many", "events < 3 @10", "a1 a2", ["a1 a2"]],
    ["not fewer", "events < 3 @10", "a1 a2 a3", []],
    ["at most", "events <= 2 @10", "a1 a2 a20", ["a1 a2", "a20"]],
    ["exactly", "events = 2 @10", "a1 a2 a20 a21 a22", ["a1 a2"]],
    ["a range", "events > 1 and events <= 3 @10", "a1 a2 a3 a20 x|a21 x|a22 x|a23 x|a24", ["a1 a2 a3"]],
    ["the window ends with its last moment", "events = 2 @10", "a1 a11 a12", ["a1 a11"]],
    ["few different values", "distinct < 2 @10", "a1=p a2=p", ["a1=p a2=p"]],
    ["an average", "average > 3 @10", "a1=9 a2=1", ["a1=9 a2=1"]],
    ["an average that falls", "average > 6 @10", "a1=9 a2=1", []],
    ["a median", "p50 >= 4 @10", "a1=1 a2=4 a3=9", ["a1=1 a2=4 a3=9"]],
    ["a median between two", "p50 = 2.5 @10", "a1=1 a2=4", ["a1=1 a2=4"]],
    ["a percentile", "p90 > 8 @10", "a1=1 a2=1 a3=1 a4=10 a5=10", ["a1=1 a2=1 a3=1 a4=10 a5=10"]],
    ["a least value above a limit", "least > 2 @10", "a1=3 a2=4", ["a1=3 a2=4"]],
    ["no number at all", "average >= 0 @10", "a1=- a2=x", []],
  ])("%s", (_, plan, events, groups) => {
    expect(told(threshold(plan), events)).toEqual(groups);
  });

  test("is told when time has gone on", () => {
    const operator = openOperator<string>(threshold("events < 3 @10"), defaultLimits);
    for (const one of stream("a1")) expect(operator.push(one)).toEqual([]);
    expect(operator.advance(11)).toEqual([]);
    expect(operator.advance(12)).toMatchObject([{ events: ["a1"], count: 1, measured: [1] }]);
  });
});

describe("windows that the clock cuts", () => {
  test.each<Case>([
    ["side by side", "events >= 2 |10", "a8 a9 a11 a12", ["a8 a9", "a11 a12"]],
    ["not over a boundary", "events >= 2 |10", "a9 a10", []],
    ["the end belongs to the next", "events >= 2 |10", "a0 a9", ["a0 a9"]],
    ["told once in a window", "events >= 2 |10", "a1 a2 a3 a4", ["a1 a2"]],
    ["few", "events < 3 |10", "a1 a2 a11 a12 a13 a21", ["a1 a2", "a21"]],
    ["a sum", "sum > 5 |10", "a1=3 a2=3 a11=4", ["a1=3 a2=3"]],
    ["an average", "average > 5 |10", "a1=3 a2=9 a11=4", ["a1=3 a2=9"]],
    ["keys apart", "events >= 2 |10", "x|a1 y|a2 y|a3", ["y|a2 y|a3"]],
  ])("%s", (_, plan, events, groups) => {
    expect(told(threshold(plan), events)).toEqual(groups);
  });
});

test("a window that the clock cuts ends with the next one", () => {
  const operator = openOperator<string>(threshold("events < 3 |10"), defaultLimits);
  for (const one of stream("a1")) expect(operator.push(one)).toEqual([]);
  expect(operator.advance(9)).toEqual([]);
  expect(operator.advance(10)).toMatchObject([{ events: ["a1"] }]);
});

describe("without a window all events are one", () => {
  test.each<Case>([
    ["told when it is true, once", "events >= 2", "a1 a90000 a90001 a90002", ["a1 a90000"]],
    ["or at the end", "events < 3", "a1 a90000", ["a1 a90000"]],
    ["keys apart", "distinct > 1", "x|a1=p y|a2=q x|a3=q", ["x|a1=p x|a3=q"]],
  ])("%s", (_, plan, events, groups) => {
    expect(told(threshold(plan), events)).toEqual(groups);
  });
});

test("a group of what has no value, where the language has it", () => {
  expect(run(threshold("events >= 2 @10", { absentGroups: true }), stream("-|a1 -|a2")).groups).toMatchObject([
    { by: [null], events: ["-|a1", "-|a2"] },
  ]);
});

test("what was counted is told", () => {
  const plan = threshold("distinct >= 2 and sum > 3 @10");
  expect(run(plan, stream("a1=1 a2=1 a3=2")).groups).toMatchObject([{ count: 3, measured: [2, 4] }]);
});

test("times among the fields that group are the window", () => {
  const by = [
    { raw: "bin", canonical: "@timestamp" },
    { raw: "f", canonical: null },
  ];
  const samples = stream("x|a1 x|a2").map((one) => ({ ...one, by: [String(one.time), "x"] }));
  expect(run(threshold("events >= 2 |10", { by }), samples).groups).toMatchObject([{ by: [null, "x"], count: 2 }]);
});

test("only the newest events are named", () => {
  const { groups } = run(threshold("events >= 4 @10"), stream("a1 a2 a3 a4"), { perHit: 2 });
  expect(groups).toMatchObject([{ events: ["a3", "a4"], count: 4 }]);
});
