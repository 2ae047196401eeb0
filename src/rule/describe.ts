import type { Expression, Predicate } from "./expression.ts";
import { showValue } from "./pattern.ts";

/** A predicate on one line: `Image ends_with \dns.exe, \named.exe`. The same text for the same meaning. */
export function describePredicate(predicate: Predicate): string {
  const field = predicate.field?.raw ?? "(any field)";
  const operator =
    predicate.encoding === undefined ? predicate.operator : `${predicate.operator} ${predicate.encoding.join(" ")}`;
  const all = predicate.quantifier === "all" && predicate.values.length > 1 ? " all of" : "";
  const values = predicate.values.map((value) => showValue(value) || '""');
  return values.length === 0 ? `${field} ${operator}` : `${field} ${operator}${all} ${values.join(", ")}`;
}

/** An expression on one line, with parentheses wherever operators mix. */
export function describeExpression(expression: Expression): string {
  switch (expression.type) {
    case "predicate":
      return describePredicate(expression);
    case "not":
      return `not ${inner(expression.operand)}`;
    case "and":
    case "or":
      return expression.operands.map(inner).join(` ${expression.type} `);
    case "opaque":
      return expression.text.replace(/\s+/g, " ").trim();
    default:
      return expression satisfies never;
  }
}

function inner(expression: Expression): string {
  const text = describeExpression(expression);
  return expression.type === "and" || expression.type === "or" ? `(${text})` : text;
}
