import { describe, expect, test } from "vitest";
import { span } from "../../kit/span.ts";
import type { Expression, Predicate } from "../../rule/expression.ts";
import type { Values } from "../../vocabulary/values/values.ts";
import type { Vocabulary } from "../../vocabulary/vocabulary.ts";
import type { LogPlace } from "../log-sources/tables.ts";
import type { Condition, Dialect } from "../platform.ts";
import { type Writing, writeCondition } from "./write-condition.ts";

const here = span(0, 0);
const place: LogPlace = { from: [], where: {}, context: {}, has: [], lacks: [], unlisted: {}, says: {}, source: "" };

/** Writes a test as the name of its field. */
const dialect: Dialect = {
  missing: "false",
  and: "and",
  or: "or",
  not: (operand) => `not ${operand}`,
  takesSeveral: () => true,
  test: ({ field }) => ({ text: field?.name ?? "", binds: "atom" }),
};

/** A place that has every field but those whose names begin with `lost`. */
const writing: Writing = {
  dialect,
  names: {
    vocabulary: { field: () => null, formsOf: () => [] } as unknown as Vocabulary,
    find: (canonical) =>
      canonical.startsWith("lost") ? null : { name: canonical, canonical, type: "keyword", listed: true },
    supply: () => null,
  },
  values: {} as Values,
  schema: null,
  context: {},
  place,
  system: null,
  regex: "pcre",
};

function asks(canonical: string): Predicate {
  const field = { raw: canonical, canonical };
  return {
    type: "predicate",
    field,
    operator: "eq",
    values: ["1"],
    raw: ["1"],
    quantifier: "any",
    caseSensitive: false,
    span: here,
  };
}

type Truths = Readonly<Record<string, boolean>>;

function holds(expression: Expression, truths: Truths): boolean {
  switch (expression.type) {
    case "and":
      return expression.operands.every((one) => holds(one, truths));
    case "or":
      return expression.operands.some((one) => holds(one, truths));
    case "not":
      return !holds(expression.operand, truths);
    case "predicate":
      return truths[expression.field?.raw ?? ""] === true;
    default:
      throw new Error(expression.type);
  }
}

function finds(condition: Condition, truths: Truths): boolean {
  switch (condition.type) {
    case "and":
      return condition.operands.every((one) => finds(one, truths));
    case "or":
      return condition.operands.some((one) => finds(one, truths));
    case "not":
      return !finds(condition.operand, truths);
    case "written":
      return truths[condition.written.text] === true;
    default:
      return condition satisfies never;
  }
}

/** Trees over three fields, one of which is lost, up to two junctions and any negation. */
function trees(): readonly Expression[] {
  const leaves = ["a", "b", "lost"].map(asks);
  const not = (operand: Expression): Expression => ({ type: "not", operand, span: here });
  const signed = leaves.flatMap((one) => [one, not(one)]);
  const join = (left: readonly Expression[], right: readonly Expression[]): readonly Expression[] =>
    left.flatMap((one) =>
      right.flatMap((other) =>
        (["and", "or"] as const).map((type): Expression => ({ type, operands: [one, other], span: here })),
      ),
    );
  const pairs = join(signed, signed);
  const deep = join(
    pairs.flatMap((one) => [one, not(one)]),
    signed,
  );
  return [...signed, ...pairs, ...pairs.map(not), ...deep];
}

const events: readonly Truths[] = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => ({
  a: (bits & 1) > 0,
  b: (bits & 2) > 0,
  lost: (bits & 4) > 0,
}));

describe("a condition with a part that cannot be said", () => {
  test("is none, and without that part it misses nothing that the rule finds", () => {
    let broadened = 0;
    for (const tree of trees()) {
      const { condition, broader, report } = writeCondition(writing, tree);
      const whole = !report.some((one) => one.verdict === "lost");
      expect(condition !== null).toBe(whole);
      if (broader === null) continue;
      if (!whole) broadened++;
      for (const event of events) {
        if (whole) expect(finds(broader, event)).toBe(holds(tree, event));
        else if (holds(tree, event)) expect(finds(broader, event), JSON.stringify({ tree, event })).toBe(true);
      }
    }
    expect(broadened).toBeGreaterThan(100);
  });
});
