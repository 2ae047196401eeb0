import { expect, test } from "vitest";
import { against } from "./limit.ts";
import { median, quantile } from "./statistics.ts";

test("quantiles by the nearest rank", () => {
  const sample = [5, 1, 4, 2, 3];
  expect([median(sample), quantile(sample, 0.99), quantile(sample, 0), median([7]), median([1, 2])]).toEqual([
    3, 5, 1, 7, 1,
  ]);
  expect(median([])).toBeNaN();
});

test("a value next to its limit", () => {
  expect([against(3.456, 4, "×"), against(16.04, 15, "ms"), against(437.2, 700, "MB")]).toEqual([
    "3.46 of 4 × (kept)",
    "16.0 of 15 ms (BROKEN)",
    "437 of 700 MB (kept)",
  ]);
});
