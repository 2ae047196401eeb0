import type { Span } from "../../kit/span.ts";
import type { Expression } from "./expression-ast.ts";
import type { Name } from "./name-ast.ts";

export type * from "./expression-ast.ts";
export type * from "./literal-ast.ts";
export type * from "./name-ast.ts";
export type * from "./operator-ast.ts";

/**
 * A whole text: statements with `;` between them, empty ones left out. The last expression statement is the query;
 * any others are further results of the same request.
 */
export interface Query {
  readonly type: "query";
  readonly statements: readonly Statement[];
  readonly span: Span;
}

export type Statement =
  | LetStatement
  | ExpressionStatement
  | SetStatement
  | DeclareStatement
  | AliasStatement
  | RestrictStatement
  | PatternStatement
  | ErrorNode;

/** `let name = value`. The value is a scalar, a table or a function; which of them a bare name is, only its own definition tells. */
export interface LetStatement {
  readonly type: "let";
  readonly name: Name;
  readonly value: Expression | FunctionExpression;
  readonly span: Span;
}

/** A result of the query: mostly a pipeline, or a name or call that yields a table. In a function's body also a scalar. */
export interface ExpressionStatement {
  readonly type: "expression";
  readonly expression: Expression;
  readonly span: Span;
}

/** `set option = value`; the value is null where the option stands alone. */
export interface SetStatement {
  readonly type: "set";
  readonly name: Name;
  readonly value: Expression | null;
  readonly span: Span;
}

/** `declare query_parameters (name:type = default, …)`. */
export interface DeclareStatement {
  readonly type: "declare";
  readonly parameters: readonly Parameter[];
  readonly span: Span;
}

/** `alias database name = expression`. */
export interface AliasStatement {
  readonly type: "alias";
  readonly name: Name;
  readonly value: Expression;
  readonly span: Span;
}

/** `restrict access to (name, pattern*, …)`. */
export interface RestrictStatement {
  readonly type: "restrict";
  readonly targets: readonly Expression[];
  readonly span: Span;
}

/** `declare pattern …`, kept as written: no public rule uses one. */
export interface PatternStatement {
  readonly type: "pattern";
  readonly text: string;
  readonly span: Span;
}

/** `(a:string, T:(*), n:long = 5) { let …; expression }`, and `view () { … }`. Only a let statement holds one. */
export interface FunctionExpression {
  readonly type: "function";
  /** Begins with the word `view`: wildcards of union and search find it by its name. */
  readonly view: boolean;
  readonly parameters: readonly Parameter[];
  /** Lets and so on; what the function yields is the expression statement among them. */
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** One parameter of a function or of the query: of a scalar type, or a table with at least the columns that are named. */
export interface Parameter {
  readonly type: "parameter";
  readonly name: Name;
  /** A scalar type as written (`string`, `long`); null for a table. */
  readonly dataType: string | null;
  /** For a table; `openSchema` says that `*` stands in its column list. */
  readonly columns: readonly ColumnDeclaration[] | null;
  readonly openSchema: boolean;
  readonly default: Expression | null;
  readonly span: Span;
}

/** `name:type`, as in datatable, externaldata, `scan declare (…)`; only the last may have a default. */
export interface ColumnDeclaration {
  readonly type: "declaration";
  readonly name: Name;
  /** As written: `string`, `datetime`, `int` …; empty where it is missing. */
  readonly dataType: string;
  readonly default: Expression | null;
  readonly span: Span;
}

/** A part that was not understood, kept as written; empty where something is missing. */
export interface ErrorNode {
  readonly type: "error";
  readonly text: string;
  readonly span: Span;
}
