import { expect, test } from "vitest";
import { fieldRef } from "../../rule/build.ts";
import type { Predicate } from "../../rule/expression.ts";
import type { Stage } from "../../rule/logic.ts";
import { Stages } from "./stages.tsx";

const span = { start: 0, end: 1 };

function is(field: string, value: string | number): Predicate {
  return {
    type: "predicate",
    field: fieldRef(field),
    operator: "eq",
    values: [value],
    raw: [String(value)],
    quantifier: "any",
    caseSensitive: true,
    span,
  };
}

/** The words of the stages, without tags. */
function words(...stages: readonly Stage[]): string {
  const drawn = String(<Stages logic={{ stages }} reading={{ lineOf: () => null, sayCase: false }} />);
  return drawn
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&gt;", ">")
    .replace(/\s+/g, " ")
    .trim();
}

test("a count of some events says which", () => {
  const count = { function: "count", field: null, as: "roots", filter: is("user", "root") };
  const distinct = { function: "dc", field: "src", as: null };
  expect(words({ type: "aggregate", functions: [count, distinct], by: ["host"], span })).toBe(
    "Count count as roots where user eq root dc(src) by host",
  );
  expect(words({ type: "aggregate", functions: [distinct], by: [], span })).toBe("Count dc(src)");
});

test("a threshold on a count names it", () => {
  const threshold = { type: "threshold", by: ["host"], operator: "gt", count: 3, span } as const;
  expect(words({ ...threshold, condition: is("roots", 3) })).toBe(
    "Only if the number of events > 3 for each host as roots",
  );
  expect(words({ ...threshold, distinct: "src", window: "5m" })).toBe(
    "Only if distinct values of src > 3 for each host within 5m",
  );
});

test.each([
  [{ kind: "limit", count: 5 }, "Limit first 5"],
  [{ kind: "limit", count: 5, from: "end" }, "Limit last 5"],
  [{ kind: "sample", count: 0.1 }, "Sample 10.0 % at random"],
  [{ kind: "sample", count: 20 }, "Sample 20 at random"],
  [{ kind: "sort" }, "Sort"],
] as const)("%j", (order, expected) => {
  expect(words({ type: "order", by: [], ...order, span })).toBe(expected);
});

test("queries of a rule stand under their titles", () => {
  const branch = (name: string) => ({ stages: [{ type: "source", kind: "table", names: [name], span } as const] });
  const branches = [branch("DeviceEvents"), branch("Syslog")];
  expect(words({ type: "union", branches, titles: ["Defender XDR", null], span })).toBe(
    "Any of these Defender XDR From DeviceEvents table Part 2 From Syslog table",
  );
  expect(words({ type: "union", branches, span })).toContain("Part 1 From DeviceEvents");
});

test("joins that choose among the events say how, others their kind", () => {
  const join = (kind: string) => words({ type: "join", kind, on: ["host"], logic: { stages: [] }, span });
  expect([join("semi"), join("anti"), join("leftouter")]).toEqual([
    "Only with on host",
    "Without on host",
    "Join leftouter on host",
  ]);
});

test("sources that are no table say what they are", () => {
  const source = (kind: "rows" | "external" | "function") => words({ type: "source", kind, names: ["x"], span });
  expect([source("rows"), source("external"), source("function")]).toEqual([
    "From x rows in the query itself",
    "From x fetched when the query runs",
    "From x saved function",
  ]);
});
