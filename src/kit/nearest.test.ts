import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const ids = ["T1133", "T1113", "T1134", "T1134.001", "T1059", "T1059.001", "T1205"];

test.each([
  ["T1131", ["T1133", "T1134", "T1113"]],
  ["T1059.01", ["T1059.001"]],
  ["1133", ["T1133", "T1113", "T1134"]],
  ["T9", []],
  ["phishing", []],
  ["T".repeat(100_000), []],
])("%s", (word, expected) => {
  expect(nearest(word, ids)).toEqual(expected);
});
