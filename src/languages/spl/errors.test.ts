import { expect, test } from "vitest";
import { limits } from "../../kit/limits.ts";
import { parse } from "./index.ts";
import { complaints, condition, lowered } from "./testing.ts";

test.each<[string, readonly string[]]>([
  ["(a=1", ['error spl/unclosed-parenthesis "("']],
  ["a=1)", ['error spl/unopened-parenthesis ")"']],
  ["a=", ['error spl/missing-value "="']],
  ["=b", ['error spl/missing-field "="']],
  ["a=1 AND", ['error spl/missing-operand "AND"']],
  ["OR a=1", ['error spl/missing-operand "OR"']],
  ["NOT", ['error spl/missing-operand "NOT"']],
  ["f IN (a", ['error spl/unclosed-list "("']],
  ['f IN ("a". "b")', ['error spl/list-separator "."']],
  ['a="x', ['error spl/unclosed-string "\\""']],
  ["`m", ['error spl/unclosed-macro "`"']],
  ["[search a", ['error spl/unclosed-subsearch "["']],
  ["a ]", ['warning spl/stray-bracket "]"']],
  ["| | head", ['warning spl/empty-command ""']],
  ["a=1 |", ['warning spl/empty-command ""']],
  ["```x", ['error spl/unclosed-comment "`"', 'error spl/empty "```x"']],
  ["a=1 | where", ['error spl/missing-operand ""']],
  ["a=1 | where x y", ['error spl/unexpected "y"']],
  ["a=1 | where (x=1", ['error spl/unclosed-parenthesis "("']],
  ["a=1 | where f(x", ['error spl/unclosed-parenthesis "("']],
  ["a=1 | eval x", ['error spl/assignment "x"']],
  ["a=1 | eval =1", ['error spl/assignment "="']],
  ["a=1 | rename a", ['error spl/rename "a"']],
  ["a=1 | lookup", ['error spl/lookup ""']],
  ["a=1 | stats count(eval(x=))", ['error spl/missing-operand ""']],
  ["a=1 | -x", ['error spl/command-name "-x"']],
  ["a, b", ['warning spl/comma ","']],
  ["a=f(x)", ['warning spl/function-in-search "f(x)"']],
  ['x="a"b"c"', ['warning spl/quote-inside-string "b"']],
  ["a or b", ['warning spl/lower-case-operator "or"']],
  ["", ['error spl/empty ""']],
])("complains about %j", (text, expected) => {
  expect(complaints(text)).toEqual(expected);
});

test("recovers what is left", () => {
  expect(condition('f IN ("a". "b") g=1')).toBe('(and f eq~ "a" "b" g eq~ 1)');
  expect(condition("a=1 b= ) c=2")).toBe("(and a eq~ 1 <unreadable condition: b=> <unreadable condition: )> c eq~ 2)");
  expect(lowered("a=1 | where x y | stats count")).toEqual([
    "filter a eq~ 1",
    'opaque {"text":"where x y","reason":"unreadable command"}',
    "aggregate count() by ",
  ]);
});

test("refuses what is too long or too deep, and keeps it as text", () => {
  expect(parse("a".repeat(limits.length + 1)).diagnostics.map((one) => one.code)).toEqual(["spl/too-long"]);
  expect(complaints(`${"(".repeat(300)}a=1${")".repeat(300)}`)).toContain('error spl/too-deep "("');
  expect(complaints(`a=1 | where ${"(".repeat(300)}x=1${")".repeat(300)}`).join()).toContain("spl/too-deep");
  expect(complaints(`${"[search a ".repeat(300)}${"]".repeat(300)}`).join()).toContain("spl/too-deep");
  expect(parse("=".repeat(1000)).diagnostics.at(-1)?.code).toBe("spl/more");
  expect(parse("=".repeat(1000)).diagnostics).toHaveLength(100);
});

test("gives diagnostics a hint", () => {
  expect(parse('f IN ("a". "b")').diagnostics).toEqual([
    {
      code: "spl/list-separator",
      severity: "error",
      message: "A comma is expected between the values of a list.",
      span: { start: 9, end: 10 },
      hint: "Replace it by a comma.",
    },
  ]);
});
