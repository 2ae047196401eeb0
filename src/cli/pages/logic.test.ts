import { expect, test } from "vitest";
import { fieldRef } from "../../rule/build.ts";
import type { Predicate } from "../../rule/expression.ts";
import type { Stage } from "../../rule/logic.ts";
import { logicTree } from "./logic.ts";

const span = { start: 0, end: 1 };
const user: Predicate = {
  type: "predicate",
  field: fieldRef("user"),
  operator: "eq",
  values: ["root"],
  raw: ["root"],
  quantifier: "any",
  caseSensitive: true,
  span,
};

function lines(stage: Stage): readonly string[] {
  return logicTree({ stages: [stage] }, (_, text) => text, "")
    .trimEnd()
    .split("\n");
}

test("a count of some events says which", () => {
  const functions = [
    { function: "count", field: null, as: "roots", filter: user },
    { function: "dc", field: "src", as: null },
  ];
  expect(lines({ type: "aggregate", functions, by: ["host"], span })).toEqual([
    "aggregate count() where user eq root as roots, dc(src) by host",
  ]);
});

test("a threshold on a count names it", () => {
  const condition = { ...user, field: fieldRef("roots"), operator: "gt", values: [3], raw: ["3"] } as const;
  expect(lines({ type: "threshold", by: ["host"], operator: "gt", count: 3, condition, span })).toEqual([
    "threshold events gt 3 by host (as roots)",
  ]);
});

test("a limit says from which end, a sample how much", () => {
  expect(lines({ type: "order", kind: "limit", by: [], count: 5, from: "end", span })).toEqual([
    "order limit 5 from the end",
  ]);
  expect(lines({ type: "order", kind: "sample", by: [], count: 0.1, span })).toEqual(["order sample 0.1"]);
});

test("queries of a rule stand under their titles", () => {
  const branches = ["DeviceEvents", "Syslog"].map((name) => ({
    stages: [{ type: "source", kind: "table", names: [name], span } as const],
  }));
  expect(lines({ type: "union", branches, titles: ["Defender XDR", null], span })).toEqual([
    "union",
    "  branch 1 (Defender XDR)",
    "    source table DeviceEvents",
    "  branch 2",
    "    source table Syslog",
  ]);
});
