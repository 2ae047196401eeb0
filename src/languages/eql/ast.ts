import type { ErrorNode } from "../error-node.ts";

export type { ErrorNode };

import type { Span } from "../../kit/span.ts";

/** A whole EQL text. `body` is an error where the text does not begin like a query. */
export interface Query {
  readonly type: "query";
  readonly body: EventQuery | Sequence | ErrorNode;
  readonly pipes: readonly (Pipe | ErrorNode)[];
  readonly span: Span;
}

/** `category where condition`. */
export interface EventQuery {
  readonly type: "event";
  /** null for `any`, which also takes events without a category. */
  readonly category: string | null;
  readonly condition: Node;
  readonly span: Span;
}

/** sequence: in this order. sample and the older join: in any order. */
export interface Sequence {
  readonly type: "sequence";
  readonly kind: "sequence" | "sample" | "join";
  readonly by: readonly Node[];
  /** A time value without blanks: `90s`; null where the events may lie any time apart. */
  readonly maxspan: string | null;
  readonly steps: readonly (Step | ErrorNode)[];
  readonly until: Step | null;
  readonly span: Span;
}

/** `[event query] by … with runs=…`, or `![…]` for an event that must not come. */
export interface Step {
  readonly type: "step";
  readonly missing: boolean;
  readonly query: EventQuery | ErrorNode;
  readonly by: readonly Node[];
  /** 1 unless said. */
  readonly runs: number;
  readonly span: Span;
}

/** `| name argument, argument`. */
export interface Pipe {
  readonly type: "pipe";
  readonly name: string;
  readonly arguments: readonly Node[];
  readonly span: Span;
}

/** Anything that has a value. Conditions are nodes whose value is a boolean. */
export type Node =
  | Junction
  | Not
  | Comparison
  | Membership
  | PatternMatch
  | Arithmetic
  | Negative
  | Call
  | Field
  | Literal
  | ErrorNode;

/** Two operands or more; a junction never stands directly in one of its own kind. */
export interface Junction {
  readonly type: "and" | "or";
  readonly operands: readonly Node[];
  readonly span: Span;
}

export interface Not {
  readonly type: "not";
  readonly operand: Node;
  readonly span: Span;
}

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";

export interface Comparison {
  readonly type: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: Node;
  readonly right: Node;
  readonly span: Span;
}

/** `in`, `in~`, `not in`, `not in~`. */
export interface Membership {
  readonly type: "in";
  readonly negated: boolean;
  /** `in~`: upper and lower case are one. */
  readonly fold: boolean;
  readonly left: Node;
  readonly values: readonly Node[];
  readonly span: Span;
}

export type PatternOperator = ":" | "like" | "like~" | "regex" | "regex~";

export interface PatternMatch {
  readonly type: "pattern";
  readonly operator: PatternOperator;
  readonly left: Node;
  readonly values: readonly Node[];
  /** Written as a list in parentheses, even of one value. */
  readonly list: boolean;
  readonly span: Span;
}

export interface Arithmetic {
  readonly type: "arithmetic";
  readonly operator: "+" | "-" | "*" | "/" | "%";
  readonly left: Node;
  readonly right: Node;
  readonly span: Span;
}

/** Unary minus; before a number it is part of the number instead. */
export interface Negative {
  readonly type: "negative";
  readonly operand: Node;
  readonly span: Span;
}

export interface Call {
  readonly type: "call";
  /** As written; functions are told apart without regard to case. */
  readonly name: string;
  /** `name~(…)`: upper and lower case are one. */
  readonly fold: boolean;
  readonly arguments: readonly Node[];
  readonly span: Span;
}

export interface Field {
  readonly type: "field";
  /** Names (unquoted, a backticked one may hold dots) and array indexes, the first a name. */
  readonly path: readonly (string | number)[];
  /** `?field`: null where the mapping has no such field, instead of a refusal. */
  readonly optional: boolean;
  readonly span: Span;
}

export type Literal = StringLiteral | NumberLiteral | BooleanLiteral | NullLiteral;

export interface StringLiteral {
  readonly type: "string";
  readonly value: string;
  /** As written, with its quotes. */
  readonly text: string;
  readonly span: Span;
}

export interface NumberLiteral {
  readonly type: "number";
  readonly value: number;
  /** As written, with its sign. */
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

/** The name of a field as events have it: `winlog.event_data.x`, `args[0]`. */
export function fieldName(field: Field): string {
  return field.path.reduce<string>((name, part) => {
    if (typeof part === "number") return `${name}[${part}]`;
    return name === "" ? part : `${name}.${part}`;
  }, "");
}
