import type { Span } from "../../../kit/span.ts";
import { conjoin, disjoin, negate } from "../../../rule/build.ts";
import type { Expression, Operator, Predicate, Value } from "../../../rule/expression.ts";
import { mirrored, orders } from "../../../rule/order.ts";
import type { ComparisonOperator, Node } from "../ast.ts";
import { isRepeated } from "../repeated-fields.ts";
import { matchesEmpty } from "./matches-empty.ts";
import { isComputed, type Subject } from "./subject.ts";

/** How a condition stands in its surroundings. */
export interface Stance {
  /** An odd number of `not` around it. */
  readonly negated: boolean;
  readonly nocase: boolean;
  readonly span: Span;
}

export interface Constant {
  readonly value: Value;
  readonly raw: string;
}

/** The value of a literal; null for anything else. */
export function constantOf(node: Node): Constant | null {
  switch (node.type) {
    case "string":
    case "number":
      return { value: node.value, raw: node.text };
    case "regex":
      return { value: node.pattern, raw: node.text };
    case "boolean":
      return { value: node.value, raw: String(node.value) };
    default:
      return null;
  }
}

/** The value that a field has where the event does not: the empty string, zero, false. */
function isZero(value: Value): boolean {
  return value === "" || value === 0 || value === false;
}

/** Does a missing field, being the empty string, meet a test of texts? */
const emptyTests: Readonly<Partial<Record<Operator, (value: string) => boolean>>> = {
  contains: (value) => value === "",
  starts_with: (value) => value === "",
  ends_with: (value) => value === "",
  regex_match: matchesEmpty,
};

/** `subject operator constant`. A missing field has its type's zero value, so that it may meet the comparison. */
export function compareConstant(
  subject: Subject,
  operator: ComparisonOperator,
  constant: Constant,
  stance: Stance,
): Expression {
  const own = operator === "!=";
  const at = stance.span;
  if (constant.value === "" && !isComputed(subject) && (own || operator === "=")) {
    return presence(subject, own ? "exists" : "is_null", at);
  }
  const kind = operator === "=" || own ? "eq" : orders[operator];
  const found = withZero(subject, kind, constant, stance, own);
  return own ? negate(found, at) : found;
}

/** One predicate, or that the field is missing where its zero value meets it. `own`: as for `leaf`. */
export function withZero(
  subject: Subject,
  kind: Operator,
  constant: Constant,
  stance: Stance,
  own = false,
): Expression {
  const plain = leaf(subject, kind, [constant], stance, own);
  if (isComputed(subject) || !meetsZero(kind, constant.value)) return plain;
  return disjoin([plain, presence(subject, "is_null", stance.span)], stance.span);
}

function meetsZero(kind: Operator, value: Value): boolean {
  if (kind === "eq") return isZero(value);
  if (typeof value === "string") return emptyTests[kind]?.(value) ?? false;
  if (typeof value !== "number") return false;
  switch (kind) {
    case "lt":
      return 0 < value;
    case "le":
      return 0 <= value;
    case "gt":
      return 0 > value;
    case "ge":
      return 0 >= value;
    default:
      return false;
  }
}

/** Of the first value that is there, all are missing or one is there. `origin`: what asks for it, if not the condition. */
export function presence(
  subject: Subject,
  operator: "exists" | "is_null",
  at: Span,
  origin?: "match section",
): Expression {
  const { derivedFrom } = subject.field;
  const fields = derivedFrom?.kind === "resolved" ? derivedFrom.fields : [subject.field.raw];
  const each = fields.map(
    (raw): Predicate => ({
      type: "predicate",
      field: { ...subject.field, raw },
      operator,
      values: [],
      raw: [],
      quantifier: "any",
      caseSensitive: true,
      span: at,
      ...(origin === undefined ? {} : { origin }),
    }),
  );
  return operator === "exists" ? disjoin(each, at) : conjoin(each, at);
}

/**
 * One predicate. `own` says that the operator itself negates (`!=`, `not in`), which the caller puts around it. Each
 * value of a repeated field is a copy of the event, and one copy is enough: so under `not` one value that does not
 * compare is enough, and the predicate must hold for all before `not` turns it down.
 */
export function leaf(
  subject: Subject,
  operator: Operator,
  constants: readonly Constant[],
  stance: Stance,
  own = false,
): Predicate {
  const everyValue = subject.quantifier === "all" ? !own : subject.quantifier === "any" ? own : stance.negated !== own;
  return {
    type: "predicate",
    field: subject.field,
    operator,
    values: constants.map((one) => one.value),
    raw: constants.map((one) => one.raw),
    quantifier: "any",
    caseSensitive: !stance.nocase && subject.fold === null,
    span: stance.span,
    ...(everyValue && !isComputed(subject) && mayRepeat(subject) ? { several: "all" as const } : {}),
  };
}

function mayRepeat({ field: { raw, derivedFrom }, quantifier }: Subject): boolean {
  return quantifier !== null || isRepeated(raw) || (derivedFrom?.fields ?? []).some(isRepeated);
}

/**
 * Field against field of one event. Two missing fields are equal, both having the zero value. A value that the rule
 * makes stands on the left, since predicates name a field on the right.
 */
export function compareFields(left: Subject, operator: ComparisonOperator, right: Subject, stance: Stance): Expression {
  if (isComputed(right) && !isComputed(left)) return compareFields(right, mirrored(operator), left, stance);
  const own = operator === "!=";
  const at = stance.span;
  const folded: Stance = { ...stance, nocase: stance.nocase || right.fold !== null };
  const name: Constant = { value: right.field.raw, raw: right.field.derivedFrom?.text ?? right.field.raw };
  const kind = operator === "=" || own ? "eq_field" : (`${orders[operator]}_field` as const);
  const plain = leaf(left, kind, [name], folded, own);
  if (kind !== "eq_field" || isComputed(left) || isComputed(right)) return own ? negate(plain, at) : plain;
  const missing = conjoin([presence(left, "is_null", at), presence(right, "is_null", at)], at);
  const either = disjoin([plain, missing], at);
  return own ? negate(either, at) : either;
}
