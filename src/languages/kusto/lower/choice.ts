import type { Span } from "../../../kit/span.ts";
import { conjoin, disjoin, negate } from "../../../rule/build.ts";
import type { Expression as Condition } from "../../../rule/expression.ts";
import type { Expression } from "../ast.ts";
import type { Case, Scope } from "../scope.ts";
import { lowerCondition } from "./condition.ts";
import { type Constant, constant } from "./constant.ts";
import { type Home, type Lowering, place } from "./context.ts";
import { operandOf } from "./operand.ts";
import { placed, sizeOf } from "./predicate.ts";

/** Conditions that are larger than this are not remembered: chains of them would double at every step. */
const maximumSize = 40;
const maximumCases = 12;

/** A boolean, or a choice between constants, as cases; null for any other expression. */
export function casesOf(expression: Expression, lowering: Lowering, scope: Scope): readonly Case[] | null {
  const found =
    expression.type === "call" ? callCases(expression, lowering, scope) : conditionCases(expression, lowering, scope);
  if (found === null || found.length > maximumCases) return null;
  const size = found.reduce((sum, { condition }) => sum + (condition === null ? 0 : sizeOf(condition)), 0);
  return size <= maximumSize ? found : null;
}

const booleanCalls: ReadonlySet<string> = new Set(["not", "isempty", "isnotempty", "isnull", "isnotnull"]);

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
  if (booleanCalls.has(expression.name)) return conditionCases(expression, lowering, scope);
  if (expression.name !== "iff" && expression.name !== "iif" && expression.name !== "case") return null;
  const parts = expression.arguments.flatMap((one) => (one.type === "assignment" ? [] : [one]));
  if (parts.length % 2 === 0 || parts.length > 2 * maximumCases) return null;
  const cases: Case[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const [test, result] = at === parts.length - 1 ? [null, parts[at]] : [parts[at] ?? null, parts[at + 1]];
    const value = result === undefined ? null : operandOf(result, lowering, scope);
    if (value?.type !== "value" || value.constant.kind === "placeholder") return null;
    cases.push({ condition: test === null ? null : lowerCondition(test, lowering, scope), value: value.constant });
  }
  return cases;
}

/** When a choice has a value that is wanted; null where that is never or always so. */
export function choiceCondition(
  cases: readonly Case[],
  isWanted: (value: Constant) => boolean,
  span: Span,
  home: Home,
  origin: string,
): Condition | null {
  const at = place(home, span);
  const before: Condition[] = [];
  const parts: Condition[] = [];
  for (const { condition, value } of cases) {
    const own = condition === null ? null : placed(condition, at, home.origin ?? origin);
    if (isWanted(value)) {
      const all = [...before.map((one) => negate(one, at)), ...(own === null ? [] : [own])];
      if (all.length === 0) return null;
      parts.push(conjoin(all, at));
    } else if (own !== null) before.push(own);
  }
  return parts.length === 0 ? null : disjoin(parts, at);
}
