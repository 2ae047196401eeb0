import { expect, test } from "vitest";
import { fieldRef } from "../../rule/build.ts";
import type { Operator, Predicate, Value } from "../../rule/expression.ts";
import { Tree } from "./tree.tsx";

function drawn(operator: Operator, ...values: readonly Value[]): string {
  const predicate: Predicate = {
    type: "predicate",
    field: fieldRef("F"),
    operator,
    values,
    raw: values.map(String),
    quantifier: "any",
    caseSensitive: true,
    span: { start: 0, end: 1 },
  };
  return String(<Tree expression={predicate} reading={{ lineOf: () => null, sayCase: true }} />);
}

test("case is spoken of where letters are compared, and nowhere else", () => {
  expect(drawn("eq", "cmd.exe")).toContain("case matters");
  expect(drawn("eq", 4688, "x")).toContain("case matters");
  expect(drawn("eq_field")).toContain("case matters");
  expect(drawn("eq", 4688)).not.toContain("case matters");
  expect(drawn("gt", "ago(2d)")).not.toContain("case matters");
  expect(drawn("exists")).not.toContain("case matters");
});
