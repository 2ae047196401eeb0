import { conjoin, disjoin, negate } from "../../rule/build.ts";
import type { Expression, Predicate } from "../../rule/expression.ts";

/**
 * The same condition where "unknown" is never an answer: a predicate whose field is missing is false, and `not` of it is
 * true. Where a language keeps "unknown" unknown under `not`, the field is asked to exist there. Selects the same events.
 */
export function twoValued(expression: Expression): Expression {
  return knowsUnknown(expression) ? whereTrue(expression) : expression;
}

function knowsUnknown(expression: Expression): boolean {
  switch (expression.type) {
    case "and":
    case "or":
      return expression.operands.some(knowsUnknown);
    case "not":
      return knowsUnknown(expression.operand);
    case "predicate":
      return expression.missing === "unknown";
    case "opaque":
      return false;
    default:
      return expression satisfies never;
  }
}

/** Holds where the expression is true. */
function whereTrue(expression: Expression): Expression {
  switch (expression.type) {
    case "and":
      return conjoin(expression.operands.map(whereTrue), expression.span);
    case "or":
      return disjoin(expression.operands.map(whereTrue), expression.span);
    case "not":
      return whereFalse(expression.operand);
    case "predicate":
      return plain(expression);
    case "opaque":
      return expression;
    default:
      return expression satisfies never;
  }
}

/** Holds where the expression is false, and not where it is unknown. */
function whereFalse(expression: Expression): Expression {
  if (!knowsUnknown(expression)) return negate(expression, expression.span);
  switch (expression.type) {
    case "and":
      return disjoin(expression.operands.map(whereFalse), expression.span);
    case "or":
      return whereNoneHolds(expression.operands, expression);
    case "not":
      return whereTrue(expression.operand);
    case "predicate":
      return conjoin([...presence(expression), negate(plain(expression), expression.span)], expression.span);
    case "opaque":
      return negate(expression, expression.span);
    default:
      return expression satisfies never;
  }
}

/** `not (A or B)` stays one exclusion to the eye, with the fields that must be there before it. */
function whereNoneHolds(operands: readonly Expression[], { span }: Expression): Expression {
  if (!operands.every((one) => one.type === "predicate")) return conjoin(operands.map(whereFalse), span);
  const fields = new Map(operands.filter((one) => one.missing === "unknown").map((one) => [one.field?.raw, one]));
  const present = [...fields.values()].flatMap(presence);
  return conjoin([...present, negate(disjoin(operands.map(plain), span), span)], span);
}

function plain({ missing: _missing, ...predicate }: Predicate): Predicate {
  return predicate;
}

/** What must exist for a predicate to be known; nothing where it is a keyword or asks for existence itself. */
function presence(predicate: Predicate): readonly Predicate[] {
  const { field, operator, values, span } = predicate;
  if (field === null || operator === "exists" || operator === "is_null") return [];
  const asked = {
    type: "predicate",
    operator: "exists",
    values: [],
    raw: ["*"],
    quantifier: "any",
    caseSensitive: false,
    span,
  } as const;
  const own: Predicate = { ...asked, field };
  if (!operator.endsWith("_field")) return [own];
  return [own, ...values.map((name): Predicate => ({ ...asked, field: { raw: String(name), canonical: null } }))];
}
