import { expect, test } from "vitest";
import { parse } from "./parser.ts";

test.each([
  ['T | wher F == "a"', "kusto/unknown-operator", "Did you mean where?"],
  ['T | where F contain "a"', "kusto/unexpected", "Did you mean contains?"],
  ['T | where F == "a" AND G == "b"', "kusto/unexpected", "Write and in small letters."],
  [
    'T | where F not in ("a")',
    "kusto/unexpected",
    "Write !in, !has or !contains; a whole condition is negated by not(…).",
  ],
  ['T | where F == "a" G == "b"', "kusto/unexpected", undefined],
])("%s", (text, code, hint) => {
  expect(parse(text).diagnostics.map((one) => [one.code, one.hint])).toEqual([[code, hint]]);
});
