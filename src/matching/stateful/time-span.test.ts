import { expect, test } from "vitest";
import { keyOf } from "./group-key.ts";
import { timeSpan } from "./time-span.ts";

test.each([
  ["5m", 300_000],
  ["500ms", 500],
  ["1M", 2_592_000_000],
  ["1y", 31_536_000_000],
  ["2w", 1_209_600_000],
  ["now-14d", 1_209_600_000],
  ["now-4w", 2_419_200_000],
  ["by 30m", 1_800_000],
  ["by day", 86_400_000],
  ["every hour", 3_600_000],
  ["5m after $login", 300_000],
  ["10 minutes", 600_000],
  ["soon", null],
  ["0s", null],
  ["", null],
])("%s", (text, milliseconds) => {
  expect(timeSpan(text)).toBe(milliseconds);
});

test("different values have different keys", () => {
  const lists = [
    ["a"],
    [null],
    ["-;"],
    ["1:a;"],
    ["a", "b"],
    ["a;1:b"],
    ["a", null],
    ["a", "-;"],
    [],
    ["", ""],
    [""],
    ["a;b", "c"],
    ["a", "b;c"],
  ];
  expect(new Set(lists.map(keyOf)).size).toBe(lists.length);
});
