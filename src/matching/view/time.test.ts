import { expect, test } from "vitest";
import { readTime } from "./time.ts";

const at = Date.UTC(2024, 0, 2, 3, 4, 5, 678);
const second = Date.UTC(2024, 0, 2, 3, 4, 5);

test.each([
  ["2024-01-02T03:04:05.678Z", at],
  ["2024-01-02T03:04:05.6789012Z", at],
  ["2024-01-02T03:04:05.678901234Z", at],
  ["2024-01-02 03:04:05.678", at],
  ["2024-01-02 03:04:05,678", at],
  ["2024-01-02T04:04:05.678+01:00", at],
  ["2024-01-01T22:04:05.678-0500", at],
  ["2024-01-02 03:04:05.678 UTC", at],
  ["2024-01-02T03:04:05Z", second],
  ["2024-01-02", Date.UTC(2024, 0, 2)],
  ["  2024-01-02T03:04:05Z ", second],
  [1704164645, second],
  [1704164645.678, at],
  [1704164645678, at],
  [1704164645678000, at],
  [1704164645678000000, at],
  ["1704164645.678", at],
  ["1704164645678", at],
  ["1704164645678901234", at],
  // Ticks of 100 nanoseconds since 1601.
  ["133486382456780000", at],
  [133486382456780000, at],
  ["/Date(1704164645678)/", at],
  ["audit(1704164645.678:42)", at],
  ["1/2/2024, 3:04:05.678 AM", at],
  ["01/02/2024 03:04:05 AM", second],
  ["1/2/2024 3:04:05 PM", second + 12 * 3_600_000],
  ["1/2/2024 12:04:05 AM", second - 3 * 3_600_000],
  ["02/Jan/2024:03:04:05 +0000", second],
  ["02/Jan/2024:05:04:05 +0200", second],
  ["Tue, 02 Jan 2024 03:04:05 GMT", second],
] as const)("%j is a time", (text, expected) => {
  expect(readTime(text)).toBe(expected);
});

test.each([
  // Nothing says which year it is.
  "Jan  2 03:04:05",
  "",
  "now",
  "-",
  "2024-13-02T03:04:05Z",
  "2024-01-02T25:04:05Z",
  "02/Foo/2024:03:04:05 +0000",
  "1",
  "12345",
  12345,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  undefined,
  true,
  {},
  [],
  "9".repeat(100),
  "/Date(x)/",
])("%j is none", (text) => {
  expect(readTime(text)).toBeNull();
});

test.each([
  ["s", 1704164645],
  ["ms", 1704164645000],
  ["us", 1704164645000000],
  ["ns", 1704164645000000000],
] as const)("a number of %s", (unit, value) => {
  expect(readTime(value, unit)).toBe(second);
  expect(readTime(String(value), unit)).toBe(second);
});

test("a number whose unit is known may be small", () => {
  expect(readTime(60, "s")).toBe(60_000);
});
