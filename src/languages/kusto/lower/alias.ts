import type { Call, Expression } from "../ast.ts";
import { blankPatterns, foldingFunctions, keepingFunctions, trimFunctions } from "../functions.ts";
import { printExpression } from "../print.ts";
import { type Binding, bindingOf, capped, isBound, type Scope } from "../scope.ts";
import type { Lowering } from "./context.ts";
import { within } from "./function-call.ts";
import { definitionOf } from "./names.ts";

/** A value that is passed on and not computed: a column, a path into one, `tostring(x)`, `tolower(x)`, `coalesce(x, y)`. */
export interface Alias {
  readonly binding: Binding;
}

/** null where the expression computes, or is no column at all. */
export function aliasOf(expression: Expression, lowering: Lowering, scope: Scope): Alias | null {
  switch (expression.type) {
    case "name":
      return columnAlias(expression.name, lowering, scope);
    case "member":
      if (expression.member.type !== "name") return null;
      return path(aliasOf(expression.object, lowering, scope), expression.member.name, expression);
    case "index":
      return indexed(expression, lowering, scope);
    case "call":
      return callAlias(expression, lowering, scope);
    default:
      return null;
  }
}

function columnAlias(name: string, lowering: Lowering, scope: Scope): Alias | null {
  const definition = isBound(scope, name) ? null : definitionOf(lowering.names, name);
  if (definition === null) {
    const plain: Binding = { kind: "resolved", field: name, text: name, fields: [name], folded: false };
    return { binding: bindingOf(scope, name) ?? plain };
  }
  if (definition.type !== "expression" || !definition.argument) return null;
  const inner = within(lowering, definition.names);
  if (inner === null) return null;
  const found = aliasOf(definition.expression, inner, definition.scope);
  lowering.budget.depth--;
  return found;
}

/** A key makes a path; the place in an array does not, because a path means any item of the arrays on its way. */
function indexed(expression: Extract<Expression, { type: "index" }>, lowering: Lowering, scope: Scope): Alias | null {
  const { index } = expression;
  const base = aliasOf(expression.object, lowering, scope);
  if (index.type === "string") return path(base, index.value, expression);
  const isPlace = index.type === "number" || (index.type === "sign" && index.operand.type === "number");
  return base !== null && isPlace ? worded(base, expression) : null;
}

function path(base: Alias | null, key: string, expression: Expression): Alias | null {
  if (base === null) return null;
  const { kind, field, fields } = base.binding;
  const text = printExpression(expression);
  if (kind === "computed") return { binding: { kind, field: text, text, fields, folded: false } };
  const whole = `${field}.${key}`;
  return { binding: { kind, field: whole, text, fields: fields.length > 1 ? fields : [whole], folded: false } };
}

function worded(base: Alias, expression: Expression, folded = base.binding.folded): Alias {
  const { cases: _cases, ...binding } = base.binding;
  return { binding: { ...binding, text: printExpression(expression), folded } };
}

function callAlias(call: Call, lowering: Lowering, scope: Scope): Alias | null {
  const plain = call.arguments.filter((one): one is Expression => one.type !== "assignment");
  const [first, second] = plain;
  if (first === undefined || plain.length !== call.arguments.length) return null;
  if (keepingFunctions.has(call.name) || foldingFunctions.has(call.name)) {
    const base = aliasOf(first, lowering, scope);
    return base === null ? null : worded(base, call, base.binding.folded || foldingFunctions.has(call.name));
  }
  if (trimFunctions.has(call.name) && second !== undefined) {
    const base = first.type === "string" && blankPatterns.has(first.value) ? aliasOf(second, lowering, scope) : null;
    return base === null ? null : worded(base, call);
  }
  if (call.name === "coalesce") return coalesced(call, plain, lowering, scope);
  if (call.name === "column_ifexists" || call.name === "columnifexists") {
    const base = first.type === "string" ? columnAlias(first.value, lowering, scope) : null;
    return base === null ? null : worded(base, call);
  }
  if (
    (call.name === "extract_json" || call.name === "extractjson") &&
    first.type === "string" &&
    second !== undefined
  ) {
    const keys = /^\$((?:\.\w+)+)$/.exec(first.value)?.[1];
    const base = aliasOf(second, lowering, scope);
    return keys === undefined ? null : path(base, keys.slice(1), call);
  }
  return null;
}

/** The first that has a value. An empty text at the end says that there is none, which changes no comparison. */
function coalesced(call: Call, parts: readonly Expression[], lowering: Lowering, scope: Scope): Alias | null {
  const found: Alias[] = [];
  for (const [index, one] of parts.entries()) {
    if (index > 0 && index === parts.length - 1 && one.type === "string" && one.value === "") continue;
    const alias = aliasOf(one, lowering, scope);
    if (alias === null) return null;
    found.push(alias);
  }
  const [first] = found;
  if (first === undefined) return null;
  // Of a source column and a computed value nobody knows which it is.
  if (new Set(found.map(({ binding }) => binding.kind)).size > 1) return null;
  const fields = capped(found.flatMap(({ binding }) => binding.fields));
  const folded = found.every(({ binding }) => binding.folded);
  return { binding: { ...worded(first, call, folded).binding, fields } };
}
