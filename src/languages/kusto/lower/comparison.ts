import { computedField, negate, opaque } from "../../../rule/build.ts";
import type { Expression as Condition, FieldRef, Operator } from "../../../rule/expression.ts";
import type { Comparison, Expression } from "../ast.ts";
import { printExpression } from "../print.ts";
import { bindingOf, type Case, type Scope } from "../scope.ts";
import { type ComparisonMeaning, comparisons, mirrored } from "../string-operators.ts";
import { casesOf, choiceCondition } from "./choice.ts";
import { lowerCondition } from "./condition.ts";
import { type Constant, constant } from "./constant.ts";
import { type Lowering, place } from "./context.ts";
import { fieldsOf } from "./fields-read.ts";
import { type FieldOperand, type Operand, operandOf, type TableOperand } from "./operand.ts";
import { computedTest, emptyTest, fieldPredicate, negateIf, valuePredicate } from "./predicate.ts";

const fieldOperators: Readonly<Partial<Record<Operator, Operator>>> = {
  eq: "eq_field",
  contains: "contains_field",
  starts_with: "starts_with_field",
  ends_with: "ends_with_field",
  lt: "lt_field",
  le: "le_field",
  gt: "gt_field",
  ge: "ge_field",
};

const orderings: ReadonlySet<Operator> = new Set(["lt", "le", "gt", "ge"]);

export function lowerComparison(expression: Comparison, lowering: Lowering, scope: Scope): Condition {
  const found = positive(expression, lowering, scope);
  if (!expression.negated || found.type === "opaque") return found;
  if (found.type === "not") return found.operand;
  return negate(found, place(lowering.home, expression.span));
}

/** The comparison without its negation; where the negated one has a form of its own, that one with a `not` around it. */
function positive(expression: Comparison, lowering: Lowering, scope: Scope): Condition {
  const { home } = lowering;
  const at = place(home, expression.span);
  const hole = (reason: string): Condition => opaque(printExpression(expression), reason, at);
  const meaning = comparisons[expression.operator];
  if (meaning === null) return hole("operator that is not documented");
  const boolean = booleanComparison(expression, lowering, scope);
  if (boolean !== null) return boolean;
  const left = subjectOf(expression.left, lowering, scope);
  const right = operandOf(expression.right, lowering, scope);
  if (left.type === "field")
    return fieldComparison(expression, meaning, left, right, expression.right, lowering, scope);
  if (right.type !== "field")
    return variableComparison(expression, meaning, lowering, scope) ?? hole("comparison of constants");
  const other = mirrored[expression.operator];
  const mirror = other === undefined ? null : comparisons[other];
  if (mirror === null) return computedComparison(expression, lowering, scope);
  return fieldComparison(expression, mirror, right, left, expression.left, lowering, scope);
}

/** A test that the model has no operator for: `a has b`, `"text" contains a`. */
function computedComparison(expression: Comparison, lowering: Lowering, scope: Scope): Condition {
  const positive = printExpression({ ...expression, negated: false });
  return computedTest(positive, fieldsOf(expression, lowering, scope), expression.span, lowering.home);
}

/** A variable or a function without columns, compared with a value: one that the query makes itself. */
function variableComparison(
  expression: Comparison,
  meaning: ComparisonMeaning,
  lowering: Lowering,
  scope: Scope,
): Condition | null {
  const { left, right, span } = expression;
  const value = operandOf(right, lowering, scope);
  if ((left.type !== "name" && left.type !== "call") || value.type !== "value" || value.constant.kind === "null")
    return null;
  const raw = printExpression(left);
  const { operator, caseSensitive } = meaning;
  const isText = operator !== "eq" && !orderings.has(operator);
  const field = computedField(raw, raw, []);
  return valuePredicate({ field, operator, caseSensitive, span, home: lowering.home }, [
    isText ? asText(value.constant) : value.constant,
  ]);
}

/** `*` stands for any column. */
type Subject = Exclude<Operand, FieldOperand> | { type: "field"; ref: FieldRef | null; folded: boolean };

export function subjectOf(expression: Expression, lowering: Lowering, scope: Scope): Subject {
  if (expression.type === "star") return { type: "field", ref: null, folded: false };
  return operandOf(expression, lowering, scope);
}

function fieldComparison(
  expression: Comparison,
  meaning: ComparisonMeaning,
  subject: Extract<Subject, { type: "field" }>,
  object: Subject,
  objectExpression: Expression,
  lowering: Lowering,
  scope: Scope,
): Condition {
  const { home } = lowering;
  const at = place(home, expression.span);
  const hole = (reason: string): Condition => opaque(printExpression(expression), reason, at);
  const { operator, open } = meaning;
  const caseSensitive = meaning.caseSensitive && !subject.folded && !(object.type === "field" && object.folded);
  const frame = { operator, caseSensitive, ...(open === undefined ? {} : { open }), span: expression.span, home };
  if (object.type === "list") return hole("comparison with a list");
  if (object.type === "field") {
    const name = fieldOperators[operator];
    // One column on both sides is that of two events behind a join (`X == X1`), or differs in its case.
    if (name === undefined || subject.ref === null || object.ref === null || subject.ref.raw === object.ref.raw)
      return computedComparison(expression, lowering, scope);
    const raw = printExpression(objectExpression);
    return fieldPredicate(subject.ref, name, object.ref, raw, { ...frame, unknown: orderings.has(operator) });
  }
  const value = object.type === "value" ? object.constant : openConstant(object, objectExpression);
  if (value.kind === "null") return hole("comparison with null");
  const choice = chosen(expression, meaning, value, lowering, scope);
  if (choice !== null) return choice;
  const isEmpty = operator === "eq" && value.kind === "string" && value.value === "";
  if (isEmpty && subject.ref !== null) {
    const test = emptyTest(subject.ref, expression.negated, expression.span, home, value.raw);
    return expression.negated ? negate(test, at) : test;
  }
  const text = operator === "regex_match" ? foldsCase(String(value.value)) : false;
  const unknown = orderings.has(operator) && value.kind !== "string";
  return valuePredicate({ ...frame, field: subject.ref, unknown, caseSensitive: caseSensitive && !text }, [
    orderings.has(operator) || operator === "eq" || value.kind === "placeholder" ? value : asText(value),
  ]);
}

/** Words, parts and patterns are texts, also where a number is written. */
function asText(value: Constant): Constant {
  return typeof value.value === "string" ? value : { ...value, value: String(value.value) };
}

/** An inline flag at the start of a regular expression: `(?i)`, `(?si)`. */
function foldsCase(pattern: string): boolean {
  return /^\(\?[a-zA-Z]*i[a-zA-Z]*\)/.test(pattern);
}

function openConstant(table: TableOperand, expression: Expression): Constant {
  const raw = printExpression(expression);
  return { ...constant("open", table.name ?? raw, raw), origin: null };
}

/** A choice between constants that is compared with one: when it has that value. */
function chosen(
  expression: Comparison,
  meaning: ComparisonMeaning,
  value: Constant,
  lowering: Lowering,
  scope: Scope,
): Condition | null {
  const { left, operator } = expression;
  if (operator !== "==" && operator !== "=~") return null;
  const cases = namedCases(left, lowering, scope);
  if (cases === null) return null;
  const fold = (one: Constant): string => {
    const text = one.value === true ? "1" : one.value === false ? "0" : String(one.value);
    return meaning.caseSensitive ? text : text.toLowerCase();
  };
  const wanted = fold(value);
  const origin = left.type === "name" ? `extend ${left.name}` : null;
  // `!=` asks for all other values: not for none of those that lead to this one.
  const isWanted = (one: Constant): boolean => (fold(one) === wanted) !== expression.negated;
  const found = choiceCondition(cases, isWanted, expression.span, lowering.home, origin);
  return found === null ? null : negateIf(expression.negated, found, expression.span, lowering.home);
}

function namedCases(expression: Expression, lowering: Lowering, scope: Scope): readonly Case[] | null {
  if (expression.type === "name") return bindingOf(scope, expression.name)?.cases ?? null;
  return expression.type === "call" ? casesOf(expression, lowering, scope) : null;
}

const booleanTypes: ReadonlySet<Expression["type"]> = new Set(["and", "or", "comparison", "membership", "between"]);

/** `(a has "x") == true`, `isempty(a) == false`. */
function booleanComparison(expression: Comparison, lowering: Lowering, scope: Scope): Condition | null {
  const { left, right, operator } = expression;
  if (operator !== "==" || right.type !== "boolean" || right.value === null) return null;
  const isCondition =
    booleanTypes.has(left.type) ||
    (left.type === "call" && /^(?:not|is(?:not)?(?:empty|null)|ip[vV]\d_is_)/.test(left.name));
  if (!isCondition) return null;
  return negateIf(!right.value, lowerCondition(left, lowering, scope), expression.span, lowering.home);
}
