import type { Span } from "../../../kit/span.ts";
import { computedField, conjoin, disjoin, fieldsBehind, negate, opaque } from "../../../rule/build.ts";
import {
  type Expression as Condition,
  type FieldRef,
  isComputed,
  type Operator,
  type Predicate,
  type Value,
} from "../../../rule/expression.ts";
import { isOrder, mirrored, orders } from "../../../rule/order.ts";
import type { Comparison, ComparisonOperator, Expression, Membership, NullTest } from "../ast.ts";
import { functionNamed } from "../functions.ts";
import { printExpression } from "../print-expression.ts";
import { lowerMatch } from "./full-text.ts";
import { lowerCall } from "./functions.ts";
import { type FieldOperand, type Operand, operandOf } from "./operand.ts";
import { lowerPattern } from "./pattern-match.ts";
import type { Scope } from "./scope.ts";

/** The meaning of a condition; total. */
export function lowerCondition(node: Expression, scope: Scope): Condition {
  switch (node.type) {
    case "and":
      return conjoin(
        node.operands.map((one) => lowerCondition(one, scope)),
        node.span,
      );
    case "or":
      return disjoin(
        node.operands.map((one) => lowerCondition(one, scope)),
        node.span,
      );
    case "not":
      return negate(lowerCondition(node.operand, scope), node.span);
    case "comparison":
      return comparison(node, scope);
    case "in":
      return membership(node, scope);
    case "in_subquery":
      return hole(node, "a subquery inside a condition");
    case "pattern":
      return lowerPattern(node, scope);
    case "is_null":
      return nullTest(node, scope);
    case "match":
      return lowerMatch(node, scope);
    case "call":
      return lowerCall(node, scope);
    case "field":
    case "cast":
    case "arithmetic":
    case "negative":
      return truth(node, scope);
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "timespan":
    case "list":
    case "entries":
      return hole(node, "a constant condition");
    case "parameter":
      return hole(node, "a parameter as a condition");
    case "star":
    case "fault":
      return hole(node, "a syntax error");
    default:
      return node satisfies never;
  }
}

/** A value that is a condition by itself. */
export function truth(node: Expression, scope: Scope): Condition {
  const operand = operandOf(node, scope);
  if (operand.type !== "field") return hole(node, "a constant condition");
  return predicate(operand, "eq", [true], ["true"], node.span);
}

export function hole(node: Expression, reason: string): Condition {
  return opaque(printExpression(node), reason, node.span);
}

/** A comparison as ES|QL makes it: of no value and of several values it knows nothing; text must agree in case. */
export function predicate(
  { ref, fold, single }: FieldOperand,
  operator: Operator,
  values: readonly Value[],
  raw: readonly string[],
  span: Span,
): Predicate {
  const folded = fold !== null && !operator.endsWith("_field") && operator !== "cidr_match";
  const reachable = !folded || values.every((one) => isFolded(operator === "regex_match" ? unescaped(one) : one, fold));
  return {
    type: "predicate",
    field: reachable ? ref : beyond(ref),
    operator,
    values,
    raw,
    quantifier: "any",
    caseSensitive: fold === null || !reachable,
    span,
    missing: "unknown",
    ...(single ? {} : { several: "unknown" as const }),
  };
}

/** `to_lower(x) == "A"` never holds, so it must not be taken for a comparison of the field that minds no case. */
function isFolded(value: Value, fold: "lower" | "upper"): boolean {
  if (typeof value === "object") {
    return value.tokens.every((one) => one.type !== "literal" || isFolded(one.text, fold));
  }
  const text = String(value);
  return text === (fold === "lower" ? text.toLowerCase() : text.toUpperCase());
}

/** A regular expression without what stands behind a backslash: the case of `\S` is no case of the text. */
function unescaped(value: Value): Value {
  return typeof value === "string" ? value.replace(/\\./gs, "") : value;
}

/** The field as a value that the query made. */
function beyond(ref: FieldRef): FieldRef {
  return computedField(ref.raw, ref.derivedFrom?.text ?? ref.raw, fieldsBehind(ref));
}

function comparison(node: Comparison, scope: Scope): Condition {
  const negated = node.operator === "!=";
  const known = truthTest(node, scope);
  if (known !== null) return known;
  if (node.left.type === "fault" || node.right.type === "fault") return hole(node, "a syntax error");
  const left = operandOf(node.left, scope);
  const right = operandOf(node.right, scope);
  const swap = left.type !== "field" && right.type === "field";
  const [subject, object] = swap ? [right, left] : [left, right];
  const operator = swap ? mirrored(node.operator) : node.operator;
  if (subject.type !== "field") return hole(node, "a comparison of two constants");
  const raw = printExpression(swap ? node.left : node.right);
  const made = compare(subject, operator, object, raw, node);
  return negated && made.type !== "opaque" ? negate(made, node.span) : made;
}

/** `condition == true` and its like say no more than the condition. */
function truthTest({ left, right, operator, span }: Comparison, scope: Scope): Condition | null {
  if (operator !== "==" && operator !== "!=") return null;
  const [condition, value] = right.type === "boolean" ? [left, right] : left.type === "boolean" ? [right, left] : [];
  if (condition === undefined || value === undefined || !isCondition(condition)) return null;
  const inner = lowerCondition(condition, scope);
  return value.value === (operator === "==") ? inner : negate(inner, span);
}

function isCondition(node: Expression): boolean {
  if (node.type === "call") return functionNamed(node.name)?.meaning !== undefined;
  return ["and", "or", "not", "comparison", "in", "pattern", "is_null", "match"].includes(node.type);
}

/**
 * `!=` is told like `==`; whoever asks negates it. `node` is what the result is told of: for one of many values only
 * that value, since a text for each of them that holds all of them would be as long as their square.
 */
function compare(
  subject: FieldOperand,
  operator: ComparisonOperator,
  object: Operand,
  raw: string,
  node: Expression,
): Condition {
  const order = isOrder(operator) ? orders[operator] : undefined;
  switch (object.type) {
    case "value":
      return predicate(subject, order ?? "eq", [object.value], [object.raw], node.span);
    case "parameter":
      if (order !== undefined) return predicate(subject, order, [object.raw], [object.raw], node.span);
      return placeholder(subject, object.name, object.raw, node.span);
    case "constant":
      if (order === undefined) return hole(node, "a comparison with a computed constant");
      return { ...predicate(subject, order, [object.text], [raw], node.span), evaluated: true };
    case "field": {
      const both = besides(subject, object, () => printExpression(node));
      return predicate(both, `${order ?? "eq"}_field`, [object.ref.raw], [raw], node.span);
    }
    case "null":
      return hole(node, "a comparison with null, which is never true");
    case "list":
      return hole(node, "a comparison with a list");
    default:
      return object satisfies never;
  }
}

export function placeholder(subject: FieldOperand, name: string, raw: string, span: Span): Condition {
  const value: Value = { type: "pattern", tokens: [{ type: "placeholder", name }] };
  return predicate(subject, "wildcard", [value], [raw], span);
}

/**
 * A comparison with a computed value is no indicator, whichever side was computed; nor is one of a text in one case
 * with a text that may be in any, since it minds case on that side alone.
 */
export function besides(subject: FieldOperand, object: FieldOperand, text: () => string): FieldOperand {
  const { ref, fold } = subject;
  if (isComputed(ref) || (!isComputed(object.ref) && fold === object.fold)) return subject;
  const fields = [...new Set([...fieldsBehind(ref), ...fieldsBehind(object.ref)])];
  return { ...subject, fold: null, ref: computedField(ref.raw, text(), fields) };
}

function membership(node: Membership, scope: Scope): Condition {
  const subject = operandOf(node.left, scope);
  const parts = subject.type === "field" ? listed(node, subject, scope) : reversed(node, subject, scope);
  if (parts.length === 0) return hole(node, "a list without values");
  const made = disjoin(parts, node.span);
  return node.negated ? negate(made, node.span) : made;
}

/** One predicate for all plain values of a list, and one for everything else in it. */
function listed(node: Membership, subject: FieldOperand, scope: Scope): readonly Condition[] {
  const values: Value[] = [];
  const raws: string[] = [];
  const others: Condition[] = [];
  for (const one of node.values) {
    const object = operandOf(one, scope);
    if (object.type === "value") {
      values.push(object.value);
      raws.push(object.raw);
    } else others.push(compare(subject, "==", object, printExpression(one), one));
  }
  return values.length === 0 ? others : [predicate(subject, "eq", values, raws, node.span), ...others];
}

/** `"a" in (x, y)`: the fields stand on the right. */
function reversed(node: Membership, object: Operand, scope: Scope): readonly Condition[] {
  const raw = printExpression(node.left);
  return node.values.map((one) => {
    const subject = operandOf(one, scope);
    return subject.type === "field"
      ? compare(subject, "==", object, raw, one)
      : hole(one, "a comparison of two constants");
  });
}

/**
 * Whether there is a value is known of every field, also of one with several. The first that is present of several
 * fields is there where one of them is.
 */
function nullTest(node: NullTest, scope: Scope): Condition {
  const subject = operandOf(node.operand, scope);
  if (subject.type !== "field") return hole(node, "a constant condition");
  const { ref } = subject;
  const operator = node.negated ? "exists" : "is_null";
  const test = (field: FieldRef): Predicate => ({
    type: "predicate",
    field,
    operator,
    values: [],
    raw: ["null"],
    quantifier: "any",
    caseSensitive: true,
    span: node.span,
  });
  if (ref.derivedFrom?.kind !== "resolved" || ref.derivedFrom.fields.length < 2) return test(ref);
  const each = ref.derivedFrom.fields.map((raw) => test({ ...ref, raw }));
  return node.negated ? disjoin(each, node.span) : conjoin(each, node.span);
}
