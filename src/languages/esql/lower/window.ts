import type { Expression } from "../ast.ts";
import { windows } from "../functions.ts";
import { printExpression } from "../print-expression.ts";
import { bindingOf, type Scope } from "./scope.ts";

/** The width of the window of time that a value stands for, as written; null for any other value. */
export function windowOf(value: Expression, scope: Scope): string | null {
  if (value.type === "field") return bindingOf(scope, value.name)?.window ?? null;
  if (value.type === "cast") return windowOf(value.operand, scope);
  if (value.type !== "call") return null;
  const width = value.arguments[windows.get(value.name.toLowerCase()) ?? -1];
  return width === undefined || width.type === "number" ? null : printExpression(width);
}
