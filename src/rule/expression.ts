import type { Span } from "../kit/span.ts";

/** A boolean tree inside a stage. `and` and `or` hold two operands or more. */
export type Expression = Junction | Negation | Predicate | Opaque;

export interface Junction {
  readonly type: "and" | "or";
  readonly operands: readonly Expression[];
  readonly span: Span;
}

export interface Negation {
  readonly type: "not";
  readonly operand: Expression;
  readonly span: Span;
}

/** A part that was not understood: never dropped in silence, never turned into "true". */
export interface Opaque {
  readonly type: "opaque";
  readonly text: string;
  /** Why, in words that can be counted: the same cause always has the same reason. */
  readonly reason: string;
  readonly span: Span;
}

export interface Predicate {
  readonly type: "predicate";
  /** null: a keyword matched against the whole event. */
  readonly field: FieldRef | null;
  readonly operator: Operator;
  /** Normal values; empty for `exists` and `is_null`; names of other fields for the `_field` operators. */
  readonly values: readonly Value[];
  /** The values as the rule spells them, quotes and escapes included; parallel to `values`, or the `*` of an `exists`. */
  readonly raw: readonly string[];
  /** Must any of the values hold, or all of them? */
  readonly quantifier: "any" | "all";
  readonly caseSensitive: boolean;
  /** Where it stands in the rule's own text; for a part that a macro brought in, where the macro is called. */
  readonly span: Span;
  /** What brought this in from outside the rule's text: `macro process_cmd`, `filter 2`. */
  readonly origin?: string;
  /** What the comparison gives when the field has no value: false unless said. Unknown stays unknown under `not`. */
  readonly missing?: "unknown";
  /** What it gives when the field has several values: true where one of them is, unless said. */
  readonly several?: "all" | "unknown";
  /** The values are worked out when the query runs (`ago(7d)`, `now() - 7 days`), and stand here as text. */
  readonly evaluated?: true;
  /** What must be done to a plain value before it is compared, in order (`wide`, `base64offset`); see the language's page. */
  readonly encoding?: readonly string[];
}

export interface FieldRef {
  /** The source field in the rule's own schema. */
  readonly raw: string;
  /** The field in the common vocabulary; null until the naming stage, and for what it does not know. */
  readonly canonical: CanonicalField | null;
  /** The table that says so: `Splunk CIM: Endpoint.Processes`. */
  readonly namedBy?: string;
  readonly derivedFrom?: Derivation;
}

/** An id of the common vocabulary. */
export type CanonicalField = string;

export interface Derivation {
  /**
   * resolved: a plain renaming (data model prefix, `rename`, `lower()`, `coalesce`), so `raw` is the source field.
   * computed: the rule made the value itself; the predicate is shown, and is no indicator.
   */
  readonly kind: "resolved" | "computed";
  /** The computation as written. */
  readonly text: string;
  /** The source fields that it reads. */
  readonly fields: readonly string[];
  /** What these are in the common vocabulary, in their order; absent until the naming stage. */
  readonly canonical?: readonly (CanonicalField | null)[];
}

/** `in` and `ne` are ways of showing: `eq` with several values, and `eq` under `not`. */
export type Operator =
  | "eq"
  | "contains"
  | "starts_with"
  | "ends_with"
  | "wildcard"
  | "regex_match"
  | "match"
  | "cidr_match"
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "exists"
  | "is_null"
  | FieldOperator;

/** Comparisons with the value of another field of the same event. */
export type FieldOperator =
  | "eq_field"
  | "contains_field"
  | "starts_with_field"
  | "ends_with_field"
  | "lt_field"
  | "le_field"
  | "gt_field"
  | "ge_field";

export type Value = string | number | boolean | Pattern;

/** Literal runs and wildcards apart, so that no escaping is ever guessed twice. */
export interface Pattern {
  readonly type: "pattern";
  readonly tokens: readonly PatternToken[];
}

export type PatternToken =
  | { readonly type: "literal"; readonly text: string }
  /** Any run of characters, also an empty one: `*`. */
  | { readonly type: "any" }
  /** Exactly one character: `?`. */
  | { readonly type: "one" }
  /** A list or value that the user's own environment supplies: Sigma's `%name%`. */
  | { readonly type: "placeholder"; readonly name: string };

export function isPattern(value: Value): value is Pattern {
  return typeof value === "object";
}

/** Is this a value that the rule made itself? */
export function isComputed(field: FieldRef | null): boolean {
  return field?.derivedFrom?.kind === "computed";
}

/** Is this a filter on a value that the rule computed itself, or against one? Then it is no indicator. */
export function isDerived(predicate: Predicate): boolean {
  return isComputed(predicate.field) || predicate.evaluated === true;
}
