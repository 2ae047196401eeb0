import type { Span } from "../../kit/span.ts";
import type { ColumnDeclaration, ErrorNode } from "./ast.ts";
import type { Assignment, Expression } from "./expression-ast.ts";
import type { StringLiteral } from "./literal-ast.ts";
import type { Name, Star } from "./name-ast.ts";

/** A step of a pipeline. `options` are the `name = value` between the operator's name and its arguments (`kind=`, `hint.…=`). */
export type Operator =
  | WhereOperator
  | ExtendOperator
  | ProjectOperator
  | ProjectColumnsOperator
  | ProjectReorderOperator
  | SummarizeOperator
  | JoinOperator
  | UnionOperator
  | DistinctOperator
  | TakeOperator
  | SampleDistinctOperator
  | SortOperator
  | TopOperator
  | TopHittersOperator
  | TopNestedOperator
  | CountOperator
  | MvExpandOperator
  | MvApplyOperator
  | ParseOperator
  | ParseKvOperator
  | MakeSeriesOperator
  | RenderOperator
  | EvaluateOperator
  | InvokeOperator
  | SerializeOperator
  | AsOperator
  | ConsumeOperator
  | PrintOperator
  | RangeOperator
  | SearchOperator
  | FindOperator
  | ForkOperator
  | FacetOperator
  | GetSchemaOperator
  | ReduceOperator
  | ScanOperator
  | PartitionOperator
  | GeneralOperator
  | ErrorNode;

/** `name = value`. A bare word as value is a name: `kind = leftanti`. Names with dots are one: `hint.strategy`. */
export interface Option {
  readonly type: "option";
  readonly name: string;
  readonly value: Expression;
  /** Further names of a list, in `render … with (ycolumns = a, b)`. */
  readonly more: readonly Name[];
  readonly span: Span;
}

/** `where` and its other name `filter`. */
export interface WhereOperator {
  readonly type: "where";
  readonly options: readonly Option[];
  readonly condition: Expression;
  readonly span: Span;
}

export interface ExtendOperator {
  readonly type: "extend";
  readonly columns: readonly Assignment[];
  readonly span: Span;
}

/** project keeps what it lists and may compute; project-rename takes `new = old`. */
export interface ProjectOperator {
  readonly type: "project" | "project-rename";
  readonly columns: readonly Assignment[];
  readonly span: Span;
}

export interface ProjectColumnsOperator {
  readonly type: "project-away" | "project-keep";
  readonly columns: readonly Expression[];
  readonly span: Span;
}

export interface ProjectReorderOperator {
  readonly type: "project-reorder";
  readonly columns: readonly Ordered[];
  readonly span: Span;
}

/** An expression with the direction it sorts in; null where nothing is said (sort: descending). */
export interface Ordered {
  readonly type: "ordered";
  readonly expression: Assignment;
  readonly order: "asc" | "desc" | "granny-asc" | "granny-desc" | null;
  readonly nulls: "first" | "last" | null;
  readonly span: Span;
}

export interface SummarizeOperator {
  readonly type: "summarize";
  readonly options: readonly Option[];
  readonly aggregates: readonly Assignment[];
  readonly by: readonly Assignment[];
  /** The old `bin = step` at the end of `by`. */
  readonly bin: Expression | null;
  readonly span: Span;
}

/** join and lookup. `kind` is among the options; `on` may hold names and `$left.a == $right.b`. */
export interface JoinOperator {
  readonly type: "join" | "lookup";
  readonly options: readonly Option[];
  readonly right: Expression;
  readonly on: readonly Expression[];
  /** The `where` that a join may have in the place of `on`. */
  readonly where: Expression | null;
  readonly span: Span;
}

/** As the first operator of a pipeline without source, or after a pipe: then the input is one more of its tables. */
export interface UnionOperator {
  readonly type: "union";
  readonly options: readonly Option[];
  readonly tables: readonly Expression[];
  readonly span: Span;
}

export interface DistinctOperator {
  readonly type: "distinct";
  readonly options: readonly Option[];
  readonly columns: readonly Assignment[];
  readonly span: Span;
}

/** take, with its other name limit; sample. */
export interface TakeOperator {
  readonly type: "take" | "sample";
  readonly options: readonly Option[];
  readonly count: Expression;
  readonly span: Span;
}

export interface SampleDistinctOperator {
  readonly type: "sample-distinct";
  readonly options: readonly Option[];
  readonly count: Expression;
  readonly of: Assignment;
  readonly span: Span;
}

/** `sort by` and its other name `order by`. */
export interface SortOperator {
  readonly type: "sort";
  readonly options: readonly Option[];
  readonly by: readonly Ordered[];
  readonly span: Span;
}

export interface TopOperator {
  readonly type: "top";
  readonly options: readonly Option[];
  readonly count: Expression;
  readonly by: readonly Ordered[];
  readonly span: Span;
}

export interface TopHittersOperator {
  readonly type: "top-hitters";
  readonly options: readonly Option[];
  readonly count: Expression;
  readonly of: Expression;
  readonly by: Expression | null;
  readonly span: Span;
}

export interface TopNestedOperator {
  readonly type: "top-nested";
  readonly levels: readonly TopNestedLevel[];
  readonly span: Span;
}

/** `top-nested count of column with others = "x" by aggregate desc`. */
export interface TopNestedLevel {
  readonly type: "level";
  readonly count: Expression | null;
  readonly of: Assignment;
  readonly others: Expression | null;
  readonly by: Ordered;
  readonly span: Span;
}

export interface CountOperator {
  readonly type: "count";
  readonly options: readonly Option[];
  readonly as: Name | null;
  readonly span: Span;
}

/** `mv-expand` and the old `mvexpand`. Options: `bagexpansion`, `kind`, `with_itemindex`. */
export interface MvExpandOperator {
  readonly type: "mv-expand";
  readonly options: readonly Option[];
  readonly columns: readonly ExpandedColumn[];
  readonly limit: Expression | null;
  readonly span: Span;
}

/** `name = expression to typeof(type)`. */
export interface ExpandedColumn {
  readonly type: "expanded";
  readonly column: Assignment;
  /** A scalar type as written; null where none is. */
  readonly dataType: string | null;
  readonly span: Span;
}

/** `mv-apply columns on (operators)`. */
export interface MvApplyOperator {
  readonly type: "mv-apply";
  readonly options: readonly Option[];
  readonly columns: readonly ExpandedColumn[];
  readonly limit: Expression | null;
  /** `id guid(…)` before `on`. */
  readonly id: Expression | null;
  /** Runs on each expanded row set: mostly a pipeline without source. */
  readonly body: Expression;
  readonly span: Span;
}

/** parse and parse-where. Options: `kind` (simple, relaxed, regex) and `flags`. */
export interface ParseOperator {
  readonly type: "parse" | "parse-where";
  readonly options: readonly Option[];
  readonly expression: Expression;
  readonly pattern: readonly ParsePart[];
  readonly span: Span;
}

export type ParsePart = StringLiteral | Star | ParseColumn | ErrorNode;

export interface ParseColumn {
  readonly type: "capture";
  readonly name: Name;
  /** As written after the colon; null for the default, string. */
  readonly dataType: string | null;
  readonly span: Span;
}

/** `parse-kv expression as (name:type, …) with (pair_delimiter = ";", …)`. */
export interface ParseKvOperator {
  readonly type: "parse-kv";
  readonly expression: Expression;
  readonly columns: readonly ColumnDeclaration[];
  readonly properties: readonly Option[];
  readonly span: Span;
}

export interface MakeSeriesOperator {
  readonly type: "make-series";
  readonly options: readonly Option[];
  readonly series: readonly Series[];
  readonly on: Assignment;
  /** All null with the old `in range(from, to, step)`, whose call is `range`. */
  readonly from: Expression | null;
  readonly to: Expression | null;
  readonly step: Expression | null;
  readonly range: Expression | null;
  readonly by: readonly Assignment[];
  readonly span: Span;
}

/** `name = aggregate default = value`. */
export interface Series {
  readonly type: "series";
  readonly aggregate: Assignment;
  readonly default: Expression | null;
  readonly span: Span;
}

/** `render timechart with (title = "x")`. */
export interface RenderOperator {
  readonly type: "render";
  /** Empty where only properties are given. */
  readonly chart: string;
  readonly properties: readonly Option[];
  readonly span: Span;
}

/** `evaluate plugin(…) : (name:type, …)`. */
export interface EvaluateOperator {
  readonly type: "evaluate";
  readonly options: readonly Option[];
  readonly plugin: Expression;
  /** Columns of the result where they are declared; `openSchema` for `*` among them. */
  readonly columns: readonly ColumnDeclaration[] | null;
  readonly openSchema: boolean;
  readonly span: Span;
}

/** `invoke f(…)`: the input is the function's first argument. */
export interface InvokeOperator {
  readonly type: "invoke";
  /** A call; a member where it belongs to another database. */
  readonly function: Expression;
  readonly span: Span;
}

export interface SerializeOperator {
  readonly type: "serialize";
  readonly columns: readonly Assignment[];
  readonly span: Span;
}

export interface AsOperator {
  readonly type: "as";
  readonly options: readonly Option[];
  readonly name: Name;
  readonly span: Span;
}

export interface ConsumeOperator {
  readonly type: "consume";
  readonly options: readonly Option[];
  readonly span: Span;
}

/** `print name = expression, …`: one row. */
export interface PrintOperator {
  readonly type: "print";
  readonly columns: readonly Assignment[];
  readonly span: Span;
}

/** `range name from a to b step c`: a table of one column. */
export interface RangeOperator {
  readonly type: "range";
  readonly name: Name;
  readonly from: Expression;
  readonly to: Expression;
  readonly step: Expression;
  readonly span: Span;
}

/** `search kind=… in (tables) condition`. In the condition a bare string stands for `* has "…"`. */
export interface SearchOperator {
  readonly type: "search";
  readonly options: readonly Option[];
  /** null for all tables, or the input of the pipe. */
  readonly tables: readonly Expression[] | null;
  readonly condition: Expression;
  readonly span: Span;
}

/** `find in (tables) where condition project columns`. */
export interface FindOperator {
  readonly type: "find";
  readonly options: readonly Option[];
  readonly tables: readonly Expression[] | null;
  readonly condition: Expression;
  /** null for what `project-smart` says, which is also the default. */
  readonly project: readonly FindColumn[] | null;
  readonly projectAway: readonly Expression[];
  readonly span: Span;
}

/** A column with the type it is to have; `pack(*)` is a call in `column`. */
export interface FindColumn {
  readonly type: "column";
  readonly column: Expression;
  readonly dataType: string | null;
  readonly span: Span;
}

/** `fork name = (operators) (operators)`. */
export interface ForkOperator {
  readonly type: "fork";
  readonly branches: readonly ForkBranch[];
  readonly span: Span;
}

export interface ForkBranch {
  readonly type: "branch";
  readonly name: Name | null;
  readonly body: Expression;
  readonly span: Span;
}

/** `facet by columns with (operators)`. */
export interface FacetOperator {
  readonly type: "facet";
  readonly by: readonly Expression[];
  readonly body: Expression | null;
  readonly span: Span;
}

export interface GetSchemaOperator {
  readonly type: "getschema";
  readonly options: readonly Option[];
  readonly span: Span;
}

/** `reduce by column with threshold = 0.1, characters = "x"`. */
export interface ReduceOperator {
  readonly type: "reduce";
  readonly options: readonly Option[];
  readonly by: Expression;
  readonly properties: readonly Option[];
  readonly span: Span;
}

/** `scan order by … partition by … declare (…) with (step name: condition => assignments; …)`. */
export interface ScanOperator {
  readonly type: "scan";
  /** `with_match_id` and others. */
  readonly options: readonly Option[];
  readonly orderBy: readonly Ordered[];
  readonly partitionBy: readonly Expression[];
  readonly declare: readonly ColumnDeclaration[];
  readonly steps: readonly ScanStep[];
  readonly span: Span;
}

export interface ScanStep {
  readonly type: "step";
  readonly name: Name;
  readonly optional: boolean;
  /** `output = all | last | none`; null where it is not said. */
  readonly output: string | null;
  readonly condition: Expression;
  readonly assignments: readonly Assignment[];
  readonly span: Span;
}

/** `partition hint.strategy=native by column (operators)` or `{ query }`. */
export interface PartitionOperator {
  readonly type: "partition";
  readonly options: readonly Option[];
  readonly by: Expression;
  /** `in scope` of the older form; null mostly. */
  readonly scope: Expression | null;
  readonly body: Expression;
  readonly span: Span;
}

/** An operator whose arguments are kept as they are written: the graph operators and others that no public rule uses. */
export interface GeneralOperator {
  readonly type: "general";
  readonly name: string;
  readonly text: string;
  readonly span: Span;
}
