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
  const found = follow(expression, lowering, scope);
  if (found === null || expression.type === "name") return found;
  // Only the outermost expression is printed: each part of a long path once would cost its square.
  const { cases: _cases, known: _known, window: _window, ...binding } = found.binding;
  const text = printExpression(expression);
  const field = binding.kind === "computed" && found.intoComputed === true ? text : binding.field;
  return { binding: { ...binding, text, field } };
}

interface Followed extends Alias {
  /** A path into a computed value, which has no name of its own. */
  readonly intoComputed?: true;
}

function follow(expression: Expression, lowering: Lowering, scope: Scope): Followed | null {
  switch (expression.type) {
    case "name":
      return columnAlias(expression.name, lowering, scope);
    case "member":
      if (expression.member.type !== "name") return null;
      return path(follow(expression.object, lowering, scope), [expression.member.name]);
    case "index":
      return indexed(expression, lowering, scope);
    case "call":
      return callAlias(expression, lowering, scope);
    default:
      return null;
  }
}

function columnAlias(name: string, lowering: Lowering, scope: Scope): Followed | null {
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
function indexed(
  expression: Extract<Expression, { type: "index" }>,
  lowering: Lowering,
  scope: Scope,
): Followed | null {
  const { index } = expression;
  const base = follow(expression.object, lowering, scope);
  if (index.type === "string") return path(base, [index.value]);
  const isPlace = index.type === "number" || (index.type === "sign" && index.operand.type === "number");
  return isPlace ? path(base, []) : null;
}

/** A chain of columns, each a path into the one before, repeats all keys at every step; no real path comes near this. */
const longestPath = 1024;

function path(base: Followed | null, keys: readonly string[]): Followed | null {
  if (base === null) return null;
  const { kind, field, fields, text } = base.binding;
  if (kind === "computed") return { binding: { kind, field, text, fields, folded: false }, intoComputed: true };
  const whole = [field, ...keys].join(".");
  if (whole.length > longestPath) return null;
  return { binding: { kind, field: whole, text, fields: fields.length > 1 ? fields : [whole], folded: false } };
}

function folded(base: Followed | null): Followed | null {
  return base === null ? null : { ...base, binding: { ...base.binding, folded: true } };
}

function callAlias(call: Call, lowering: Lowering, scope: Scope): Followed | null {
  const plain = call.arguments.filter((one): one is Expression => one.type !== "assignment");
  const [first, second] = plain;
  if (first === undefined || plain.length !== call.arguments.length) return null;
  if (foldingFunctions.has(call.name)) return folded(follow(first, lowering, scope));
  if (keepingFunctions.has(call.name)) return follow(first, lowering, scope);
  if (trimFunctions.has(call.name) && second !== undefined) {
    return first.type === "string" && blankPatterns.has(first.value) ? follow(second, lowering, scope) : null;
  }
  if (call.name === "coalesce") return coalesced(plain, lowering, scope);
  if (call.name === "column_ifexists" || call.name === "columnifexists") {
    return first.type === "string" ? columnAlias(first.value, lowering, scope) : null;
  }
  if (
    (call.name === "extract_json" || call.name === "extractjson") &&
    first.type === "string" &&
    second !== undefined
  ) {
    const keys = /^\$((?:\.\w+)+)$/.exec(first.value)?.[1];
    return keys === undefined ? null : path(follow(second, lowering, scope), [keys.slice(1)]);
  }
  return null;
}

/** The first that has a value. An empty text at the end says that there is none, which changes no comparison. */
function coalesced(parts: readonly Expression[], lowering: Lowering, scope: Scope): Followed | null {
  const found: Followed[] = [];
  for (const [index, one] of parts.entries()) {
    if (index > 0 && index === parts.length - 1 && one.type === "string" && one.value === "") continue;
    const alias = follow(one, lowering, scope);
    if (alias === null) return null;
    found.push(alias);
  }
  const [first] = found;
  if (first === undefined) return null;
  // Of a source column and a computed value nobody knows which it is.
  if (new Set(found.map(({ binding }) => binding.kind)).size > 1) return null;
  const fields = capped(found.flatMap(({ binding }) => binding.fields));
  return { ...first, binding: { ...first.binding, fields, folded: found.every(({ binding }) => binding.folded) } };
}
