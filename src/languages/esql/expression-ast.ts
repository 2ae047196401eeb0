import type { Span } from "../../kit/span.ts";
import type { Query } from "./ast.ts";
import type { Embedded } from "./embedded.ts";

export type Expression =
  | Junction
  | Negation
  | Comparison
  | Membership
  | SubqueryMembership
  | PatternMatch
  | NullTest
  | TextMatch
  | Arithmetic
  | Negative
  | Cast
  | Call
  | Field
  | Literal
  | TimeSpan
  | Parameter
  | List
  | Entries
  | Star
  | Fault;

/** Holds two operands or more, none of its own kind. */
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

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";

export interface Comparison {
  readonly type: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** `x in (…)`, `x not in (…)`. */
export interface Membership {
  readonly type: "in";
  readonly negated: boolean;
  readonly left: Expression;
  readonly values: readonly Expression[];
  readonly span: Span;
}

/** `x in (from …)`. */
export interface SubqueryMembership {
  readonly type: "in_subquery";
  readonly negated: boolean;
  readonly left: Expression;
  readonly query: Query;
  readonly span: Span;
}

/** `like` and `rlike`, with one pattern or a list of them. */
export interface PatternMatch {
  readonly type: "pattern";
  readonly operator: "like" | "rlike";
  readonly negated: boolean;
  readonly left: Expression;
  readonly list: boolean;
  readonly patterns: readonly Expression[];
  readonly span: Span;
}

/** `is null`, `is not null`. */
export interface NullTest {
  readonly type: "is_null";
  readonly negated: boolean;
  readonly operand: Expression;
  readonly span: Span;
}

/** `field : "text"`. */
export interface TextMatch {
  readonly type: "match";
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface Arithmetic {
  readonly type: "arithmetic";
  readonly operator: "+" | "-" | "*" | "/" | "%";
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** A minus before anything but a number. */
export interface Negative {
  readonly type: "negative";
  readonly operand: Expression;
  readonly span: Span;
}

/** `x::type`. */
export interface Cast {
  readonly type: "cast";
  readonly operand: Expression;
  readonly to: string;
  readonly span: Span;
}

export interface Call {
  readonly type: "call";
  /** As written; case does not matter. */
  readonly name: string;
  readonly arguments: readonly Expression[];
  /** The query in another language that the first argument is: `kql("…")`. Its spans count from the start of ours. */
  readonly embedded?: Embedded;
  readonly span: Span;
}

export interface Field {
  readonly type: "field";
  /** Decoded: parts joined with dots, without backticks. */
  readonly name: string;
  readonly span: Span;
}

export type Literal = StringLiteral | NumberLiteral | BooleanLiteral | NullLiteral;

export interface StringLiteral {
  readonly type: "string";
  readonly value: string;
  /** With quotes and escapes. */
  readonly text: string;
  readonly span: Span;
}

export interface NumberLiteral {
  readonly type: "number";
  readonly value: number;
  readonly text: string;
  readonly span: Span;
}

export interface BooleanLiteral {
  readonly type: "boolean";
  readonly value: boolean;
  readonly span: Span;
}

export interface NullLiteral {
  readonly type: "null";
  readonly span: Span;
}

/** `5 minutes`, `5m`: its text has at most one blank. */
export interface TimeSpan {
  readonly type: "timespan";
  readonly text: string;
  readonly span: Span;
}

/** `?`, `?name`, `?1`; with two question marks for a name. */
export interface Parameter {
  readonly type: "parameter";
  readonly text: string;
  readonly span: Span;
}

/** `["a", "b"]`. */
export interface List {
  readonly type: "list";
  readonly items: readonly Expression[];
  readonly span: Span;
}

/** `{ "name": value }`. */
export interface Entries {
  readonly type: "entries";
  readonly entries: readonly Entry[];
  readonly span: Span;
}

export interface Entry {
  readonly type: "entry";
  readonly key: StringLiteral;
  readonly value: Expression;
  readonly span: Span;
}

/** The `*` of `count(*)`. */
export interface Star {
  readonly type: "star";
  readonly span: Span;
}

/** A place where something was missing or not understood; the command around it keeps its text. */
export interface Fault {
  readonly type: "fault";
  readonly span: Span;
}
