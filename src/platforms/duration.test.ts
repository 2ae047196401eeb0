import { expect, test } from "vitest";
import { durationSeconds, parseDuration, shortDuration } from "./duration.ts";

test.each([
  ["5m", 300],
  ["15 minutes", 900],
  ["span=1h", 3600],
  ["now-14d", 1_209_600],
  ["bin(TimeGenerated, 10m)", 600],
  ["2w", 1_209_600],
  ["500ms", 1],
  ["30sec", 30],
])("%s is %i seconds", (text, seconds) => {
  const duration = parseDuration(text);
  expect(duration === null ? null : durationSeconds(duration)).toBe(seconds);
});

test.each(["", "soon", "0m", "1h and 5m", "5 parsecs"])("%s is no time span", (text) => {
  expect(parseDuration(text)).toBeNull();
});

test("the short form is that of most languages", () => {
  expect(shortDuration({ amount: 5, unit: "minute" })).toBe("5m");
});
