import { conjoin, disjoin, negate } from "../../../rule/build.ts";
import type { Expression as Condition, Predicate } from "../../../rule/expression.ts";
import { normalForm, tidy } from "../../../rule/pattern.ts";
import type { Comparison, Expression } from "../ast.ts";
import { printExpression } from "../print.ts";
import type { Scope } from "../scope.ts";
import { subjectOf } from "./comparison.ts";
import { lowerCondition } from "./condition.ts";
import { type Lowering, originOf, place } from "./context.ts";
import { operandOf } from "./operand.ts";

/** The condition of search and find: a bare text is looked for in all columns, and `*` at its ends opens it. */
export function lowerSearchCondition(
  expression: Expression,
  caseSensitive: boolean,
  lowering: Lowering,
  scope: Scope,
): Condition {
  const at = place(lowering.home, expression.span);
  const inner = (one: Expression): Condition => lowerSearchCondition(one, caseSensitive, lowering, scope);
  switch (expression.type) {
    case "and":
      return conjoin(expression.operands.map(inner), at);
    case "or":
      return disjoin(expression.operands.map(inner), at);
    case "call": {
      const [operand] = expression.arguments;
      if (expression.name !== "not" || operand === undefined || operand.type === "assignment") break;
      return negate(inner(operand), at);
    }
    case "comparison":
      if (expression.operator === ":") return termComparison(expression, caseSensitive, lowering, scope);
      break;
    case "string":
    case "number":
    case "name": {
      const operand = operandOf(expression, lowering, scope);
      if (operand.type !== "value") break;
      const { value, raw } = operand.constant;
      return term(null, String(value), raw, caseSensitive, expression, lowering);
    }
    default:
  }
  const found = lowerCondition(expression, lowering, scope);
  return caseSensitive ? sensitive(found) : found;
}

function termComparison(expression: Comparison, caseSensitive: boolean, lowering: Lowering, scope: Scope): Condition {
  const subject = subjectOf(expression.left, lowering, scope);
  const object = operandOf(expression.right, lowering, scope);
  if (subject.type !== "field" || object.type !== "value") return lowerCondition(expression, lowering, scope);
  const { value, raw } = object.constant;
  const found = term(subject.ref, String(value), raw, caseSensitive, expression, lowering);
  return expression.negated ? negate(found, place(lowering.home, expression.span)) : found;
}

/** `err` is a word, `err*` and `*err` the start and the end of one, `*err*` a part; `*` inside is any run of characters. */
function term(
  field: Predicate["field"],
  text: string,
  raw: string,
  caseSensitive: boolean,
  expression: Expression,
  lowering: Lowering,
): Predicate {
  const tokens = tidy(
    text
      .split("*")
      .flatMap((part, index) => [
        ...(index === 0 ? [] : [{ type: "any" as const }]),
        { type: "literal" as const, text: part },
      ]),
  );
  const ends = text.startsWith("*") && text.endsWith("*") && tokens.length === 3;
  const normal = ends ? normalForm(tokens) : null;
  const plain = !text.includes("*");
  return {
    type: "predicate",
    field,
    operator: normal === null ? "match" : normal.operator,
    values: [normal?.value ?? (plain ? text : { type: "pattern", tokens })],
    raw: [raw === "" ? printExpression(expression) : raw],
    quantifier: "any",
    caseSensitive,
    span: place(lowering.home, expression.span),
    ...originOf(lowering.home),
  };
}

/** `kind=case_sensitive`: all comparisons of texts tell upper from lower case. */
function sensitive(one: Condition): Condition {
  switch (one.type) {
    case "and":
    case "or":
      return { ...one, operands: one.operands.map(sensitive) };
    case "not":
      return { ...one, operand: sensitive(one.operand) };
    case "predicate":
      return { ...one, caseSensitive: true };
    case "opaque":
      return one;
    default:
      return one satisfies never;
  }
}
