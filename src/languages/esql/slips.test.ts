import { expect, test } from "vitest";
import { parse } from "./parser.ts";

test.each([
  ['from a | WERE b == "c"', "esql/unknown-command", "Did you mean where?"],
  ['from a | filter b == "c"', "esql/unknown-command", "Commands are parted by `|`."],
  ["from a | where b == 'c'", "esql/expected-value", "Text stands in double quotes."],
  ["from a | where b ==", "esql/expected-value", undefined],
])("%s", (text, code, hint) => {
  expect(parse(text).diagnostics.map((one) => [one.code, one.hint])).toEqual([[code, hint]]);
});
