import { expect, test } from "vitest";
import { parse } from "./parser.ts";

test.each([
  ['from a | WERE b == "c"', "esql/unknown-command", "Did you mean where?"],
  ['from a | filter b == "c"', "esql/unknown-command", "Commands are parted by `|`."],
  ["from a | where b == 'c'", "esql/expected-value", "Text stands in double quotes."],
  ["from a | where b ==", "esql/expected-value", undefined],
  ["from a | eval x = LENGHT(b)", "esql/unknown-function", "Did you mean length?"],
  ["from a | eval x = what(b)", "esql/unknown-function", undefined],
  ["from a | where b == 1 && c == 2", "esql/unexpected-text", "Write and."],
  ["from a | where b == 1 || c == 2", "esql/unexpected-text", "Write or."],
  ["from a | where (b == 1 || c == 2) | limit 5", "esql/unexpected-text", "Write or."],
  ['from a | where b CONTAINS "c"', "esql/unexpected-text", 'Write contains(field, "text").'],
  ['from a | where b startswith "c"', "esql/unexpected-text", 'Write starts_with(field, "text").'],
])("%s", (text, code, hint) => {
  expect(parse(text).diagnostics.map((one) => [one.code, one.hint])).toEqual([[code, hint]]);
});

test("two things were expected, one was", () => {
  const messages = (text: string): readonly string[] => parse(text).diagnostics.map((one) => one.message);
  expect(messages("from a | rename b c")[0]).toBe("`as` and the new name were expected here.");
  expect(messages("from a | where b == 1 c")).toEqual(["`|` or the end was expected here."]);
});
