import { expect, test } from "vitest";
import { span } from "../../kit/span.ts";
import type { Expression, Operator, Value } from "../../rule/expression.ts";
import { maximumWays, type Selectors, waysThrough } from "./facts.ts";

const place = span(0, 0);
const selectors: Selectors = {
  fields: new Set(["EventID", "Provider", "ScriptBlockText"]),
  single: new Set(["EventID"]),
  present: new Set(["ScriptBlockText"]),
};

function is(raw: string, operator: Operator, values: readonly Value[], quantifier: "any" | "all" = "any"): Expression {
  const field = { raw, canonical: null };
  return {
    type: "predicate",
    field,
    operator,
    values,
    raw: values.map(String),
    quantifier,
    caseSensitive: false,
    span: place,
  };
}

const all = (...operands: readonly Expression[]): Expression => ({ type: "and", operands, span: place });
const any = (...operands: readonly Expression[]): Expression => ({ type: "or", operands, span: place });
const not = (operand: Expression): Expression => ({ type: "not", operand, span: place });

/** `EventID: 1, 2` a way. */
function ways(expression: Expression): readonly string[] {
  return waysThrough(expression, selectors).map(({ asked, refused }) =>
    [
      ...[...asked].map(([field, values]) => `${field}: ${values.join(", ")}`),
      ...[...refused].map(([field, values]) => `not ${field}: ${values.join(", ")}`),
    ].join("; "),
  );
}

test.each<readonly [string, Expression, readonly string[]]>([
  ["one id", is("EventID", "eq", [4688]), ["EventID: 4688"]],
  ["several ids", is("EventID", "eq", [1, 3]), ["EventID: 1, 3"]],
  ["ids in alternatives become one way", any(is("EventID", "eq", [1]), is("EventID", "eq", [3])), ["EventID: 1, 3"]],
  [
    "an alternative without an id leaves it open",
    any(is("EventID", "eq", [1]), is("Image", "eq", ["a"])),
    ["EventID: 1", ""],
  ],
  ["other fields do not count", all(is("EventID", "eq", [1]), is("Image", "eq", ["a"])), ["EventID: 1"]],
  [
    "a provider belongs to the ids beside it",
    any(
      all(is("EventID", "eq", [1]), is("Provider", "eq", ["a"])),
      all(is("EventID", "eq", [2]), is("Provider", "eq", ["b"])),
    ),
    ["EventID: 1; Provider: a", "EventID: 2; Provider: b"],
  ],
  ["two ids at once never occur", all(is("EventID", "eq", [1]), is("EventID", "eq", [2])), []],
  ["what both allow stays", all(is("EventID", "eq", [1, 2]), is("EventID", "eq", [2, 3])), ["EventID: 2"]],
  ["all of several ids never occur", is("EventID", "eq", [1, 2], "all"), []],
  [
    "patterns may have a value in common",
    all(is("EventID", "starts_with", ["a"]), is("EventID", "ends_with", ["z"])),
    ["EventID: a*"],
  ],
  [
    "an id within a pattern is the narrower",
    all(is("EventID", "starts_with", ["a"]), is("EventID", "eq", ["ab"])),
    ["EventID: ab"],
  ],
  ["a negated id is refused", not(is("EventID", "eq", [1])), ["not EventID: 1"]],
  [
    "a refused id is taken out",
    all(is("EventID", "eq", [1, 2]), not(is("EventID", "eq", [1]))),
    ["EventID: 2; not EventID: 1"],
  ],
  ["an id asked for and refused never occurs", all(is("EventID", "eq", [1]), not(is("EventID", "eq", [1]))), []],
  ["twice negated is asked for", not(not(is("EventID", "eq", [1]))), ["EventID: 1"]],
  [
    "a negated alternative refuses both",
    not(any(is("EventID", "eq", [1]), is("EventID", "eq", [2]))),
    ["not EventID: 1, 2"],
  ],
  ["presence needs no values", is("ScriptBlockText", "contains", ["x", "y"]), ["ScriptBlockText: *"]],
  [
    "a plain regular expression is its alternatives",
    is("EventID", "regex_match", ["^(4624|4625)$"]),
    ["EventID: 4624, 4625"],
  ],
  ["any other is open", is("EventID", "regex_match", ["46[0-9]+"]), ["EventID: *"]],
  ["ranges say nothing", is("EventID", "gt", [4000]), [""]],
])("%s", (_, expression, expected) => {
  expect(ways(expression)).toEqual(expected);
});

test("a long list stays one way", () => {
  const ids = Array.from({ length: 500 }, (_, index) => is("EventID", "eq", [index]));
  expect(waysThrough(any(...ids), selectors)).toHaveLength(1);
});

test("ways that multiply are capped", () => {
  const pair = (name: string): Expression =>
    any(all(is("EventID", "exists", []), is("Provider", "eq", [`${name}1`])), is("Provider", "eq", [`${name}2`]));
  const many = all(...Array.from({ length: 30 }, (_, index) => pair(`p${index}`)));
  const found = waysThrough(many, selectors);
  expect(found.length).toBeGreaterThan(1);
  expect(found.length).toBeLessThanOrEqual(maximumWays);
});

test("what many ways share is kept when they are too many", () => {
  const one = (index: number): Expression => all(is("EventID", "eq", [index]), is("Provider", "eq", [`p${index}`]));
  const found = waysThrough(any(...Array.from({ length: 2000 }, (_, index) => one(index))), selectors);
  expect(found).toHaveLength(1);
  expect(found[0]?.asked.get("EventID")).toHaveLength(2000);
});
