import type { Span } from "../kit/span.ts";
import { type Derivation, type Expression, type FieldRef, isComputed, type Opaque } from "./expression.ts";

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

/** What a name stands for in a query: a field of the source under another name, or a value that the query makes. */
export function boundField({ field, kind, text, fields }: Derivation & { readonly field: string }): FieldRef {
  return { raw: field, canonical: null, derivedFrom: { kind, text, fields } };
}

/** A value that the query makes itself out of `fields` of the source. */
export function computedField(raw: string, text: string, fields: readonly string[]): FieldRef {
  return boundField({ field: raw, kind: "computed", text, fields });
}

/** The fields of the source that a field stands for. */
export function fieldsBehind({ raw, derivedFrom }: FieldRef): readonly string[] {
  return derivedFrom?.fields ?? [raw];
}

/**
 * The subject of a comparison with another field. A comparison with a computed value is no indicator, whichever side was
 * computed; `text`: what then tells of it, if not the computation of the other side.
 */
export function besides(subject: FieldRef, object: FieldRef, text?: string): FieldRef {
  if (!isComputed(object) || isComputed(subject)) return subject;
  const fields = [...new Set([...fieldsBehind(subject), ...fieldsBehind(object)])];
  return computedField(subject.raw, text ?? object.derivedFrom?.text ?? object.raw, fields);
}
