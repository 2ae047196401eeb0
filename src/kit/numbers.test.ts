import { expect, test } from "vitest";
import { counted, formatNumber } from "./numbers.ts";

test("a count agrees with its noun", () => {
  expect([0, 1, 2, 1234].map((value) => counted(value, "rule"))).toEqual([
    "0 rules",
    "1 rule",
    "2 rules",
    "1,234 rules",
  ]);
  expect([1, 2].map((value) => counted(value, "index", "indices"))).toEqual(["1 index", "2 indices"]);
});

test("thousands are told apart", () => {
  expect(formatNumber(1_234_567)).toBe("1,234,567");
});
