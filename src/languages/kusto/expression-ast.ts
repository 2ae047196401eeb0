import type { Span } from "../../kit/span.ts";
import type { ColumnDeclaration, ErrorNode } from "./ast.ts";
import type { Literal } from "./literal-ast.ts";
import type { Name, Star, Wildcard } from "./name-ast.ts";
import type { Operator, Option } from "./operator-ast.ts";

/** Anything that has a value: a scalar or a table. Parentheses that only group are not kept. */
export type Expression =
  | Pipeline
  | Junction
  | Comparison
  | Membership
  | Between
  | Arithmetic
  | Sign
  | Call
  | Member
  | Index
  | Name
  | Wildcard
  | Star
  | Literal
  | Datatable
  | ExternalData
  | ErrorNode;

/**
 * `source | operator | operator`. There is always at least one operator: a table alone is a name or another expression.
 * A pipeline that is the source of another stood in parentheses.
 */
export interface Pipeline {
  readonly type: "pipeline";
  /** null where the text begins with an operator: `union`, `search`, `find`, `print`, `range` …, or a fragment (`| where …`). */
  readonly source: Expression | null;
  /** Without a source: does it begin with `|`? */
  readonly leadingPipe: boolean;
  readonly operators: readonly Operator[];
  readonly span: Span;
}

/** Two operands or more; a junction never stands directly in one of its own kind. `not(x)` is a call. */
export interface Junction {
  readonly type: "and" | "or";
  readonly operands: readonly Expression[];
  readonly span: Span;
}

/**
 * Two operands with an operator that yields a boolean. Negated spellings are folded: `!=` and `<>` are `==` negated,
 * `!~` is `=~` negated, `!has` is `has` negated, `notlike` is `like` negated, `notcontains` is `contains` negated.
 */
export interface Comparison {
  readonly type: "comparison";
  readonly operator: ComparisonOperator;
  readonly negated: boolean;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** `:` is has, for search. The `_cs` forms tell upper from lower case. */
export type ComparisonOperator =
  | "=="
  | "<"
  | "<="
  | ">"
  | ">="
  | "=~"
  | ":"
  | "has"
  | "has_cs"
  | "hasprefix"
  | "hasprefix_cs"
  | "hassuffix"
  | "hassuffix_cs"
  | "contains"
  | "contains_cs"
  | "startswith"
  | "startswith_cs"
  | "endswith"
  | "endswith_cs"
  | "like"
  | "like_cs"
  | "matches regex";

/** `x in (…)`. One value may be a table or a dynamic array: then its items count. */
export interface Membership {
  readonly type: "membership";
  readonly operator: "in" | "in~" | "has_any" | "has_all";
  /** `!in`, `!in~`. */
  readonly negated: boolean;
  readonly left: Expression;
  readonly values: readonly Expression[];
  readonly span: Span;
}

/** `x between (low .. high)`, both included. */
export interface Between {
  readonly type: "between";
  readonly negated: boolean;
  readonly left: Expression;
  readonly low: Expression;
  /** May be a timespan where `low` is a datetime: then `low + high`. */
  readonly high: Expression;
  readonly span: Span;
}

export interface Arithmetic {
  readonly type: "arithmetic";
  readonly operator: "+" | "-" | "*" | "/" | "%";
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** Unary `-` and `+`; a number's sign is one too. */
export interface Sign {
  readonly type: "sign";
  readonly operator: "-" | "+";
  readonly operand: Expression;
  readonly span: Span;
}

/** `name(argument, name = argument)`. A table as argument (`toscalar(T | …)`, `materialize(…)`) is an expression as any. */
export interface Call {
  readonly type: "call";
  readonly name: string;
  /** `toscalar kind=nooptimization (…)`; mostly empty. */
  readonly options: readonly Option[];
  readonly arguments: readonly (Expression | Assignment)[];
  readonly span: Span;
}

/** `object.name`, or `database("x").table("y")`, whose member is a call, or `database("x").Device*`. `a.['b c']` has the name `b c`. */
export interface Member {
  readonly type: "member";
  readonly object: Expression;
  readonly member: Name | Call | Wildcard;
  readonly span: Span;
}

/** `object[index]`: a key (`a["x"]`), a place (`a[0]`, `a[-1]`) or any expression. */
export interface Index {
  readonly type: "index";
  readonly object: Expression;
  readonly index: Expression;
  readonly span: Span;
}

/** `name = expression`, or a bare expression (no names); a call that yields several may have several: `(a, b) = f(x)`. */
export interface Assignment {
  readonly type: "assignment";
  readonly names: readonly Name[];
  readonly expression: Expression;
  readonly span: Span;
}

/** `datatable (name:type, …) [value, …]`: the values row by row. */
export interface Datatable {
  readonly type: "datatable";
  readonly options: readonly Option[];
  readonly columns: readonly ColumnDeclaration[];
  readonly values: readonly Expression[];
  readonly span: Span;
}

/** `externaldata (name:type, …) [uri, …] with (format = "csv", …)`. */
export interface ExternalData {
  readonly type: "externaldata";
  /** Options before the schema; mostly empty. */
  readonly options: readonly Option[];
  readonly columns: readonly ColumnDeclaration[];
  readonly uris: readonly Expression[];
  readonly properties: readonly Option[];
  readonly span: Span;
}
