import type { Span } from "../../kit/span.ts";
import type { PatternToken } from "../../rule/expression.ts";

/** A whole query, or a part of one. `and` and `or` hold two operands or more and never one of their own kind. */
export type KueryNode =
  | Junction<KueryNode>
  | Negation<KueryNode>
  | Fault<KueryNode>
  | FieldValue
  | FieldRange
  | NestedField
  | BareValue
  | MatchAll;

/** What operators make, of queries and of the values in a group alike. */
export type Operated<Operand> = Junction<Operand> | Negation<Operand> | Fault<Operand>;

export interface Junction<Operand> {
  readonly type: "and" | "or";
  readonly operands: readonly Operand[];
  readonly span: Span;
}

export interface Negation<Operand> {
  readonly type: "not";
  readonly operand: Operand;
  readonly span: Span;
}

/** What was not understood, as it stands in the text; `parsed` is the part at its start that was. */
export interface Fault<Operand> {
  readonly type: "error";
  readonly text: string;
  readonly parsed: Operand | null;
  readonly span: Span;
}

/** `field:value` and `field:(a or b)`. */
export interface FieldValue {
  readonly type: "is";
  readonly field: Literal;
  readonly value: ValueNode;
  readonly span: Span;
}

/** `field >= value`. */
export interface FieldRange {
  readonly type: "range";
  readonly field: Literal;
  readonly operator: "<" | "<=" | ">" | ">=";
  readonly value: Literal;
  readonly span: Span;
}

/** `field:{ query }`: all of the query must hold within one object of a nested field. */
export interface NestedField {
  readonly type: "nested";
  readonly field: Literal;
  readonly query: KueryNode;
  readonly span: Span;
}

/** A value without a field: looked for in all fields. */
export interface BareValue {
  readonly type: "bare";
  readonly value: Literal;
  readonly span: Span;
}

/** An empty query. */
export interface MatchAll {
  readonly type: "all";
  readonly span: Span;
}

/** What stands on the right of `field:`. */
export type ValueNode = Junction<ValueNode> | Negation<ValueNode> | Fault<ValueNode> | Literal;

/** A field name or a value. Only `*` outside quotes is a wildcard. */
export interface Literal {
  readonly type: "literal";
  readonly quoted: boolean;
  /** As written, with quotes and escapes. */
  readonly text: string;
  readonly tokens: readonly PatternToken[];
  readonly span: Span;
}
