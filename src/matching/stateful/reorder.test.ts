import { describe, expect, test } from "vitest";
import { defaultReorder, openReorder } from "./reorder.ts";

function give(lateness: number, times: readonly number[], held = 100): readonly (readonly number[])[] {
  const buffer = openReorder<number>({ lateness, held });
  return [...times.map((one) => buffer.offer(one, one)), buffer.finish()];
}

describe("lateness", () => {
  test("Infinity: all at the end, in order", () => {
    expect(give(Number.POSITIVE_INFINITY, [3, 1, 2])).toEqual([[], [], [], [1, 2, 3]]);
  });

  test("what is older than the newest by more is given", () => {
    expect(give(5, [1, 4, 7, 10])).toEqual([[], [], [1], [4], [7, 10]]);
  });

  test("none: given when something newer comes", () => {
    expect(give(0, [1, 1, 2])).toEqual([[], [], [1, 1], [2]]);
  });
});

test("of the same time: as they arrived", () => {
  const buffer = openReorder<string>(defaultReorder);
  const names = Array.from({ length: 50 }, (_, at) => `${at}`);
  for (const one of names) buffer.offer(Number(one) % 2, one);
  const even = names.filter((one) => Number(one) % 2 === 0);
  expect(buffer.finish()).toEqual([...even, ...names.filter((one) => Number(one) % 2 === 1)]);
});

test("what is late is counted and given at once", () => {
  const buffer = openReorder<number>({ lateness: 2, held: 100 });
  expect([10, 20, 5].map((one) => buffer.offer(one, one))).toEqual([[], [10], [5]]);
  expect(buffer.late()).toBe(1);
  expect(buffer.finish()).toEqual([20]);
});

test("what is as old as the last that was given is not late", () => {
  const buffer = openReorder<number>({ lateness: 0, held: 100 });
  for (const one of [1, 2, 1]) buffer.offer(one, one);
  expect(buffer.late()).toBe(0);
});

test("too many: the oldest are given early, and counted", () => {
  const buffer = openReorder<number>({ lateness: Number.POSITIVE_INFINITY, held: 2 });
  expect([5, 3, 4, 1].map((one) => buffer.offer(one, one))).toEqual([[], [], [3], [1]]);
  expect(buffer.early()).toBe(1);
  expect(buffer.late()).toBe(1);
});

test("many in any order come in order", () => {
  const times = Array.from({ length: 5000 }, (_, at) => (at * 7919) % 4999);
  expect(give(Number.POSITIVE_INFINITY, times, 10_000).at(-1)).toEqual(times.toSorted((one, other) => one - other));
});
