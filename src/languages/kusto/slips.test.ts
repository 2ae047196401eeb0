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
  ['T | where F in ("a"; "b")', "kusto/expected", "Put commas between the values."],
  ['T | where F == "a" && G == "b"', "kusto/bad-character", "Write and."],
  ['T | where F == "a" || G == "b"', "kusto/bad-character", "Write or."],
])("%s", (text, code, hint) => {
  expect(parse(text).diagnostics.map((one) => [one.code, one.hint])).toEqual([[code, hint]]);
});

test.each([
  ['T | where (F == "a" and (G == "b" or H == "c") | take 1', [10]],
  ["T | where F in ('a', 'b' | take 1", [15]],
  ["T | where F in ('a', 'b' | take 1; U", [15]],
  ["T | where f(g(h(F", [15]],
  ["T | extend a = b[0", [16]],
  ["let f = (x:string) { T | take 1", [19]],
  ["T | where f(a ] )", [14]],
])("a bracket that nothing closes is pointed at: %s", (text, places) => {
  expect(parse(text).diagnostics.map(({ span }) => span.start)).toEqual(places);
});
