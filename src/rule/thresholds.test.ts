import { expect, test } from "vitest";
import { span } from "../kit/span.ts";
import type { Predicate } from "./expression.ts";
import type { Aggregation, Logic, Stage } from "./logic.ts";
import { predicatesOf } from "./predicates.ts";
import { withThresholds } from "./thresholds.ts";

const at = span(0, 10);

function aggregate(functions: readonly Aggregation[], window?: string): Stage {
  return { type: "aggregate", functions, by: ["src"], span: at, ...(window === undefined ? {} : { window }) };
}

function condition(raw: string, operator: Predicate["operator"], value: number | string, computed = true): Predicate {
  const derivedFrom = { kind: "computed", text: raw, fields: [] } as const;
  return {
    type: "predicate",
    field: { raw, canonical: null, ...(computed ? { derivedFrom } : {}) },
    operator,
    values: [value],
    raw: [String(value)],
    quantifier: "any",
    caseSensitive: true,
    span: at,
  };
}

function sketch(logic: Logic): readonly string[] {
  return withThresholds(logic).stages.map((stage) => {
    if (stage.type === "filter") return `filter ${predicatesOf({ stages: [stage] }).uses.length}`;
    if (stage.type !== "threshold") return stage.type;
    const { operator, count, by, distinct, window } = stage;
    return `threshold ${distinct ?? "events"} ${operator} ${count} by ${by.join()} in ${window ?? "-"}`;
  });
}

const count: Aggregation = { function: "count", field: null, as: null };
const users: Aggregation = { function: "dc", field: "user", as: "users" };

test("a filter on a count becomes a threshold with the groups and window of its aggregate", () => {
  const filter: Stage = { type: "filter", expression: condition("count", "gt", 5), span: at };
  expect(sketch({ stages: [aggregate([count], "5m"), filter] })).toEqual([
    "aggregate",
    "threshold events gt 5 by src in 5m",
  ]);
});

test("what else the filter asks for stays a filter, and the condition is kept as a derived predicate", () => {
  const operands = [condition("users", "ge", "3"), condition("src", "eq", "x", false)];
  const logic: Logic = {
    stages: [aggregate([count, users]), { type: "filter", expression: { type: "and", operands, span: at }, span: at }],
  };
  expect(sketch(logic)).toEqual(["aggregate", "filter 1", "threshold user ge 3 by src in -"]);
  expect(predicatesOf(withThresholds(logic)).uses.map((one) => [one.predicate.field?.raw, one.derived])).toEqual([
    ["src", false],
    ["users", true],
  ]);
});

test("no threshold: an alternative, a source field of the same name, another aggregate, no number", () => {
  const either: Stage = {
    type: "filter",
    expression: { type: "or", operands: [condition("count", "gt", 5), condition("count", "lt", 2)], span: at },
    span: at,
  };
  const plain: Stage = { type: "filter", expression: condition("count", "gt", 5, false), span: at };
  const text: Stage = { type: "filter", expression: condition("count", "gt", "many"), span: at };
  expect(sketch({ stages: [aggregate([count]), either, plain, text] })).toEqual([
    "aggregate",
    "filter 2",
    "filter 1",
    "filter 1",
  ]);
  const longest: Stage = { type: "filter", expression: condition("max", "gt", 5), span: at };
  expect(sketch({ stages: [aggregate([{ function: "max", field: "x", as: null }]), longest] })).toEqual([
    "aggregate",
    "filter 1",
  ]);
});

test("branches, joins, steps and what ends a sequence are looked into", () => {
  const inner: Logic = {
    stages: [aggregate([count]), { type: "filter", expression: condition("count_", "eq", 1), span: at }],
  };
  const made = withThresholds({
    stages: [
      { type: "union", branches: [inner], span: at },
      { type: "join", kind: "inner", on: [], logic: inner, span: at },
      {
        type: "sequence",
        ordered: true,
        by: [],
        steps: [{ logic: inner, by: [], runs: 1, missing: false, span: at }],
        until: { logic: inner, by: [], runs: 1, missing: false, span: at },
        span: at,
      },
    ],
  });
  expect(JSON.stringify(made).match(/"type":"threshold"/gu)?.length).toBe(4);
});
