import type { ErrorNode } from "../error-node.ts";

export type { ErrorNode };

import type { Span } from "../../kit/span.ts";

/** A whole text: rules one after the other, or a query of the search page, which is a rule's body without a head. */
export interface Document {
  readonly type: "document";
  readonly rules: readonly Rule[];
  /** null where the text holds rules. */
  readonly search: Search | null;
  /** What stands between the rules and belongs to none. */
  readonly stray: readonly ErrorNode[];
  readonly span: Span;
}

/** `rule name { … }`; its sections may be missing where the text is broken. */
export interface Rule extends Sections {
  readonly type: "rule";
  /** Empty where it is missing. */
  readonly name: string;
  readonly span: Span;
}

/** A query of the search page or of a dashboard: conditions, then sections that may leave out `events:`. */
export interface Search extends Sections {
  readonly type: "search";
  /** Named stages that come before and that this query reads. */
  readonly stages: readonly NamedStage[];
  readonly span: Span;
}

/** `stage name { … }`. */
export interface NamedStage extends Sections {
  readonly type: "stage";
  readonly name: string;
  readonly span: Span;
}

/** What `lower` makes stages of. */
export type Body = Rule | Search | NamedStage;

/** What a rule and a search have in common. A list is empty, and a part null, where the section is missing. */
export interface Sections {
  readonly meta: readonly Entry[];
  /** Statements that must all hold. */
  readonly events: readonly Node[];
  readonly match: Match | null;
  readonly outcome: readonly Assignment[];
  readonly condition: Node | null;
  readonly options: readonly Entry[];
  /** `dedup`, `order`, `limit`, `select` and `unselect`: of searches only. */
  readonly results: readonly ResultSection[];
  /** Rows that the results add to data tables. */
  readonly exports: readonly TableWrite[];
  /** Parts of the body that belong to no section, or repeat one. */
  readonly stray: readonly ErrorNode[];
}

/** `key = value` of `meta` and `options`. */
export interface Entry {
  readonly type: "entry";
  readonly key: string;
  /** The value without quotes and escapes; as written where it has no quotes. */
  readonly value: string;
  /** As written. */
  readonly text: string;
  readonly span: Span;
}

/** `match: $user, $host over 5m`. */
export interface Match {
  readonly type: "match";
  /** Variables and fields; an assignment where a key is named here. */
  readonly keys: readonly Node[];
  readonly window: Window | null;
  readonly span: Span;
}

/** over: windows that hop, or slide where there is an anchor. by: windows that tumble. */
export interface Window {
  readonly type: "window";
  readonly kind: "over" | "over every" | "by";
  /** A duration as written, `30m`, or a unit alone, `day`; empty where it is missing. */
  readonly length: string;
  /** A sliding window, which lies before or after each event of this variable. */
  readonly anchor: { readonly side: "before" | "after"; readonly variable: string } | null;
  readonly span: Span;
}

/** `$name = value` of an outcome. */
export interface Assignment {
  readonly type: "assignment";
  /** Without the `$`. */
  readonly name: string;
  readonly value: Node;
  readonly span: Span;
}

/** `order: $count desc, $user`, `limit: 10`, `dedup: target.ip`, `select: …`, `unselect: …`. */
export interface ResultSection {
  readonly type: "result";
  readonly kind: "dedup" | "order" | "limit" | "select" | "unselect";
  readonly keys: readonly ResultKey[];
  readonly span: Span;
}

export interface ResultKey {
  readonly type: "key";
  readonly value: Node;
  /** Of `order` only; null where nothing is said. */
  readonly direction: "asc" | "desc" | null;
  readonly span: Span;
}

/** `%table.write_row(column: $value, …)` of `export`. */
export interface TableWrite {
  readonly type: "write";
  /** Without the `%`. */
  readonly table: string;
  readonly columns: readonly Column[];
  readonly span: Span;
}

export interface Column {
  readonly type: "column";
  /** Empty where it is missing. */
  readonly name: string;
  readonly value: Node;
  readonly span: Span;
}

/** Anything that has a value. Conditions are nodes whose value is a boolean. */
export type Node =
  | Junction
  | Not
  | Comparison
  | Membership
  | Arithmetic
  | Negative
  | Call
  | Quantified
  | Selection
  | NullCheck
  | ArrayLiteral
  | Field
  | Variable
  | Count
  | List
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

export type ComparisonOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";

export interface Comparison {
  readonly type: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: Node;
  readonly right: Node;
  readonly nocase: boolean;
  readonly span: Span;
}

/** `left in %list`, `in regex %list`, `in cidr %list`, `not in %list`. */
export interface Membership {
  readonly type: "in";
  readonly kind: "plain" | "regex" | "cidr";
  readonly negated: boolean;
  readonly left: Node;
  readonly right: Node;
  readonly nocase: boolean;
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

/** `re.regex($e.f, "x") nocase`, `if(condition, a, b)`, `max(…)`. */
export interface Call {
  readonly type: "call";
  readonly name: string;
  readonly arguments: readonly Node[];
  readonly nocase: boolean;
  readonly span: Span;
}

/** `any $e.target.ip`, `all $e.target.ip`: which of the values of a repeated field a comparison means. */
export interface Quantified {
  readonly type: "quantified";
  readonly quantifier: "any" | "all";
  readonly operand: Node;
  readonly span: Span;
}

/** `any of [$a, $b]`, `all of [$a, $b]`, `2 of [$a, $b]` of a condition. */
export interface Selection {
  readonly type: "selection";
  readonly quantity: "any" | "all" | number;
  readonly items: readonly Node[];
  readonly span: Span;
}

/** `left is null`, `left is not null`. */
export interface NullCheck {
  readonly type: "null_check";
  readonly operand: Node;
  readonly negated: boolean;
  readonly span: Span;
}

/** `["a", "b"]`. */
export interface ArrayLiteral {
  readonly type: "array";
  readonly items: readonly Node[];
  readonly span: Span;
}

/** `$e.principal.ip`; in a search also without a variable, `principal.ip`. */
export interface Field {
  readonly type: "field";
  /** Without the `$`; null where none is written. */
  readonly variable: string | null;
  readonly path: readonly PathPart[];
  readonly span: Span;
}

/** `.name`, `["key"]`, `[0]`. */
export type PathPart =
  | { readonly type: "name"; readonly name: string }
  | { readonly type: "key"; readonly key: string }
  | { readonly type: "index"; readonly index: number };

/** `$x` by itself: an event variable, a placeholder or an outcome variable. */
export interface Variable {
  readonly type: "variable";
  readonly name: string;
  readonly span: Span;
}

/** `#x`: how many distinct events or values. */
export interface Count {
  readonly type: "count";
  readonly name: string;
  readonly span: Span;
}

/** `%name` or `%table.column`: a list that the user's own environment supplies. */
export interface List {
  readonly type: "list";
  readonly name: string;
  readonly span: Span;
}

export type Literal = StringLiteral | RegexLiteral | NumberLiteral | BooleanLiteral | NullLiteral;

export interface StringLiteral {
  readonly type: "string";
  readonly value: string;
  /** As written, with its quotes: `"…"`, or `` `…` `` in which a backslash is itself. */
  readonly text: string;
  readonly span: Span;
}

/** `/…/`, found anywhere in the value. */
export interface RegexLiteral {
  readonly type: "regex";
  /** What stands between the slashes, with `\/` as `/`. */
  readonly pattern: string;
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

/** The name that events have for a field, without its variable and with keys as they are: `principal.ip[0]`, `additional.fields["k"]`. */
export function pathName(path: readonly PathPart[]): string {
  return path.reduce<string>((name, part) => {
    switch (part.type) {
      case "name":
        return name === "" ? part.name : `${name}.${part.name}`;
      case "key":
        return `${name}["${part.key}"]`;
      case "index":
        return `${name}[${part.index}]`;
      default:
        return part satisfies never;
    }
  }, "");
}
