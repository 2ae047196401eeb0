import { computedField } from "../../../rule/build.ts";
import type { FieldRef } from "../../../rule/expression.ts";
import type { EvalExpression } from "../ast.ts";
import { constants, foldingFunctions, keepingFunctions } from "../functions.ts";
import { printEval } from "../print.ts";
import { bindingOf, isBound, resolve, type Scope, sourceFields } from "../scope.ts";
import { unquoteEval } from "../text.ts";
import { type Lowering, openMacro } from "./context.ts";
import { readEvalText } from "./eval-text.ts";

/** One side of a comparison. */
export type Operand =
  | { readonly type: "value"; readonly value: string | number; readonly raw: string }
  | { readonly type: "field"; readonly ref: FieldRef; readonly folded: boolean }
  /** true, false and null. */
  | { readonly type: "constant"; readonly name: string };

export function operandOf(expression: EvalExpression, lowering: Lowering, scope: Scope): Operand {
  switch (expression.type) {
    case "string":
      return { type: "value", value: unquoteEval(expression.text), raw: expression.text };
    case "number":
      return { type: "value", value: Number(expression.text), raw: expression.text };
    case "negative":
      if (expression.operand.type !== "number") break;
      return { type: "value", value: -Number(expression.operand.text), raw: printEval(expression) };
    case "field": {
      const name = unquoteEval(expression.text);
      const constant = constantOf(expression);
      if (constant !== null && !isBound(scope, name)) return { type: "constant", name: constant };
      return { type: "field", ref: resolve(scope, name), folded: bindingOf(scope, name)?.folded === true };
    }
    case "call": {
      const constant = constantOf(expression);
      if (constant !== null) return { type: "constant", name: constant };
      const alias = aliasOf(expression, scope);
      if (alias !== null) {
        const fields = [...new Set(alias.names.flatMap((name) => sourceFields(scope, name)))];
        const ref = resolve(scope, alias.names[0] ?? "");
        const kind = ref.derivedFrom?.kind ?? "resolved";
        return {
          type: "field",
          ref: { ...ref, derivedFrom: { kind, text: printEval(expression), fields } },
          folded: alias.folded,
        };
      }
      break;
    }
    case "macro": {
      const opened = openMacro(lowering, expression);
      const inner = opened.type === "text" ? readEvalText(opened.text) : null;
      if (inner !== null && opened.type === "text") return operandOf(inner, opened.lowering, scope);
      break;
    }
    case "and":
    case "or":
    case "xor":
    case "not":
    case "binary":
    case "in":
    case "subsearch":
    case "error":
      break;
    default:
      expression satisfies never;
  }
  const text = printEval(expression);
  return { type: "field", ref: computedField(text, text, fieldsOf(expression, scope)), folded: false };
}

/** `true`, `true()`: bare words are constants, too, unless a field has that name. */
function constantOf(expression: EvalExpression): string | null {
  const name = expression.type === "call" ? expression.name : expression.type === "field" ? expression.text : "";
  const bare = expression.type !== "call" || expression.arguments.length === 0;
  return bare && constants.has(name.toLowerCase()) ? name.toLowerCase() : null;
}

/** Names that an expression merely passes on: `x`, `lower(x)`, `coalesce(x, y)`. Null where it computes. */
export function aliasOf(
  expression: EvalExpression,
  scope: Scope,
): { readonly names: readonly string[]; readonly folded: boolean } | null {
  if (expression.type === "field") {
    const name = unquoteEval(expression.text);
    if (constantOf(expression) !== null && !isBound(scope, name)) return null;
    return { names: [name], folded: bindingOf(scope, name)?.folded === true };
  }
  if (expression.type !== "call") return null;
  const name = expression.name.toLowerCase();
  const inner = expression.arguments.map((one) => aliasOf(one, scope));
  const found = inner.flatMap((one) => one ?? []);
  if (found.length === 0 || found.length !== inner.length) return null;
  if (name === "coalesce") {
    const names = found.flatMap((one) => one.names);
    // Of a source field and a computed value nobody knows which it is.
    if (new Set(names.map((one) => bindingOf(scope, one)?.kind === "computed")).size > 1) return null;
    return { names, folded: found.every((one) => one.folded) };
  }
  if (inner.length !== 1) return null;
  const folds = foldingFunctions.has(name);
  if (!folds && !keepingFunctions.has(name)) return null;
  return { names: found[0]?.names ?? [], folded: folds || found[0]?.folded === true };
}

/** Each step of a chain of computations reads all that the steps before it read; no rule comes near this. */
const maximumFields = 64;

/** The fields of the events that an expression reads, each once. */
export function fieldsOf(expression: EvalExpression, scope: Scope): readonly string[] {
  const found = new Set<string>();
  const visit = (one: EvalExpression): void => {
    if (found.size >= maximumFields) return;
    switch (one.type) {
      case "and":
      case "or":
      case "xor":
        for (const operand of one.operands) visit(operand);
        return;
      case "not":
      case "negative":
        visit(one.operand);
        return;
      case "binary":
        visit(one.left);
        visit(one.right);
        return;
      case "in":
        visit(one.left);
        for (const value of one.values) visit(value);
        return;
      case "call":
        for (const argument of one.arguments) visit(argument);
        return;
      case "field":
        if (constantOf(one) === null) for (const field of sourceFields(scope, unquoteEval(one.text))) found.add(field);
        return;
      case "string":
      case "number":
      case "macro":
      case "subsearch":
      case "error":
        return;
      default:
        one satisfies never;
    }
  };
  visit(expression);
  return [...found].slice(0, maximumFields);
}
