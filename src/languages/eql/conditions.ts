import type { Span } from "../../kit/span.ts";
import { besides, conjoin, disjoin, negate, opaque } from "../../rule/build.ts";
import type { Expression, FieldOperator, FieldRef, Operator, Value } from "../../rule/expression.ts";
import { mirrored, orders } from "../../rule/order.ts";
import { anchored, glob, patternExpression } from "../../rule/pattern.ts";
import type { Call, Comparison, ComparisonOperator, Literal, Membership, Node, PatternMatch } from "./ast.ts";
import { functionNamed, type Meaning } from "./functions.ts";
import { printNode } from "./print.ts";
import { computedFrom, subjectOf } from "./subject.ts";

/** The meaning of a condition; total. */
export function lowerCondition(node: Node): Expression {
  switch (node.type) {
    case "and":
      return conjoin(node.operands.map(lowerCondition), node.span);
    case "or":
      return disjoin(node.operands.map(lowerCondition), node.span);
    case "not":
      return negate(lowerCondition(node.operand), node.span);
    case "comparison":
      return comparison(node);
    case "in":
      return membership(node);
    case "pattern":
      return pattern(node);
    case "call":
      return call(node);
    case "field":
      return predicate(subjectOf(node), "eq", [true], ["true"], true, node.span);
    case "arithmetic":
    case "negative":
    case "string":
    case "number":
    case "null":
      return hole(node, "a value that is no condition");
    case "boolean":
      return hole(node, "a constant condition");
    case "error":
      return opaque(node.text, "a syntax error", node.span);
    default:
      return node satisfies never;
  }
}

function hole(node: Node, reason: string): Expression {
  return opaque(printNode(node).trim(), reason, node.span);
}

function predicate(
  field: FieldRef | null,
  operator: Operator,
  values: readonly Value[],
  raw: readonly string[],
  caseSensitive: boolean,
  span: Span,
): Expression {
  return { type: "predicate", field, operator, values, raw, quantifier: "any", caseSensitive, span };
}

function isLiteral(node: Node): node is Literal {
  return node.type === "string" || node.type === "number" || node.type === "boolean" || node.type === "null";
}

/** null for `null`, which is no value. */
function valueOfLiteral(literal: Literal): Value | null {
  return literal.type === "null" ? null : literal.value;
}

function comparison(node: Comparison): Expression {
  if (isLiteral(node.left) && !isLiteral(node.right)) {
    return compare(node, node.right, mirrored(node.operator), node.left);
  }
  return compare(node, node.left, node.operator, node.right);
}

function compare(node: Comparison, left: Node, operator: ComparisonOperator, right: Node): Expression {
  if (isLiteral(left)) return hole(node, "a comparison of two constants");
  if (right.type === "boolean" && isCondition(left) && (operator === "==" || operator === "!=")) {
    const inner = lowerCondition(left);
    return right.value === (operator === "==") ? inner : negate(inner, node.span);
  }
  const subject = subjectOf(left);
  if (subject === null) return hole(node, "a comparison of something that is no field");
  if (!isLiteral(right)) return compareFields(node, subject, operator, right);
  if (right.type === "null") {
    if (operator === "==") return predicate(subject, "is_null", [], ["null"], true, node.span);
    if (operator === "!=") return predicate(subject, "exists", [], [printNode(right)], true, node.span);
    return hole(node, "an ordering against null");
  }
  const ordered = operator === "==" || operator === "!=" ? "eq" : orders[operator];
  const made = predicate(subject, ordered, [right.value], [printNode(right)], true, node.span);
  return operator === "!=" ? negate(made, node.span) : made;
}

function isCondition(node: Node): boolean {
  if (node.type === "call") return functionNamed(node.name)?.returns === "boolean";
  return ["and", "or", "not", "comparison", "in", "pattern"].includes(node.type);
}

function compareFields(node: Comparison, left: FieldRef, operator: ComparisonOperator, right: Node): Expression {
  const other = subjectOf(right);
  if (other === null) return hole(node, "a comparison with something that is no field");
  const ordered = operator === "==" || operator === "!=" ? "eq" : orders[operator];
  const made = withField(left, `${ordered}_field`, right, other, true, node.span);
  return operator === "!=" ? negate(made, node.span) : made;
}

/** A comparison with another field. Where either side is computed the whole is, as it then says nothing about a field. */
function withField(
  left: FieldRef,
  operator: FieldOperator,
  right: Node,
  other: FieldRef,
  sensitive: boolean,
  span: Span,
): Expression {
  return predicate(besides(left, other), operator, [other.raw], [printNode(right)], sensitive, span);
}

function membership(node: Membership): Expression {
  const subject = subjectOf(node.left);
  if (subject === null) return hole(node, "a list lookup of something that is no field");
  const made = member(node, subject);
  return node.negated ? negate(made, node.span) : made;
}

function member(node: Membership, subject: FieldRef): Expression {
  const literals = node.values.filter(isLiteral);
  const plain = literals.filter((one) => one.type !== "null");
  const parts: Expression[] = [];
  if (plain.length > 0) {
    const values = plain.map((one) => one.value);
    parts.push(predicate(subject, "eq", values, plain.map(printNode), !node.fold, node.span));
  }
  if (plain.length < literals.length) parts.push(predicate(subject, "is_null", [], ["null"], true, node.span));
  for (const value of node.values) {
    if (isLiteral(value)) continue;
    const other = subjectOf(value);
    if (value.type === "error") parts.push(lowerCondition(value));
    else if (other === null) parts.push(hole(value, "a condition in a list"));
    else parts.push(withField(subject, "eq_field", value, other, !node.fold, value.span));
  }
  return disjoin(parts, node.span);
}

function pattern(node: PatternMatch): Expression {
  const [only, ...more] = node.values;
  if (only?.type === "field" && more.length === 0 && node.operator === ":") return foldedEquality(node, only);
  const subject = subjectOf(node.left);
  if (subject === null) return hole(node, "a pattern on something that is no field");
  const meaning = node.operator.startsWith("regex") ? "regex" : "wildcard";
  const fold = node.operator === ":" || node.operator.endsWith("~");
  return apply(node, subject, meaning, node.values, fold);
}

/** `x : field`: the sides stand the wrong way round, or two fields are compared. */
function foldedEquality(node: PatternMatch, right: Node): Expression {
  const other = subjectOf(right);
  const left = subjectOf(node.left);
  if (other !== null && isLiteral(node.left)) return apply(node, other, "wildcard", [node.left], true);
  if (left === null || other === null) return hole(node, "a pattern on something that is no field");
  return withField(left, "eq_field", right, other, false, node.span);
}

function call(node: Call): Expression {
  const known = functionNamed(node.name);
  const [first, ...rest] = node.arguments;
  const subject = first === undefined ? null : subjectOf(first);
  if (known?.meaning === undefined || subject === null) return computedCondition(node);
  return apply(node, subject, known.meaning, rest, node.fold);
}

/** A condition that no operator of ours expresses, about values that are not constant: true, as a computed value. */
function computedCondition(node: Node): Expression {
  const field = computedFrom(node);
  if (field.derivedFrom?.fields.length === 0) return hole(node, "a condition on constants");
  return predicate(field, "eq", [true], ["true"], true, node.span);
}

/** How a function or pattern reads when its value is another field; null: no operator says it. */
const fieldOperators: Readonly<Record<Meaning, FieldOperator | null>> = {
  starts_with: "starts_with_field",
  ends_with: "ends_with_field",
  contains: "contains_field",
  eq: "eq_field",
  wildcard: null,
  regex: null,
  cidr: null,
};

/** One subject against values, any of which will do: constants together, every other field by itself. */
function apply(node: Node, field: FieldRef, meaning: Meaning, values: readonly Node[], fold: boolean): Expression {
  const literals = values.filter(isLiteral);
  const others = values.filter((one) => !isLiteral(one));
  if (others.length === 0) return applyConstants(node, field, meaning, literals, fold);
  const operator = fieldOperators[meaning];
  if (operator === null) return computedCondition(node);
  const parts = others.map((one) => {
    const other = subjectOf(one);
    if (other === null) return hole(one, "a condition in a list");
    return withField(field, operator, one, other, !fold, node.span);
  });
  const constant = literals.length === 0 ? [] : [applyConstants(node, field, meaning, literals, fold)];
  return disjoin([...constant, ...parts], node.span);
}

function applyConstants(
  node: Node,
  field: FieldRef,
  meaning: Meaning,
  literals: readonly Literal[],
  fold: boolean,
): Expression {
  const plain = literals.flatMap((one) => valueOfLiteral(one) ?? []);
  if (plain.length < literals.length || plain.length === 0) return hole(node, "a comparison with null");
  const raw = literals.map(printNode);
  const { span } = node;
  const sensitive = !fold;
  switch (meaning) {
    case "wildcard": {
      const texts = literals.filter((one) => one.type === "string");
      const others = literals.filter((one) => one.type !== "string");
      const parts: Expression[] = [];
      if (texts.length > 0) {
        const patterns = texts.map((one) => ({ tokens: glob(one.value), raw: one.text }));
        parts.push(patternExpression({ field, patterns, quantifier: "any", caseSensitive: sensitive, span }));
      }
      if (others.length > 0) {
        parts.push(
          predicate(
            field,
            "eq",
            others.flatMap((one) => valueOfLiteral(one) ?? []),
            others.map(printNode),
            sensitive,
            span,
          ),
        );
      }
      return disjoin(parts, span);
    }
    case "regex":
      return predicate(
        field,
        "regex_match",
        plain.map((one) => anchored(String(one))),
        raw,
        sensitive,
        span,
      );
    case "cidr":
      return predicate(field, "cidr_match", plain.map(String), raw, sensitive, span);
    case "starts_with":
    case "ends_with":
    case "contains":
      return predicate(field, meaning, plain.map(String), raw, sensitive, span);
    case "eq":
      return predicate(field, "eq", plain, raw, sensitive, span);
    default:
      return meaning satisfies never;
  }
}
