import type { Span } from "../../../kit/span.ts";
import { besides, computedField, conjoin, disjoin, negate } from "../../../rule/build.ts";
import type { Expression, FieldRef, Operator, PatternToken, Predicate, Value } from "../../../rule/expression.ts";
import { type Constant, isEvaluated, predicateValue } from "./constant.ts";
import { type Home, originOf, place } from "./context.ts";

export interface PredicateFrame {
  readonly field: FieldRef | null;
  readonly operator: Operator;
  readonly caseSensitive: boolean;
  readonly quantifier?: "any" | "all";
  /** Where a word may go on beyond what is asked for. */
  readonly open?: "start" | "end";
  /** The comparison with a null is null, and stays so under not(). */
  readonly unknown?: boolean;
  readonly span: Span;
  readonly home: Home;
}

/**
 * One predicate for the values that came from one place, because a predicate has one origin; and one for those that
 * leave a part open or are worked out when the query runs.
 */
export function valuePredicate(frame: PredicateFrame, constants: readonly Constant[]): Expression {
  if (constants.length === 1) return predicate(frame, constants);
  const groups = new Map<string, Constant[]>();
  for (const one of constants) {
    const key = `${one.kind === "placeholder"} ${isEvaluated(one)} ${one.origin ?? ""}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  const at = place(frame.home, frame.span);
  const predicates = [...groups.values()].map((group) => predicate(frame, group));
  return frame.quantifier === "all" ? conjoin(predicates, at) : disjoin(predicates, at);
}

/** Built in place, since a text of 64 KB may hold ten thousand. */
function predicate(frame: PredicateFrame, constants: readonly Constant[]): Predicate {
  const { operator, home } = frame;
  const [first] = constants;
  const values = constants.map((one): Value => opened(predicateValue(one), frame.open));
  const isPattern = first?.kind === "placeholder" && operator !== "match";
  const found: { -readonly [Key in keyof Predicate]: Predicate[Key] } = {
    type: "predicate",
    field: frame.field,
    operator: isPattern ? "wildcard" : operator,
    values: isPattern ? values.map((one) => surrounded(one, operator)) : values,
    raw: constants.map((one) => one.raw),
    quantifier: values.length > 1 ? (frame.quantifier ?? "any") : "any",
    caseSensitive: frame.caseSensitive,
    span: place(home, frame.span),
  };
  const origin = home.origin ?? first?.origin ?? null;
  if (origin !== null) found.origin = origin;
  if (frame.unknown === true) found.missing = "unknown";
  if (first !== undefined && isEvaluated(first)) found.evaluated = true;
  return found;
}

const any: PatternToken = { type: "any" };

function opened(value: Value, open: "start" | "end" | undefined): Value {
  if (open === undefined) return value;
  const tokens: readonly PatternToken[] =
    typeof value === "object" ? value.tokens : [{ type: "literal", text: String(value) }];
  return { type: "pattern", tokens: open === "start" ? [any, ...tokens] : [...tokens, any] };
}

/** A placeholder as a pattern that says where in the field it stands. */
function surrounded(value: Value, operator: Operator): Value {
  if (typeof value !== "object") return value;
  const before = operator === "contains" || operator === "ends_with" ? [any] : [];
  const after = operator === "contains" || operator === "starts_with" ? [any] : [];
  return { type: "pattern", tokens: [...before, ...value.tokens, ...after] };
}

/** `exists` and `is_null`. */
export function bare(field: FieldRef, operator: "exists" | "is_null", span: Span, home: Home): Predicate {
  return {
    type: "predicate",
    field,
    operator,
    values: [],
    raw: operator === "exists" ? ["*"] : [],
    quantifier: "any",
    caseSensitive: true,
    span: place(home, span),
    ...originOf(home),
  };
}

/** A text is never null in Kusto: where there is none, it is the empty text. So both are asked for. */
export function emptyTest(field: FieldRef, negated: boolean, span: Span, home: Home, raw = '""'): Expression {
  const at = place(home, span);
  const empty: Predicate = { ...bare(field, "is_null", span, home), operator: "eq", values: [""], raw: [raw] };
  if (negated) return conjoin([bare(field, "exists", span, home), negate(empty, at)], at);
  return disjoin([bare(field, "is_null", span, home), empty], at);
}

/** Compares with another field of the same event. */
export function fieldPredicate(
  field: FieldRef,
  operator: Operator,
  other: FieldRef,
  raw: string,
  frame: Pick<PredicateFrame, "caseSensitive" | "unknown" | "span" | "home">,
): Predicate {
  return {
    type: "predicate",
    field: besides(field, other, raw),
    operator,
    values: [other.raw],
    raw: [raw],
    quantifier: "any",
    caseSensitive: frame.caseSensitive,
    span: place(frame.home, frame.span),
    ...originOf(frame.home),
    ...(frame.unknown === true ? { missing: "unknown" as const } : {}),
  };
}

/**
 * A test that no operator of the model can say (a word from another field, a network from a column): the text of it is
 * a value that the query computes, and must be true.
 */
export function computedTest(text: string, fields: readonly string[], span: Span, home: Home): Predicate {
  return {
    type: "predicate",
    field: computedField(text, text, fields),
    operator: "eq",
    values: [true],
    raw: ["true"],
    quantifier: "any",
    caseSensitive: true,
    span: place(home, span),
    ...originOf(home),
    missing: "unknown",
  };
}

export function negateIf(negated: boolean, one: Expression, span: Span, home: Home): Expression {
  return negated ? negate(one, place(home, span)) : one;
}

/** The same expression with another place, for a part that is used away from where it is written. */
export function placed(one: Expression, span: Span, origin: string | null): Expression {
  switch (one.type) {
    case "and":
    case "or":
      return { ...one, operands: one.operands.map((operand) => placed(operand, span, origin)), span };
    case "not":
      return { ...one, operand: placed(one.operand, span, origin), span };
    case "predicate":
      return origin === null || one.origin !== undefined ? { ...one, span } : { ...one, span, origin };
    case "opaque":
      return { ...one, span };
    default:
      return one satisfies never;
  }
}

/** Nodes of an expression. */
export function sizeOf(one: Expression): number {
  if (one.type === "and" || one.type === "or") return one.operands.reduce((sum, each) => sum + sizeOf(each), 1);
  return one.type === "not" ? 1 + sizeOf(one.operand) : 1;
}
