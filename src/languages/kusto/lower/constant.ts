import type { Value } from "../../../rule/expression.ts";
import type { DynamicValue, Literal } from "../ast.ts";

/** A value that the query itself states. */
export interface Constant {
  /**
   * time: a moment or a span as it is written. clock: one that is worked out when the query runs (`ago(7d)`).
   * open: anything else that is known only then. placeholder: the name of a parameter that nobody gave a value.
   */
  readonly kind: "string" | "number" | "boolean" | "time" | "clock" | "open" | "placeholder" | "null";
  readonly value: string | number | boolean;
  /** As spelled where it stands, quotes and escapes included. */
  readonly raw: string;
  /** What brought it from elsewhere: `let name`. */
  readonly origin: string | null;
}

export function constant(kind: Constant["kind"], value: Constant["value"], raw: string): Constant {
  return { kind, value, raw, origin: null };
}

export type Known =
  | { readonly type: "value"; readonly constant: Constant }
  | { readonly type: "list"; readonly items: readonly Constant[] };

export function knownValue(one: Constant): Known {
  return { type: "value", constant: one };
}

/** Does the query work the value out when it runs, so that its text stands here? */
export function isEvaluated({ kind }: Constant): boolean {
  return kind === "clock" || kind === "open";
}

export function isTimely({ kind }: Constant): boolean {
  return kind === "time" || kind === "clock";
}

/** What a literal says; null for a type, an object and what could not be read. */
export function literalValue(literal: Literal): Known | null {
  if (literal.type === "typeof") return null;
  if (literal.type !== "dynamic") return knownValue(scalar(literal));
  return dynamicValue(literal.value);
}

function dynamicValue(value: DynamicValue): Known | null {
  switch (value.type) {
    case "array": {
      const items = value.items.map(dynamicValue);
      const plain = items.flatMap((one) => (one?.type === "value" ? [one.constant] : []));
      return plain.length === items.length ? { type: "list", items: plain } : null;
    }
    case "dynamic":
      return dynamicValue(value.value);
    case "object":
    case "error":
      return null;
    case "null":
      return knownValue(constant("null", "null", "null"));
    default:
      return knownValue(scalar(value));
  }
}

type Scalar = Exclude<Literal, { readonly type: "typeof" } | { readonly type: "dynamic" }>;

function scalar(literal: Scalar): Constant {
  const { text } = literal;
  switch (literal.type) {
    case "string":
      return constant("string", literal.value, text);
    case "number":
      if (literal.value !== null) return constant("number", literal.value, text);
      return isNull(text) ? constant("null", "null", text) : constant("open", text, text);
    case "boolean":
      return literal.value === null ? constant("null", "null", text) : constant("boolean", literal.value, text);
    case "timespan":
      return literal.seconds === null ? constant("null", "null", text) : constant("time", text, text);
    case "datetime":
      return literal.value === null ? constant("null", "null", text) : constant("time", literal.value, text);
    case "guid":
      return literal.value === null ? constant("null", "null", text) : constant("string", literal.value, text);
    default:
      return literal satisfies never;
  }
}

/** `long(null)`, as opposed to numbers that JSON cannot say. */
function isNull(text: string): boolean {
  return /\(\s*null\s*\)$/.test(text);
}

/** What `parse_json("[…]")` of a text in the query yields; null where that is no value or list of values. */
export function jsonValue(text: string, raw: string): Known | null {
  const parsed = parseJson(text);
  const items = Array.isArray(parsed) ? parsed.map((one) => jsonScalar(one, raw)) : null;
  if (items === null) {
    const one = jsonScalar(parsed, raw);
    return one === null ? null : knownValue(one);
  }
  const plain = items.filter((one) => one !== null);
  return plain.length === items.length ? { type: "list", items: plain } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function jsonScalar(value: unknown, raw: string): Constant | null {
  if (typeof value === "string") return constant("string", value, JSON.stringify(value));
  if (typeof value === "boolean") return constant("boolean", value, raw);
  return typeof value === "number" && !Object.is(value, -0) && Number.isFinite(value)
    ? constant("number", value, String(value))
    : null;
}

/** The value for a predicate; a parameter without a value is a placeholder. */
export function predicateValue(one: Constant): Value {
  return one.kind === "placeholder"
    ? { type: "pattern", tokens: [{ type: "placeholder", name: String(one.value) }] }
    : one.value;
}
