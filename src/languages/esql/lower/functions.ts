import { disjoin } from "../../../rule/build.ts";
import type { Expression as Condition } from "../../../rule/expression.ts";
import type { Call, Expression } from "../ast.ts";
import { functionNamed } from "../functions.ts";
import { printExpression } from "../print-expression.ts";
import { besides, hole, placeholder, predicate, truth } from "./condition.ts";
import { certain, lowerInner, lowerMatchCall } from "./full-text.ts";
import { type FieldOperand, type Operand, operandOf } from "./operand.ts";
import { matches } from "./pattern-match.ts";
import type { Scope } from "./scope.ts";

/** A call that is a condition; one that the model has no word for is a value that the query computed. */
export function lowerCall(node: Call, scope: Scope): Condition {
  return meant(node, scope) ?? truth(node, scope);
}

/** Null where the arguments are not of the kind that can be told. */
function meant(node: Call, scope: Scope): Condition | null {
  const meaning = functionNamed(node.name)?.meaning;
  const [first, ...rest] = node.arguments;
  if (meaning === undefined || first === undefined) return null;
  if (meaning === "embedded") return lowerInner(node);
  const subject = operandOf(first, scope);
  if (subject.type !== "field") return null;
  const [second] = rest;
  switch (meaning) {
    case "starts_with":
    case "ends_with":
    case "contains":
      return second === undefined ? null : affix(node, subject, meaning, operandOf(second, scope), second);
    case "cidr_match":
      return networks(node, subject, rest, scope);
    case "match":
    case "match_phrase":
      return lowerMatchCall(node, scope);
    case "mv_contains":
    case "mv_intersects":
      return second === undefined ? null : members(node, subject, operandOf(second, scope), meaning);
    case "mv_like":
    case "mv_rlike": {
      const found = matches(subject, meaning === "mv_like" ? "like" : "rlike", rest.slice(0, 1), node, scope);
      return found === null ? null : certain(found);
    }
    default:
      return meaning satisfies never;
  }
}

function affix(
  node: Call,
  subject: FieldOperand,
  operator: "starts_with" | "ends_with" | "contains",
  object: Operand,
  written: Expression,
): Condition | null {
  if (object.type === "value") return predicate(subject, operator, [object.value], [object.raw], node.span);
  if (object.type !== "field") return null;
  const both = besides(subject, object, () => printExpression(node));
  return predicate(both, `${operator}_field`, [object.ref.raw], [printExpression(written)], node.span);
}

function networks(node: Call, subject: FieldOperand, rest: readonly Expression[], scope: Scope): Condition | null {
  const blocks = rest.map((one) => operandOf(one, scope));
  const plain = blocks.filter((one) => one.type === "value");
  const parameters = blocks.filter((one) => one.type === "parameter");
  if (blocks.length === 0 || plain.length + parameters.length < blocks.length) return null;
  const parts = parameters.map((one) => placeholder(subject, one.name, one.raw, node.span));
  if (plain.length === 0) return disjoin(parts, node.span);
  const values = plain.map((one) => String(one.value));
  const raws = plain.map((one) => one.raw);
  return disjoin([predicate(subject, "cidr_match", values, raws, node.span), ...parts], node.span);
}

/** Whether a field holds all, or any, of some values: never unknown, since no value is taken for no elements. */
function members(
  node: Call,
  subject: FieldOperand,
  object: Operand,
  meaning: "mv_contains" | "mv_intersects",
): Condition | null {
  const wanted = object.type === "list" ? object.items : [object];
  const plain = wanted.filter((one) => one.type === "value");
  if (plain.length < wanted.length) return null;
  if (plain.length === 0) return hole(node, "a list without values");
  const values = plain.map((one) => one.value);
  const raws = plain.map((one) => one.raw);
  const { missing: _, several: __, ...found } = predicate(subject, "eq", values, raws, node.span);
  return { ...found, quantifier: meaning === "mv_contains" && values.length > 1 ? "all" : "any" };
}
