import { expect, test } from "vitest";
import { csvHeader } from "./csv-header.ts";

test.each([
  ["a,b,c", ["a", "b", "c"]],
  ["a, b , c", ["a", "b", "c"]],
  ['"a","_b",c', ["a", "_b", "c"]],
  ['"a,b",c', ["a,b", "c"]],
  ['"say ""a""",b', ['say "a"', "b"]],
  ['a,"b,c', ["a", "b,c"]],
  ["a,,b,", ["a", "", "b", ""]],
  ["", [""]],
])("%j names %j", (line, names) => {
  expect(csvHeader(line)).toEqual(names);
});
