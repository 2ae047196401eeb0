import { describe, expect, test } from "vitest";
import { conjoin, disjoin, fieldRef, negate, opaque } from "./build.ts";
import type { Expression, Predicate } from "./expression.ts";
import type { Logic } from "./logic.ts";
import { predicatesOf } from "./predicates.ts";

const at = { start: 0, end: 1 };

function is(value: string): Predicate {
  return {
    type: "predicate",
    field: fieldRef("f"),
    operator: "eq",
    values: [value],
    raw: [value],
    quantifier: "any",
    caseSensitive: false,
    span: at,
  };
}

function filtering(expression: Expression): Logic {
  return { stages: [{ type: "filter", expression, span: at }] };
}

function groups(expression: Expression): readonly (readonly [string, boolean, number | null])[] {
  return predicatesOf(filtering(expression)).uses.map((use) => [
    String(use.predicate.values[0]),
    use.negated,
    use.exclusionGroup,
  ]);
}

describe("exclusion groups", () => {
  test("not (A and B) takes out one thing", () => {
    expect(groups(conjoin([is("s"), negate(conjoin([is("a"), is("b")], at), at)], at))).toEqual([
      ["s", false, null],
      ["a", true, 0],
      ["b", true, 0],
    ]);
  });

  test("not (A or B) takes out two", () => {
    expect(groups(negate(disjoin([is("a"), conjoin([is("b"), is("c")], at)], at), at))).toEqual([
      ["a", true, 0],
      ["b", true, 1],
      ["c", true, 1],
    ]);
  });

  test("an exception inside an exclusion belongs to it, with its own polarity", () => {
    expect(groups(negate(conjoin([is("a"), negate(is("b"), at)], at), at))).toEqual([
      ["a", true, 0],
      ["b", false, 0],
    ]);
  });

  test("that a value is not empty is no exclusion, unless more must hold with it", () => {
    expect(groups(negate(is(""), at))).toEqual([["", true, null]]);
    expect(groups(negate(conjoin([is(""), is("a")], at), at))).toEqual([
      ["", true, 0],
      ["a", true, 0],
    ]);
  });

  test("not not A is no exclusion", () => {
    expect(groups(negate(negate(is("a"), at), at))).toEqual([["a", false, null]]);
    expect(groups(negate(negate(negate(is("a"), at), at), at))).toEqual([["a", true, 0]]);
  });
});

test("a step that must not occur takes out what it selects, and so does until", () => {
  const step = (expression: Expression, missing = false) => ({
    logic: filtering(expression),
    by: [],
    runs: 1,
    missing,
    span: at,
  });
  const { uses, exclusions } = predicatesOf({
    stages: [
      {
        type: "sequence",
        ordered: true,
        by: [],
        steps: [step(is("a")), step(disjoin([is("b"), negate(is("c"), at)], at), true)],
        until: step(is("d")),
        span: at,
      },
    ],
  });
  expect(uses.map((use) => [use.predicate.values[0], use.negated, use.exclusionGroup])).toEqual([
    ["a", false, null],
    ["b", true, 0],
    ["c", false, null],
    ["d", true, 1],
  ]);
  expect(exclusions).toHaveLength(2);
});

test("nodes and opaque parts are counted everywhere, also inside sequences and joins", () => {
  const hole = opaque("?", "unknown function", at);
  const step = { logic: filtering(conjoin([is("a"), hole], at)), by: [], runs: 1, missing: false, span: at };
  const logic: Logic = {
    stages: [
      { type: "sequence", ordered: true, by: [], steps: [step], span: at },
      { type: "join", kind: "inner", on: [], logic: filtering(negate(is("b"), at)), span: at },
      { type: "opaque", text: "| fit x", reason: "command fit", span: at },
    ],
  };
  const { nodes, opaque: holes, uses, exclusions } = predicatesOf(logic);
  expect(nodes).toBe(6);
  expect(holes.map((one) => one.reason)).toEqual(["unknown function", "command fit"]);
  expect(uses.map((use) => use.stage)).toEqual([0, 1]);
  expect(exclusions.map((one) => one.stage)).toEqual([1]);
});

test("the other side of an anti join is left out", () => {
  const join = (kind: string): Logic => ({
    stages: [{ type: "join", kind, on: [], logic: filtering(conjoin([is("a"), is("b")], at)), span: at }],
  });
  expect(predicatesOf(join("anti")).uses.map((use) => [use.negated, use.exclusionGroup])).toEqual([
    [true, 0],
    [true, 0],
  ]);
  expect(predicatesOf(join("semi")).uses.map((use) => [use.negated, use.exclusionGroup])).toEqual([
    [false, null],
    [false, null],
  ]);
});
