import { describe, expect, test } from "vitest";
import { span } from "../../kit/span.ts";
import { selects } from "../../languages/reference-evaluator.ts";
import type { Expression, Predicate } from "../../rule/expression.ts";
import { twoValued } from "./two-valued.ts";

const here = span(0, 0);

function asks(field: string, missing: boolean): Predicate {
  const plain: Predicate = {
    type: "predicate",
    field: { raw: field, canonical: null },
    operator: "eq",
    values: ["1"],
    raw: ["1"],
    quantifier: "any",
    caseSensitive: false,
    span: here,
  };
  return missing ? { ...plain, missing: "unknown" } : plain;
}

/** Every tree of two predicates up to two operators deep, with "unknown" in none, one or both. */
function trees(): readonly Expression[] {
  const leaves = [true, false].flatMap((a) => [true, false].map((b) => [asks("a", a), asks("b", b)] as const));
  return leaves.flatMap(([a, b]) => {
    const not = (operand: Expression): Expression => ({ type: "not", operand, span: here });
    const pairs = (["and", "or"] as const).flatMap((type): readonly Expression[] =>
      [a, not(a)].flatMap((one) =>
        [b, not(b)].map((other): Expression => ({ type, operands: [one, other], span: here })),
      ),
    );
    return [a, not(a), not(not(a)), ...pairs, ...pairs.map(not), ...pairs.map((one) => not(not(one)))];
  });
}

const events = [undefined, "1", "2"].flatMap((a) =>
  [undefined, "1", "2"].map((b) => ({ ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) })),
);

function hasUnknown(expression: Expression): boolean {
  return JSON.stringify(expression).includes('"missing"');
}

describe("a condition that is never unknown", () => {
  test("selects what the three-valued one selects, for every event", () => {
    let compared = 0;
    for (const tree of trees()) {
      const plain = twoValued(tree);
      expect(hasUnknown(plain)).toBe(false);
      for (const event of events) {
        const of = (expression: Expression): boolean =>
          selects({ stages: [{ type: "filter", expression, span: here }] }, event);
        expect(of(plain), JSON.stringify({ tree, event })).toBe(of(tree));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(900);
  });

  test("stays as it is where nothing is unknown", () => {
    const tree: Expression = { type: "not", operand: asks("a", false), span: here };
    expect(twoValued(tree)).toBe(tree);
  });
});
