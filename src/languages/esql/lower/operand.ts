import { boundField, computedField } from "../../../rule/build.ts";
import type { FieldRef } from "../../../rule/expression.ts";
import type { Call, Expression } from "../ast.ts";
import { functionNamed } from "../functions.ts";
import { printExpression } from "../print-expression.ts";
import { type Binding, bindingOf, resolve, type Scope, sourceFields } from "./scope.ts";

/** One side of a comparison. */
export type Operand =
  | { readonly type: "value"; readonly value: string | number | boolean; readonly raw: string }
  | { readonly type: "null" }
  | { readonly type: "parameter"; readonly name: string; readonly raw: string }
  /** A value that is computed from constants: `now() - 1 day`. */
  | { readonly type: "constant"; readonly text: string }
  | { readonly type: "list"; readonly items: readonly Operand[] }
  | FieldOperand;

export interface FieldOperand {
  readonly type: "field";
  readonly ref: FieldRef;
  readonly fold: Binding["fold"];
  readonly single: boolean;
}

export function operandOf(node: Expression, scope: Scope): Operand {
  switch (node.type) {
    case "string":
    case "number":
      return { type: "value", value: node.value, raw: node.text };
    case "boolean":
      return { type: "value", value: node.value, raw: String(node.value) };
    case "null":
      return { type: "null" };
    case "parameter":
      // Two question marks: the parameter is the name of a field.
      if (node.text.startsWith("??")) return fieldOperand(node.text, scope);
      return { type: "parameter", name: node.text.replace(/^\?+/, ""), raw: node.text };
    case "list":
      return { type: "list", items: node.items.map((one) => operandOf(one, scope)) };
    case "field":
      return fieldOperand(node.name, scope);
    case "cast":
    case "call":
      return convertedValue(node, scope) ?? passed(node, scope) ?? computedOperand(node, scope);
    default:
      return computedOperand(node, scope);
  }
}

function fieldOperand(name: string, scope: Scope): FieldOperand {
  const binding = bindingOf(scope, name);
  return {
    type: "field",
    ref: resolve(scope, name),
    fold: binding?.fold ?? null,
    single: binding?.single === true,
  };
}

/** `"10.0.0.1"::ip`, `to_datetime("2026-01-01")`: a constant with a type. */
function convertedValue(node: Expression, scope: Scope): Operand | null {
  const inner = node.type === "cast" ? node.operand : node.type === "call" ? onlyArgument(node) : null;
  if (inner === null || (node.type === "call" && functionNamed(node.name)?.passing !== "same")) return null;
  const operand = operandOf(inner, scope);
  return operand.type === "value" ? { ...operand, raw: printExpression(node) } : null;
}

function onlyArgument(node: Call): Expression | null {
  return node.arguments.length === 1 ? (node.arguments[0] ?? null) : null;
}

function passed(node: Expression, scope: Scope): Operand | null {
  const alias = aliasOf(node, scope);
  if (alias === null) return null;
  return { type: "field", ref: boundField(alias), fold: alias.fold, single: alias.single };
}

function computedOperand(node: Expression, scope: Scope): Operand {
  const text = printExpression(node);
  const fields = fieldsOf(node, scope);
  if (fields.length === 0) return { type: "constant", text };
  return { type: "field", ref: computedField(text, text, fields), fold: null, single: false };
}

/** What an expression passes on as it is: a field, `to_lower(x)`, `x::ip`, `coalesce(x, y)`. Null where it computes. */
export function aliasOf(node: Expression, scope: Scope): Binding | null {
  if (node.type === "field") return fieldAlias(node.name, scope);
  if (node.type === "cast") return renamed(aliasOf(node.operand, scope), node);
  if (node.type !== "call") return null;
  const passing = functionNamed(node.name)?.passing;
  if (passing === undefined) return null;
  if (passing === "first present") return firstPresent(node, scope);
  const inner = onlyArgument(node);
  const alias = inner === null ? null : renamed(aliasOf(inner, scope), node);
  if (alias === null || passing === "same") return alias;
  return { ...alias, fold: alias.kind === "computed" ? null : passing };
}

function fieldAlias(name: string, scope: Scope): Binding {
  const bound = bindingOf(scope, name);
  if (bound !== null) return bound;
  return { kind: "resolved", field: name, text: name, fields: [name], fold: null, single: false, window: null };
}

/** A computed value that is passed on through a function is computed by that, too. */
function renamed(alias: Binding | null, node: Expression): Binding | null {
  return alias === null || alias.kind === "computed" ? null : { ...alias, text: printExpression(node) };
}

/** Of a field and a computed value nobody knows which it is; two fields are two places of the same thing. */
function firstPresent(node: Call, scope: Scope): Binding | null {
  const inner = node.arguments.map((one) => aliasOf(one, scope));
  const found = inner.flatMap((one) => (one === null || one.kind === "computed" ? [] : [one]));
  const [first] = found;
  if (first === undefined || found.length < inner.length) return null;
  const fields = limited(new Set(found.flatMap((one) => one.fields)));
  const fold = found.every((one) => one.fold === first.fold) ? first.fold : null;
  const single = found.every((one) => one.single);
  return { ...first, text: printExpression(node), fields, fold, single, window: null };
}

/** Each step of a chain of computations reads all that the steps before it read; no rule comes near this. */
const maximumFields = 64;

function limited(names: ReadonlySet<string>): readonly string[] {
  return [...names].slice(0, maximumFields);
}

/** The fields of the events that an expression reads, each once. */
export function fieldsOf(node: Expression, scope: Scope): readonly string[] {
  const found = new Set<string>();
  eachField(node, (name) => {
    if (found.size < maximumFields) for (const field of sourceFields(scope, name)) found.add(field);
  });
  return limited(found);
}

/** Calls back for each field name in an expression, as it is written there. */
export function eachField(node: Expression, found: (name: string) => void): void {
  for (const inner of partsOf(node)) eachField(inner, found);
  if (node.type === "field") found(node.name);
}

/** The expressions right inside another one. */
export function partsOf(node: Expression): readonly Expression[] {
  switch (node.type) {
    case "and":
    case "or":
      return node.operands;
    case "not":
    case "is_null":
    case "negative":
    case "cast":
      return [node.operand];
    case "comparison":
    case "match":
    case "arithmetic":
      return [node.left, node.right];
    case "in":
      return [node.left, ...node.values];
    case "in_subquery":
      return [node.left];
    case "pattern":
      return [node.left, ...node.patterns];
    case "call":
      return node.arguments;
    case "list":
      return node.items;
    case "entries":
      return node.entries.map((one) => one.value);
    case "field":
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "timespan":
    case "parameter":
    case "star":
    case "fault":
      return [];
    default:
      return node satisfies never;
  }
}
