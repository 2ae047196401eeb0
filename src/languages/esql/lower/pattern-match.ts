import { disjoin, negate } from "../../../rule/build.ts";
import type { Expression as Condition, Operator, Value } from "../../../rule/expression.ts";
import { anchored, normalForm } from "../../../rule/pattern.ts";
import type { Expression, PatternMatch } from "../ast.ts";
import { likeTokens } from "../patterns.ts";
import { hole, placeholder, predicate } from "./condition.ts";
import { type FieldOperand, operandOf } from "./operand.ts";
import type { Scope } from "./scope.ts";

export function lowerPattern(node: PatternMatch, scope: Scope): Condition {
  const subject = operandOf(node.left, scope);
  if (subject.type !== "field") return hole(node, "a pattern on a constant");
  const made = matches(subject, node.operator, node.patterns, node, scope);
  if (made === null) return hole(node, "a pattern that is no constant");
  return node.negated ? negate(made, node.span) : made;
}

/** One of several patterns must hold; null where one is no constant. */
export function matches(
  subject: FieldOperand,
  operator: "like" | "rlike",
  patterns: readonly Expression[],
  node: Expression,
  scope: Scope,
): Condition | null {
  const parts: Condition[] = [];
  const groups = new Map<Form["operator"], { readonly values: Value[]; readonly raw: string[] }>();
  for (const one of patterns) {
    const operand = operandOf(one, scope);
    if (operand.type === "parameter") parts.push(placeholder(subject, operand.name, operand.raw, one.span));
    else if (operand.type !== "value" || typeof operand.value !== "string") return null;
    else {
      const form = operator === "like" ? likeForm(operand.value) : regexForm(operand.value);
      const group = groups.get(form.operator) ?? { values: [], raw: [] };
      groups.set(form.operator, group);
      group.values.push(form.value);
      group.raw.push(operand.raw);
    }
  }
  const predicates = [...groups].map(([name, { values, raw }]) => predicate(subject, name, values, raw, node.span));
  return predicates.length + parts.length === 0 ? null : disjoin([...predicates, ...parts], node.span);
}

interface Form {
  readonly operator: Operator;
  readonly value: Value;
}

/** A lone `*` is no `exists`: of no value and of several values `like` knows nothing. */
function likeForm(text: string): Form {
  const tokens = likeTokens(text);
  const { operator, value } = normalForm(tokens);
  if (operator === "exists" || value === null) return { operator: "wildcard", value: { type: "pattern", tokens } };
  return { operator, value };
}

/** Lucene's expressions match a whole value. */
function regexForm(text: string): Form {
  return { operator: "regex_match", value: anchored(text) };
}
