import type { Span } from "../kit/span.ts";
import type { Expression, FieldRef, Opaque } from "./expression.ts";

/** All must hold; a single operand stands for itself. The list must not be empty. */
export function conjoin(operands: readonly Expression[], at: Span): Expression {
  return join("and", operands, at);
}

/** One must hold; a single operand stands for itself. The list must not be empty. */
export function disjoin(operands: readonly Expression[], at: Span): Expression {
  return join("or", operands, at);
}

/** A junction inside one of its own kind is merged, so that equal logic has one shape. */
function join(type: "and" | "or", operands: readonly Expression[], at: Span): Expression {
  const nested = operands.some((one) => one.type === type);
  const flat = nested ? operands.flatMap((one) => (one.type === type ? one.operands : [one])) : operands;
  const only = flat[0];
  if (only === undefined) return opaque("", "an empty group", at);
  return flat.length === 1 ? only : { type, operands: flat, span: at };
}

export function negate(operand: Expression, at: Span): Expression {
  return { type: "not", operand, span: at };
}

export function opaque(text: string, reason: string, at: Span): Opaque {
  return { type: "opaque", text, reason, span: at };
}

export function fieldRef(raw: string): FieldRef {
  return { raw, canonical: null };
}
