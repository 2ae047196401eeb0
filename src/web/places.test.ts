import { expect, test } from "vitest";
import type { RuleQueryAnswer } from "../catalog/queries/answers.ts";
import { span } from "../kit/span.ts";
import type { Predicate } from "../rule/expression.ts";
import type { Logic } from "../rule/logic.ts";
import { placesOf } from "./places.ts";

function predicate(start: number, end: number): Predicate {
  const field = { raw: "a", canonical: null };
  return {
    type: "predicate",
    field,
    operator: "eq",
    values: ["b"],
    raw: ["b"],
    quantifier: "any",
    caseSensitive: false,
    span: span(start, end),
  };
}

function filter(one: Predicate, origin?: string): Logic["stages"][number] {
  return { type: "filter", expression: one, span: one.span, ...(origin === undefined ? {} : { origin }) };
}

function query(role: RuleQueryAnswer["role"], offset: number | null): RuleQueryAnswer {
  return { role, title: null, language: "eql", outcome: "parsed", text: "", line: 1, offset };
}

const raw = "x".repeat(100);

test("spans of one query are moved to where it stands", () => {
  const one = predicate(2, 5);
  const places = placesOf({ raw, logic: { stages: [filter(one)] }, queries: [query("main", 10)] });
  expect(places.get(one)).toEqual({ start: 12, end: 15, negated: false });
});

test("several main queries are the branches of a union", () => {
  const [one, two] = [predicate(0, 4), predicate(0, 4)];
  const branches = [{ stages: [filter(one)] }, { stages: [filter(two)] }];
  const logic: Logic = { stages: [{ type: "union", branches, span: span(0, 4) }] };
  const places = placesOf({ raw, logic, queries: [query("main", 10), query("main", 50)] });
  expect([places.get(one)?.start, places.get(two)?.start]).toEqual([10, 50]);
});

test("filters and the threat side have queries of their own", () => {
  const [main, filtered, threat] = [predicate(0, 4), predicate(1, 4), predicate(2, 4)];
  const logic: Logic = {
    stages: [
      filter(main),
      filter(filtered, "filter 2"),
      { type: "join", kind: "threat match", on: [], logic: { stages: [filter(threat)] }, span: span(0, 4) },
    ],
  };
  const queries = [query("main", 0), query("filter", 20), query("filter", 40), query("threat", 60)];
  const places = placesOf({ raw, logic, queries });
  expect([main, filtered, threat].map((one) => places.get(one)?.start)).toEqual([0, 41, 62]);
});

test("filters of the threat side do not count from where its query stands", () => {
  const [asked, filtered] = [predicate(0, 4), predicate(1, 4)];
  const sides = (stages: Logic["stages"]): Logic => ({
    stages: [{ type: "join", kind: "threat match", on: [], logic: { stages }, span: span(0, 4) }],
  });
  const queries = [query("main", 0), query("threat", 60), query("threat", null)];
  const places = placesOf({ raw, logic: sides([filter(asked), filter(filtered)]), queries });
  expect([places.get(asked)?.start, places.get(filtered)]).toEqual([60, undefined]);
  expect(placesOf({ raw, logic: sides([filter(filtered)]), queries }).size).toBe(0);
});

test("a query that does not stand there letter for letter, or ends beyond the text, gives no place", () => {
  const [unplaced, beyond] = [predicate(0, 4), predicate(90, 120)];
  expect(placesOf({ raw, logic: { stages: [filter(unplaced)] }, queries: [query("main", null)] }).size).toBe(0);
  expect(placesOf({ raw, logic: { stages: [filter(beyond)] }, queries: [query("main", 0)] }).size).toBe(0);
});

test("what stands under a not is left out", () => {
  const one = predicate(4, 8);
  const stage = { type: "filter", expression: { type: "not", operand: one, span: one.span }, span: one.span } as const;
  expect(placesOf({ raw, logic: { stages: [stage] }, queries: [query("main", 0)] }).get(one)?.negated).toBe(true);
});
