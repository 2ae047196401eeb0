import { expect, test } from "vitest";
import type { Logic, Stage } from "./logic.ts";
import { outputFieldsOf } from "./output-fields.ts";

const span = { start: 0, end: 1 };
const keep = (...fields: readonly string[]): Stage => ({ type: "project", mode: "keep", fields, span });
const drop = (...fields: readonly string[]): Stage => ({ type: "project", mode: "drop", fields, span });
const derive = (field: string): Stage => ({ type: "derive", field, text: "x", fields: [], span });
const count: Stage = {
  type: "aggregate",
  functions: [{ function: "count", field: null, as: null }],
  by: ["user"],
  span,
};
const rename = (from: string, to: string): Stage => ({
  type: "project",
  mode: "rename",
  fields: [],
  renames: [{ from, to }],
  span,
});

test.each<readonly [string, Logic["stages"], readonly string[]]>([
  ["whole events", [derive("x")], []],
  ["what is kept last", [keep("a", "b"), keep("b")], ["b"]],
  ["groups and results of an aggregate", [keep("a"), count], ["user", "count"]],
  ["what is computed after", [keep("a"), derive("x"), derive("a")], ["a", "x"]],
  ["what is not dropped, under its last name", [keep("a", "b"), drop("a"), rename("b", "c")], ["c"]],
  [
    "what any branch hands over, once",
    [{ type: "union", branches: [{ stages: [keep("a", "b")] }, { stages: [keep("b", "c")] }], span }],
    ["a", "b", "c"],
  ],
])("%s", (_, stages, expected) => {
  expect(outputFieldsOf({ stages })).toEqual(expected);
});
