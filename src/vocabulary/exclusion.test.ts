import { expect, test } from "vitest";
import { conjoin, disjoin, fieldRef, negate } from "../rule/build.ts";
import type { Expression, Predicate } from "../rule/expression.ts";
import { exclusionLines, type MeaningOf, plainText } from "./exclusion.ts";

const at = { start: 0, end: 0 };

function is(field: string, ...values: readonly string[]): Predicate {
  return {
    type: "predicate",
    field: fieldRef(field),
    operator: "eq",
    values,
    raw: values,
    quantifier: "any",
    caseSensitive: false,
    span: at,
  };
}

/** A path that ends in a base name means that name, as in the vocabulary. */
const meaningOf: MeaningOf = (predicate, value) => {
  const text = String(value);
  const name = /^[A-Z]:.*\\/i.test(text) ? text : text.replace(/^.*\\/, "");
  const raw = predicate.field?.raw ?? null;
  return { field: raw === "unknown" ? null : raw, operator: "eq", value: name.toLowerCase(), spelling: text };
};

const meanings = (expression: Expression): readonly string[] =>
  exclusionLines(expression, meaningOf).map((one) => one.meaning);
const texts = (expression: Expression): readonly string[] =>
  exclusionLines(expression, meaningOf).map((one) => plainText(one.pieces));

test("equal exclusions have equal lines, whatever their order and spelling", () => {
  const one = conjoin([is("a", "X", "y"), disjoin([is("b", "v"), is("c", "w")], at)], at);
  const two = conjoin([disjoin([is("c", "W"), is("b", "V")], at), is("a", "Y", "\\x")], at);
  expect(meanings(one)).toEqual(["(b eq v or c eq w)", "a eq x, y"]);
  expect(meanings(two)).toEqual(meanings(one));
  expect(texts(two)).toEqual(["(c eq W or b eq V)", "a eq Y, \\x"]);
});

test("what must be false inside an exclusion is said", () => {
  expect(meanings(conjoin([is("a", "x"), negate(is("b", "y"), at)], at))).toEqual(["a eq x", "not b eq y"]);
});

test("other values, fields and quantifiers stay apart", () => {
  expect(meanings(is("a", "x"))).not.toEqual(meanings(is("a", "x", "y")));
  expect(meanings(is("a", "x"))).not.toEqual(meanings(is("b", "x")));
  expect(meanings(is("a", "x", "y"))).not.toEqual(meanings({ ...is("a", "x", "y"), quantifier: "all" }));
  expect(meanings({ ...is("a", "x"), encoding: ["wide"] })).not.toEqual(meanings(is("a", "x")));
});

test("fields and operators stand apart in what people read", () => {
  const [line] = exclusionLines(is("a", "x"), meaningOf);
  expect(line?.pieces).toEqual([{ field: "a" }, " ", { operator: "eq" }, " x"]);
  expect(texts({ ...is("a"), operator: "exists" })).toEqual(["a exists"]);
});

test("a name that is no field of the vocabulary, and a keyword, are text", () => {
  const pieces = (predicate: Predicate) => exclusionLines(predicate, meaningOf)[0]?.pieces;
  expect(pieces(is("unknown", "x"))).toEqual(["unknown", " ", { operator: "eq" }, " x"]);
  expect(pieces({ ...is("unknown"), operator: "exists" })).toEqual(["unknown", " ", { operator: "exists" }]);
  expect(pieces({ ...is("a", "x"), field: null })).toEqual(["(any field)", " ", { operator: "eq" }, " x"]);
});
