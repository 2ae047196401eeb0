import type { Span } from "../../../kit/span.ts";
import { conjoin, disjoin, fieldRef, negate } from "../../../rule/build.ts";
import type { Expression as Condition } from "../../../rule/expression.ts";
import type { Expression } from "../ast.ts";
import { fieldTests } from "../functions.ts";
import type { Case, Scope } from "../scope.ts";
import { lowerCondition } from "./condition.ts";
import { type Constant, constant } from "./constant.ts";
import { type Home, type Lowering, place } from "./context.ts";
import { operandOf } from "./operand.ts";
import { bare, placed, sizeOf } from "./predicate.ts";

/** Conditions that are larger than this are not used a second time: chains of them would double at every step. */
export const maximumSize = 40;
const maximumCases = 12;

/** A boolean, or a choice between constants, as cases; null for any other expression. */
export function casesOf(expression: Expression, lowering: Lowering, scope: Scope): readonly Case[] | null {
  const found =
    expression.type === "call" ? callCases(expression, lowering, scope) : conditionCases(expression, lowering, scope);
  if (found === null || found.length > maximumCases) return null;
  const size = found.reduce((sum, { condition }) => sum + (condition === null ? 0 : sizeOf(condition)), 0);
  return size <= maximumSize ? found : null;
}

function conditionCases(expression: Expression, lowering: Lowering, scope: Scope): readonly Case[] | null {
  if ((expression.type === "and" || expression.type === "or") && expression.operands.length > maximumSize) return null;
  switch (expression.type) {
    case "and":
    case "or":
    case "comparison":
    case "membership":
    case "between":
    case "call": {
      const condition = lowerCondition(expression, lowering, scope);
      return [
        { condition, value: constant("boolean", true, "true") },
        { condition: null, value: constant("boolean", false, "false") },
      ];
    }
    default:
      return null;
  }
}

function callCases(
  expression: Extract<Expression, { type: "call" }>,
  lowering: Lowering,
  scope: Scope,
): readonly Case[] | null {
  if (expression.name === "not" || Object.hasOwn(fieldTests, expression.name))
    return conditionCases(expression, lowering, scope);
  if (expression.name !== "iff" && expression.name !== "iif" && expression.name !== "case") return null;
  const parts = expression.arguments.flatMap((one) => (one.type === "assignment" ? [] : [one]));
  if (parts.length % 2 === 0 || parts.length > 2 * maximumCases) return null;
  const cases: Case[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const [test, result] = at === parts.length - 1 ? [null, parts[at]] : [parts[at] ?? null, parts[at + 1]];
    const value = result === undefined ? null : operandOf(result, lowering, scope);
    if (value?.type !== "value" || value.constant.kind === "placeholder") return null;
    const condition = test === null ? null : settled(lowerCondition(test, lowering, scope));
    cases.push({ condition, value: value.constant });
  }
  return cases;
}

/** True or false and never null: a test that gives null leads to the other branch, as one that gives false does. */
export function settled(one: Condition, negated = false): Condition {
  switch (one.type) {
    case "and":
    case "or":
      return { ...one, operands: one.operands.map((operand) => settled(operand, negated)) };
    case "not":
      return { ...one, operand: settled(one.operand, !negated) };
    case "predicate": {
      const { missing, ...known } = one;
      if (missing === undefined) return one;
      if (!negated || one.field === null) return known;
      const others = one.operator.endsWith("_field") ? one.values.map((name) => fieldRef(String(name))) : [];
      const home = { at: null, origin: one.origin ?? null };
      const absent = [one.field, ...others].map((field) => bare(field, "is_null", one.span, home));
      return disjoin([known, ...absent], one.span);
    }
    case "opaque":
      return one;
    default:
      return one satisfies never;
  }
}

/**
 * When a choice has a value that is wanted; null where that is never or always so. `origin` is what holds a choice that
 * is made elsewhere.
 */
export function choiceCondition(
  cases: readonly Case[],
  isWanted: (value: Constant) => boolean,
  span: Span,
  home: Home,
  origin: string | null,
): Condition | null {
  const at = place(home, span);
  const before: Condition[] = [];
  const parts: Condition[] = [];
  for (const { condition, value } of cases) {
    const own = condition === null || origin === null ? condition : placed(condition, at, home.origin ?? origin);
    if (isWanted(value)) {
      const all = [...before.map((one) => negate(one, at)), ...(own === null ? [] : [own])];
      if (all.length === 0) return null;
      parts.push(conjoin(all, at));
    } else if (own !== null) before.push(own);
  }
  return parts.length === 0 ? null : disjoin(parts, at);
}
