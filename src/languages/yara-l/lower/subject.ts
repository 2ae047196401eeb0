import { boundField, computedField, fieldRef, fieldsBehind } from "../../../rule/build.ts";
import type { FieldRef } from "../../../rule/expression.ts";
import type { Call, Node } from "../ast.ts";
import { printNode } from "../print.ts";
import { boundValue, fieldsIn, longestChain, rawName, rawNames, type Scope } from "./scope.ts";

/** What a condition looks at. */
export interface Subject {
  readonly field: FieldRef;
  /** The value was made lower or upper case before it is compared. */
  readonly fold: "lower" | "upper" | null;
  /** `any` or `all` of a repeated field's values; null for the usual reading, a copy of the event for each. */
  readonly quantifier: "any" | "all" | null;
  /** Event variable that it belongs to; null for values of several events or of none. */
  readonly event: string | null;
}

/** Where a condition stands: `event` is the variable that it filters, null where it spans several. */
export interface Place {
  readonly scope: Scope;
  readonly event: string | null;
  /** Placeholders that led here, so that none is followed in a circle. */
  readonly followed?: readonly string[];
}

/** Functions that give the same value back: as another type, or as the first argument that is not empty, if a field. */
const passing: ReadonlySet<string> = new Set([
  "strings.coalesce",
  "cast.as_string",
  "cast.as_int",
  "cast.as_uint",
  "cast.as_float",
]);

const folding: Readonly<Record<string, "lower" | "upper">> = {
  "strings.to_lower": "lower",
  "strings.to_upper": "upper",
};

/** A value that depends on events; null for a constant. Calls and arithmetic are computed unless they pass a field on. */
export function subjectOf(node: Node, place: Place): Subject | null {
  switch (node.type) {
    case "field":
      return { field: fieldOf(node, place), fold: null, quantifier: null, event: node.variable ?? "" };
    case "variable":
      return variable(node.name, node, place);
    case "quantified": {
      const inner = subjectOf(node.operand, place);
      return inner === null ? null : { ...inner, quantifier: node.quantifier };
    }
    case "call":
      return passed(node, place) ?? computed(node, place);
    case "arithmetic":
    case "negative":
    case "count":
    case "and":
    case "or":
    case "not":
    case "comparison":
    case "in":
    case "null_check":
      return computed(node, place);
    case "selection":
    case "array":
    case "list":
    case "string":
    case "regex":
    case "number":
    case "boolean":
    case "null":
    case "error":
      return null;
    default:
      return node satisfies never;
  }
}

function fieldOf(node: Extract<Node, { type: "field" }>, place: Place): FieldRef {
  const raw = rawName(node);
  if (place.event !== null) return fieldRef(raw);
  return computedField(printNode(node), printNode(node), [raw]);
}

/** A placeholder is its field; its function's value is computed and goes by its name, as do outcomes and event variables. */
function variable(name: string, node: Node, place: Place): Subject {
  const followed = place.followed ?? [];
  const value =
    followed.includes(name) || followed.length >= longestChain ? null : boundValue(name, place.event, place.scope);
  const inner = value === null ? null : subjectOf(value, { ...place, followed: [...followed, name] });
  if (value === null || inner === null) return { ...computed(node, place), field: madeBy(name, node, place) };
  if (isComputed(inner)) return value.type === "field" ? inner : { ...inner, field: madeBy(name, value, place) };
  const fields = fieldsBehind(inner.field);
  return { ...inner, field: boundField({ field: inner.field.raw, kind: "resolved", text: printNode(node), fields }) };
}

function passed(call: Call, place: Place): Subject | null {
  const name = call.name.toLowerCase();
  const fold = folding[name] ?? null;
  const [first] = call.arguments;
  if (first === undefined || (fold === null && !passing.has(name))) return null;
  const inner = subjectOf(first, place);
  if (inner === null || isComputed(inner)) return null;
  if (call.arguments.some((one) => subjectOf(one, place) === null)) return null;
  const fields = rawNames(fieldsIn(call, place.scope));
  const field = boundField({ field: inner.field.raw, kind: "resolved", text: printNode(call), fields });
  return { ...inner, field, fold: fold ?? inner.fold };
}

/** A value that the rule makes itself. */
export function computed(node: Node, place: Place): Subject {
  const fields = fieldsIn(node, place.scope);
  const events = new Set(fields.map((one) => one.variable ?? ""));
  const [event] = events;
  return {
    field: madeBy(printNode(node), node, place),
    fold: null,
    quantifier: null,
    event: events.size === 1 ? (event ?? null) : null,
  };
}

function madeBy(raw: string, node: Node, place: Place): FieldRef {
  const value = node.type === "variable" ? (place.scope.outcomes.get(node.name) ?? node) : node;
  const fields = rawNames(fieldsIn(node, place.scope));
  return computedField(raw, printNode(value), fields);
}

export function isComputed(subject: Subject): boolean {
  return subject.field.derivedFrom?.kind === "computed";
}
