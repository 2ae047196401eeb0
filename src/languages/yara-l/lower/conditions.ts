import type { Span } from "../../../kit/span.ts";
import { computedField, conjoin, disjoin, negate, opaque } from "../../../rule/build.ts";
import type { Expression, Operator, Value } from "../../../rule/expression.ts";
import { mirrored } from "../../../rule/order.ts";
import type { Call, Comparison, Membership, Node } from "../ast.ts";
import { printNode } from "../print.ts";
import {
  type Constant,
  compareConstant,
  compareFields,
  constantOf,
  leaf,
  presence,
  type Stance,
  withZero,
} from "./leaves.ts";
import { computed, isComputed, type Place, type Subject, subjectOf } from "./subject.ts";

/** Functions that are conditions on their first argument: what they ask of it, and of which kind of constant. */
const tests: Readonly<Record<string, Operator>> = {
  "re.regex": "regex_match",
  "strings.contains": "contains",
  "strings.starts_with": "starts_with",
  "strings.ends_with": "ends_with",
  "net.ip_in_range_cidr": "cidr_match",
  "arrays.contains": "eq",
};

/** Those that look at all values of a repeated field at once, and not at a copy of the event for each. */
const wholeLists: ReadonlySet<string> = new Set(["arrays.contains"]);

const fieldTests: Readonly<Partial<Record<Operator, Operator>>> = {
  contains: "contains_field",
  starts_with: "starts_with_field",
  ends_with: "ends_with_field",
  eq: "eq_field",
};

/** A condition as an expression; `negated` says that an odd number of `not` stands around it. */
export function condition(node: Node, place: Place, negated = false): Expression {
  const at = node.span;
  const stance: Stance = { negated, nocase: false, span: at };
  switch (node.type) {
    case "and":
      return conjoin(
        node.operands.map((one) => condition(one, place, negated)),
        at,
      );
    case "or":
      return disjoin(
        node.operands.map((one) => condition(one, place, negated)),
        at,
      );
    case "not":
      return negate(condition(node.operand, place, !negated), at);
    case "comparison":
      return comparison(node, place, negated);
    case "in":
      return membership(node, place, negated);
    case "null_check": {
      const subject = subjectOf(node.operand, place);
      return subject === null ? unknown(node, constants) : presence(subject, node.negated ? "exists" : "is_null", at);
    }
    case "call":
      return call(node, place, { ...stance, nocase: node.nocase });
    case "field":
    case "variable":
    case "quantified": {
      if (node.type === "variable" && place.scope.events.includes(node.name)) return occurs(node.name, place, at);
      const subject = subjectOf(node, place);
      return subject === null ? unknown(node, constants) : isTrue(subject, stance);
    }
    case "selection":
      return selection(node, place, at);
    case "string":
    case "regex":
    case "number":
    case "boolean":
    case "null":
    case "list":
    case "array":
      return unknown(node, "a constant where a condition belongs");
    case "arithmetic":
    case "negative":
    case "count":
      return unknown(node, "a number where a condition belongs");
    case "error":
      return opaque(node.text, "unreadable condition", at);
    default:
      return node satisfies never;
  }
}

const constants = "a comparison of constants";

function unknown(node: Node, reason: string): Expression {
  return opaque(printNode(node), reason, node.span);
}

function isTrue(subject: Subject, stance: Stance): Expression {
  return leaf(subject, "eq", [{ value: true, raw: "true" }], stance);
}

/** `$e` of a condition section: at least one such event. */
function occurs(name: string, place: Place, at: Span): Expression {
  const count: Node = { type: "count", name, span: at };
  return leaf(computed(count, place), "gt", [{ value: 0, raw: "0" }], { negated: false, nocase: false, span: at });
}

function selection(node: Extract<Node, { type: "selection" }>, place: Place, at: Span): Expression {
  const items = node.items.map((one) => condition(one, place));
  if (node.quantity === "all" || node.quantity === items.length) return conjoin(items, at);
  if (node.quantity === "any" || node.quantity === 1) return disjoin(items, at);
  return unknown(node, "a number of conditions out of several");
}

function comparison(node: Comparison, place: Place, negated: boolean): Expression {
  const stance: Stance = { negated, nocase: node.nocase, span: node.span };
  const [left, right] = [subjectOf(node.left, place), subjectOf(node.right, place)];
  if (left !== null && right !== null) return compareFields(left, node.operator, right, stance);
  const subject = left ?? right;
  const [of, against] = left === null ? [node.right, node.left] : [node.left, node.right];
  if (subject === null) return unknown(node, constants);
  if (against.type === "list") return inList(subject, "plain", against.name, stance, node.operator === "!=");
  if (against.type === "null") return presence(subject, node.operator === "!=" ? "exists" : "is_null", node.span);
  if (against.type === "array") return compareText(subject, node, against);
  const constant = constantOf(against);
  if (constant === null) return unknown(node, against.type === "error" ? "unreadable condition" : constants);
  if (against.type === "boolean" && of.type === "call" && testOf(of) !== undefined) {
    const wanted = against.value === (node.operator === "=");
    const inner = call(of, place, { ...stance, negated: negated === wanted, nocase: of.nocase });
    return wanted ? inner : negate(inner, node.span);
  }
  const operator = left === null ? mirrored(node.operator) : node.operator;
  if (against.type === "regex") {
    const own = operator === "!=";
    if (!own && operator !== "=") return unknown(node, "an ordering against a regular expression");
    const matched = withZero(
      foldable(subject, "regex_match", [constant], of, place),
      "regex_match",
      constant,
      stance,
      own,
    );
    return own ? negate(matched, node.span) : matched;
  }
  return compareConstant(foldable(subject, "eq", [constant], of, place), operator, constant, stance);
}

/** Arrays are compared as a whole, which no predicate says: the value is shown as the rule's own. */
function compareText(subject: Subject, node: Comparison, array: Node): Expression {
  const text = printNode(array);
  const stance: Stance = { negated: false, nocase: false, span: node.span };
  const { raw } = subject.field;
  const made = isComputed(subject) ? subject : { ...subject, field: computedField(raw, raw, [raw]) };
  return compareConstant(made, node.operator, { value: text, raw: text }, stance);
}

/**
 * A value made lower case meets no text with upper case letters in it: then the comparison is with the computed value,
 * and not one that ignores case. Escapes of regular expressions (`\S`) are no letters.
 */
function foldable(
  subject: Subject,
  operator: Operator,
  constants: readonly Constant[],
  node: Node,
  place: Place,
): Subject {
  if (subject.fold === null) return subject;
  const folded = constants.every(({ value }) => {
    if (typeof value !== "string") return true;
    const letters = operator === "regex_match" ? value.replace(/\\./gs, "") : value;
    return letters === (subject.fold === "lower" ? letters.toLowerCase() : letters.toUpperCase());
  });
  return folded ? subject : computed(node, place);
}

function membership(node: Membership, place: Place, negated: boolean): Expression {
  const subject = subjectOf(node.left, place);
  const stance: Stance = { negated, nocase: node.nocase, span: node.span };
  if (subject === null) return unknown(node, constants);
  if (node.right.type === "list") return inList(subject, node.kind, node.right.name, stance, node.negated);
  const items = node.right.type === "array" ? node.right.items : [node.right];
  const values = items.map(constantOf).filter((one): one is Constant => one !== null);
  if (values.length !== items.length || values.length === 0) return unknown(node, "a list of computed values");
  const kind = kinds[node.kind];
  const found = leaf(foldable(subject, kind, values, node.left, place), kind, values, stance, node.negated);
  return node.negated ? negate(found, node.span) : found;
}

const kinds = { plain: "eq", regex: "regex_match", cidr: "cidr_match" } as const;

/** The list's values are the user's own: its name stands for them. */
function inList(subject: Subject, kind: Membership["kind"], name: string, stance: Stance, own: boolean): Expression {
  const operator = kind === "plain" ? "wildcard" : kinds[kind];
  const value: Value = { type: "pattern", tokens: [{ type: "placeholder", name }] };
  const found = leaf(subject, operator, [{ value, raw: `%${name}` }], stance, own);
  return own ? negate(found, stance.span) : found;
}

function testOf(node: Call): Operator | undefined {
  return Object.hasOwn(tests, node.name.toLowerCase()) ? tests[node.name.toLowerCase()] : undefined;
}

/** A function that is a condition; any other one is computed, and must be true. */
function call(node: Call, place: Place, stance: Stance): Expression {
  const operator = testOf(node);
  const [first, second] = node.arguments;
  if (operator === undefined || first === undefined || second === undefined)
    return isTrue(computed(node, place), stance);
  const given = subjectOf(first, place);
  if (given === null) return isTrue(computed(node, place), stance);
  const whole = wholeLists.has(node.name.toLowerCase()) && given.quantifier === null;
  const subject: Subject = whole ? { ...given, quantifier: "any" } : given;
  const constant = constantOf(second);
  if (constant !== null) {
    return withZero(foldable(subject, operator, [constant], first, place), operator, constant, stance);
  }
  const other = subjectOf(second, place);
  const against = fieldTests[operator];
  if (other === null || against === undefined || isComputed(other)) return isTrue(computed(node, place), stance);
  const name: Constant = { value: other.field.raw, raw: printNode(second) };
  return leaf(subject, against, [name], { ...stance, nocase: stance.nocase || other.fold !== null });
}
