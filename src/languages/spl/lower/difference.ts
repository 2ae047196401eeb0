import type { Span } from "../../../kit/span.ts";
import { conjoin, disjoin, negate } from "../../../rule/build.ts";
import type { Expression, Predicate } from "../../../rule/expression.ts";

/**
 * `a!=x` in a search, which needs the field (Splunk, Search Manual, "Difference between != and NOT"): without it the
 * comparison is unknown, and so is its negation. `a!=*` never holds ("Use fields to retrieve events").
 */
export function difference(equal: Expression, at: Span): Expression {
  if (equal.type !== "predicate" || equal.operator === "exists") return conjoin([equal, negate(equal, at)], at);
  return negate({ ...equal, missing: "unknown" }, at);
}

/** The predicate inside what `difference` made; null for anything else. */
function compared(one: Expression): Predicate | null {
  return one.type === "not" && one.operand.type === "predicate" && one.operand.missing !== undefined
    ? one.operand
    : null;
}

/**
 * A search is true or false, so that under NOT, or where it is used as a value, a difference has to be said as "the
 * field exists and is not x".
 */
export function settle(one: Expression, underNot: boolean): Expression {
  switch (one.type) {
    case "and":
    case "or": {
      const operands = one.operands.map((operand) => settle(operand, underNot));
      return one.type === "and" ? conjoin(operands, one.span) : disjoin(operands, one.span);
    }
    case "not": {
      const predicate = compared(one);
      if (predicate === null) return { ...one, operand: settle(one.operand, true) };
      if (!underNot) return one;
      const { missing: _unknown, ...plain } = predicate;
      return conjoin([{ ...plain, operator: "exists", values: [], raw: ["*"] }, negate(plain, one.span)], one.span);
    }
    case "predicate":
    case "opaque":
      return one;
    default:
      return one satisfies never;
  }
}
