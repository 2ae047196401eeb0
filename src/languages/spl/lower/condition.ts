import type { Span } from "../../../kit/span.ts";
import { besides, computedField, conjoin, disjoin, negate, opaque } from "../../../rule/build.ts";
import { type Expression, type FieldRef, isComputed } from "../../../rule/expression.ts";
import { isOrder, mirrored, orders } from "../../../rule/order.ts";
import { patternExpression } from "../../../rule/pattern.ts";
import type { EvalExpression } from "../ast.ts";
import { informationalFunctions } from "../functions.ts";
import { readPipelineText } from "../pipeline.ts";
import { printEval } from "../print.ts";
import type { Scope } from "../scope.ts";
import { unquoteEval } from "../text.ts";
import { type Home, type Lowering, openMacro, originOf, place } from "./context.ts";
import { settle } from "./difference.ts";
import { readEvalText } from "./eval-text.ts";
import { fieldsOf, type Operand, operandOf } from "./operand.ts";
import { evalPredicate, likePattern, plainPredicate } from "./predicate.ts";
import { lowerSearch } from "./search.ts";

/** The condition of where, and the inside of count(eval(…)): comparisons mind case, and `*` is a character. */
export function lowerCondition(expression: EvalExpression, lowering: Lowering, scope: Scope): Expression {
  const at = place(lowering.home, expression.span);
  const hole = (reason: string): Expression => opaque(printEval(expression), reason, at);
  const inner = (one: EvalExpression): Expression => lowerCondition(one, lowering, scope);
  switch (expression.type) {
    case "and":
      return conjoin(expression.operands.map(inner), at);
    case "or":
      return disjoin(expression.operands.map(inner), at);
    case "xor":
      return exclusive(expression.operands.map(inner), at) ?? hole("XOR of more than two conditions");
    case "not":
      return negate(inner(expression.operand), at);
    case "binary":
      return lowerBinary(expression, lowering, scope) ?? hole(binaryReason(expression, lowering, scope));
    case "in":
      return (
        lowerList(expression.left, expression.values, expression, lowering, scope) ?? hole("list with computed values")
      );
    case "call":
      return lowerCall(expression, lowering, scope);
    case "field": {
      const operand = operandOf(expression, lowering, scope);
      if (operand.type !== "field") return hole("constant as a condition");
      return evalPredicate(operand.ref, "eq", [true], ["true"], true, expression.span, lowering.home);
    }
    case "string":
    case "number":
      return hole("constant as a condition");
    case "negative":
      return hole("number as a condition");
    case "macro": {
      const opened = openMacro(lowering, expression);
      if (opened.type === "closed") return hole(opened.reason);
      const read = opened.type === "text" ? readEvalText(opened.text) : null;
      if (read === null || opened.type !== "text") return hole("macro that is no condition");
      return lowerCondition(read, opened.lowering, scope);
    }
    case "subsearch":
      return hole("sub-search in a condition");
    case "error":
      return hole("unreadable condition");
    default:
      return expression satisfies never;
  }
}

function exclusive(operands: readonly Expression[], at: Span): Expression | null {
  const [left, right] = operands;
  if (left === undefined || right === undefined || operands.length > 2) return null;
  return disjoin([conjoin([left, negate(right, at)], at), conjoin([negate(left, at), right], at)], at);
}

type Binary = Extract<EvalExpression, { type: "binary" }>;

function lowerBinary(expression: Binary, lowering: Lowering, scope: Scope): Expression | null {
  const { home } = lowering;
  const left = operandOf(expression.left, lowering, scope);
  const right = operandOf(expression.right, lowering, scope);
  if (expression.operator === "like")
    return (
      likeExpression(left, expression.right, expression.span, lowering, scope) ??
      computedCondition(expression, lowering, scope)
    );
  const swap = left.type !== "field" && right.type === "field";
  const [subject, object] = swap ? [right, left] : [left, right];
  const operator = swap ? mirrored(expression.operator) : expression.operator;
  if (subject.type !== "field") return null;
  const isEquality = operator === "=" || operator === "==" || operator === "!=";
  const ordering = isOrder(operator) ? orders[operator] : undefined;
  const sensitive = !(subject.folded || (object.type === "field" && object.folded));
  let found: Expression | null = null;
  if (object.type === "value" && (isEquality || ordering !== undefined)) {
    found = evalPredicate(
      subject.ref,
      ordering ?? "eq",
      [object.value],
      [object.raw],
      sensitive,
      expression.span,
      home,
    );
  } else if (object.type === "constant" && isEquality) {
    found =
      object.name === "null"
        ? plainPredicate(subject.ref, "is_null", [], [], true, expression.span, home)
        : evalPredicate(subject.ref, "eq", [object.name === "true"], [object.name], true, expression.span, home);
  } else if (object.type === "field" && (isEquality || ordering !== undefined)) {
    const raw = printEval(expression.right);
    const ref = besides(subject.ref, object.ref);
    found = evalPredicate(ref, `${ordering ?? "eq"}_field`, [object.ref.raw], [raw], sensitive, expression.span, home);
  }
  if (found === null) return null;
  return operator === "!=" ? negate(found, place(home, expression.span)) : found;
}

function binaryReason(expression: Binary, lowering: Lowering, scope: Scope): string {
  if (["+", "-", "*", "/", "%", "."].includes(expression.operator)) return "computed value as a condition";
  const sides = [operandOf(expression.left, lowering, scope), operandOf(expression.right, lowering, scope)];
  return sides.some((one) => one.type === "field") ? "comparison with a constant" : "comparison of two constants";
}

function likeExpression(
  subject: Operand,
  written: EvalExpression,
  span: Span,
  lowering: Lowering,
  scope: Scope,
): Expression | null {
  const { home } = lowering;
  if (subject.type !== "field") return null;
  const pattern = operandOf(written, lowering, scope);
  if (pattern.type !== "value") return likeField(subject, written, span, lowering, scope);
  return patternExpression({
    field: subject.ref,
    patterns: [likePattern(String(pattern.value), pattern.raw)],
    quantifier: "any",
    caseSensitive: !subject.folded,
    missing: "unknown",
    span: place(home, span),
    ...originOf(home),
  });
}

/** `like(x, "%" . y . "%")`: the value of another field within this one. */
function likeField(
  subject: Extract<Operand, { type: "field" }>,
  written: EvalExpression,
  span: Span,
  lowering: Lowering,
  scope: Scope,
): Expression | null {
  const parts = joinedBy(written).map((one) => operandOf(one, lowering, scope));
  const isOpen = (one: Operand | undefined): boolean => one?.type === "value" && one.value === "%";
  const [open, close] = [isOpen(parts[0]), isOpen(parts.at(-1))];
  const [other, ...more] = parts.slice(open ? 1 : 0, close ? -1 : undefined);
  if (other?.type !== "field" || isComputed(other.ref) || more.length > 0) return null;
  const operator = open && close ? "contains_field" : open ? "ends_with_field" : close ? "starts_with_field" : null;
  if (operator === null) return null;
  const sensitive = !(subject.folded || other.folded);
  return evalPredicate(subject.ref, operator, [other.ref.raw], [printEval(written)], sensitive, span, lowering.home);
}

/** What `a . b . c` joins. */
function joinedBy(expression: EvalExpression): readonly EvalExpression[] {
  if (expression.type !== "binary" || expression.operator !== ".") return [expression];
  return [...joinedBy(expression.left), expression.right];
}

/** A condition on computed values that no operator of ours expresses: true, as a computed value; null for constants. */
function computedCondition(expression: EvalExpression, lowering: Lowering, scope: Scope): Expression | null {
  const fields = fieldsOf(expression, scope);
  if (fields.length === 0) return null;
  const text = printEval(expression);
  return evalPredicate(computedField(text, text, fields), "eq", [true], ["true"], true, expression.span, lowering.home);
}

function lowerList(
  left: EvalExpression,
  list: readonly EvalExpression[],
  whole: EvalExpression,
  lowering: Lowering,
  scope: Scope,
): Expression | null {
  const subject = operandOf(left, lowering, scope);
  const values = list.map((one) => operandOf(one, lowering, scope));
  const plain = values.filter((one) => one.type === "value");
  if (subject.type !== "field" || values.length === 0) return null;
  if (plain.length !== values.length)
    return lowerFieldList(
      subject,
      values,
      list.map((one) => printEval(one)),
      whole,
      lowering,
    );
  const texts = plain.map((one) => one.value);
  return evalPredicate(
    subject.ref,
    "eq",
    texts,
    plain.map((one) => one.raw),
    !subject.folded,
    whole.span,
    lowering.home,
  );
}

/** A list that names fields: one comparison with each; null where there is something else in it. */
function lowerFieldList(
  subject: Extract<Operand, { type: "field" }>,
  values: readonly Operand[],
  raws: readonly string[],
  whole: EvalExpression,
  lowering: Lowering,
): Expression | null {
  const { home } = lowering;
  const parts: Expression[] = [];
  for (const [index, one] of values.entries()) {
    if (one.type === "constant") return null;
    const operator = one.type === "value" ? "eq" : "eq_field";
    const ref = one.type === "value" ? subject.ref : besides(subject.ref, one.ref);
    const value = one.type === "value" ? one.value : one.ref.raw;
    parts.push(evalPredicate(ref, operator, [value], [raws[index] ?? ""], !subject.folded, whole.span, home));
  }
  return disjoin(parts, place(home, whole.span));
}

type Call = Extract<EvalExpression, { type: "call" }>;

/** What is made of a call that is a condition by itself; null where its arguments do not fit. */
type Condition = (call: Call, lowering: Lowering, scope: Scope) => Expression | null;

const conditions: Readonly<Record<string, Condition | undefined>> = {
  like: ({ arguments: [subject, pattern], span }, lowering, scope) =>
    subject === undefined || pattern === undefined
      ? null
      : likeExpression(operandOf(subject, lowering, scope), pattern, span, lowering, scope),
  match: ({ arguments: [subject, pattern], span }, lowering, scope) =>
    withText(subject, pattern, lowering, scope, (ref, text, raw, folded) =>
      evalPredicate(ref, "regex_match", [text], [raw], !(folded || foldsCase(text)), span, lowering.home),
    ),
  cidrmatch: ({ arguments: [network, subject], span }, lowering, scope) =>
    withText(subject, network, lowering, scope, (ref, text, raw) =>
      evalPredicate(ref, "cidr_match", [text], [raw], true, span, lowering.home),
    ),
  isnull: ({ arguments: [subject], span }, lowering, scope) =>
    withField(subject, lowering, scope, (ref) => plainPredicate(ref, "is_null", [], [], true, span, lowering.home)),
  isnotnull: ({ arguments: [subject], span }, lowering, scope) =>
    withField(subject, lowering, scope, (ref) => plainPredicate(ref, "exists", [], ["*"], true, span, lowering.home)),
  in: (call, lowering, scope) => {
    const [subject, ...values] = call.arguments;
    return subject === undefined ? null : lowerList(subject, values, call, lowering, scope);
  },
  not: ({ arguments: [operand], span }, lowering, scope) =>
    operand === undefined ? null : negate(lowerCondition(operand, lowering, scope), place(lowering.home, span)),
  searchmatch: ({ arguments: [text], span }, lowering, scope) => {
    if (text?.type !== "string") return null;
    const [command] = readPipelineText(unquoteEval(text.text), "root").pipeline.commands;
    if (command?.type !== "search" || command.expression === null) return null;
    const home: Home = { ...lowering.home, at: place(lowering.home, span) };
    const { expression } = lowerSearch(command.expression, { ...lowering, home }, scope);
    return expression === null ? null : settle(expression, true);
  },
};

/** An inline flag at the start of a regular expression: `(?i)`, `(?si)`. */
export function foldsCase(pattern: string): boolean {
  return /^\(\?[a-z]*i[a-z]*\)/.test(pattern);
}

function withField(
  subject: EvalExpression | undefined,
  lowering: Lowering,
  scope: Scope,
  make: (ref: FieldRef, folded: boolean) => Expression,
): Expression | null {
  if (subject === undefined) return null;
  const operand = operandOf(subject, lowering, scope);
  return operand.type === "field" ? make(operand.ref, operand.folded) : null;
}

function withText(
  subject: EvalExpression | undefined,
  text: EvalExpression | undefined,
  lowering: Lowering,
  scope: Scope,
  make: (ref: FieldRef, text: string, raw: string, folded: boolean) => Expression,
): Expression | null {
  if (text === undefined) return null;
  const value = operandOf(text, lowering, scope);
  if (value.type !== "value") return null;
  return withField(subject, lowering, scope, (ref, folded) => make(ref, String(value.value), value.raw, folded));
}

function lowerCall(call: Call, lowering: Lowering, scope: Scope): Expression {
  const name = call.name.toLowerCase();
  const make = conditions[name];
  const found = make === undefined ? null : make(call, lowering, scope);
  if (found !== null) return found;
  const operand = operandOf(call, lowering, scope);
  if (make !== undefined || informationalFunctions.has(name)) {
    const computed = computedCondition(call, lowering, scope);
    if (computed !== null) return computed;
  }
  const reason =
    operand.type === "constant"
      ? "constant as a condition"
      : make === undefined
        ? "function that is no condition"
        : "condition on constants";
  return opaque(printEval(call), reason, place(lowering.home, call.span));
}
