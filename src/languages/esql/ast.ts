import type { Span } from "../../kit/span.ts";
import type { Embedded } from "./embedded.ts";
import type { Expression } from "./expression-ast.ts";

export type * from "./expression-ast.ts";

/** A whole query, one branch of a `fork`, or a subquery in brackets. */
export interface Query {
  readonly type: "query";
  /** `set name = value;` before the first command. */
  readonly settings: readonly Setting[];
  readonly commands: readonly Command[];
  readonly span: Span;
}

export interface Setting {
  readonly type: "setting";
  readonly name: string;
  readonly value: Expression;
  readonly span: Span;
}

export type Command =
  | FromCommand
  | RowCommand
  | WhereCommand
  | EvalCommand
  | StatsCommand
  | ProjectCommand
  | RenameCommand
  | SortCommand
  | LimitCommand
  | ExtractCommand
  | ExpandCommand
  | EnrichCommand
  | JoinCommand
  | ForkCommand
  | InferenceCommand
  | ChangePointCommand
  | SampleCommand
  | PartsCommand
  | GeneralCommand
  | ErrorCommand;

/** `from` and `ts`. */
export interface FromCommand {
  readonly type: "from";
  readonly command: "from" | "ts";
  readonly sources: readonly Source[];
  readonly metadata: readonly string[];
  readonly span: Span;
}

export type Source = IndexPattern | Subquery;

/** An index pattern as written, with its cluster, its exclusion sign and its quotes. */
export interface IndexPattern {
  readonly type: "index";
  readonly text: string;
  readonly span: Span;
}

export interface Subquery {
  readonly type: "subquery";
  readonly query: Query;
  readonly span: Span;
}

/** `name = value`, `value`, and in `stats` also `name = aggregate where condition`. */
export interface Assignment {
  readonly type: "assignment";
  readonly name: string | null;
  readonly value: Expression;
  readonly condition: Expression | null;
  readonly span: Span;
}

export interface RowCommand {
  readonly type: "row";
  readonly fields: readonly Assignment[];
  readonly span: Span;
}

export interface WhereCommand {
  readonly type: "where";
  readonly condition: Expression;
  readonly span: Span;
}

export interface EvalCommand {
  readonly type: "eval";
  readonly fields: readonly Assignment[];
  readonly span: Span;
}

export interface StatsCommand {
  readonly type: "stats";
  /** `inline stats` adds its columns to the rows and keeps them all. */
  readonly inline: boolean;
  readonly aggregates: readonly Assignment[];
  /** Names that were given to nothing: `name =`. Elasticsearch refuses them; they are no fields of the events. */
  readonly unset: readonly string[];
  readonly by: readonly Assignment[];
  readonly span: Span;
}

export interface ProjectCommand {
  readonly type: "project";
  readonly command: "keep" | "drop";
  /** Names as written; `*` outside backticks stands for any run of characters. */
  readonly names: readonly NamePattern[];
  readonly span: Span;
}

export interface NamePattern {
  readonly type: "name";
  readonly text: string;
  readonly span: Span;
}

export interface RenameCommand {
  readonly type: "rename";
  readonly pairs: readonly { readonly from: string; readonly to: string }[];
  readonly span: Span;
}

export interface SortCommand {
  readonly type: "sort";
  readonly keys: readonly SortKey[];
  readonly span: Span;
}

export interface SortKey {
  readonly type: "key";
  readonly value: Expression;
  readonly order: "asc" | "desc" | null;
  readonly nulls: "first" | "last" | null;
  readonly span: Span;
}

export interface LimitCommand {
  readonly type: "limit";
  readonly count: Expression;
  readonly by: readonly Expression[];
  readonly span: Span;
}

/** `grok` and `dissect`. */
export interface ExtractCommand {
  readonly type: "extract";
  readonly command: "grok" | "dissect";
  readonly input: Expression;
  readonly patterns: readonly Expression[];
  readonly options: readonly Setting[];
  readonly span: Span;
}

/** `mv_expand`. */
export interface ExpandCommand {
  readonly type: "expand";
  readonly field: string;
  readonly span: Span;
}

export interface EnrichCommand {
  readonly type: "enrich";
  /** As written, with the mode before it: `_coordinator:policy`. */
  readonly policy: string;
  readonly on: string | null;
  readonly outputs: readonly { readonly as: string | null; readonly field: string }[];
  readonly span: Span;
}

/** `lookup join`. */
export interface JoinCommand {
  readonly type: "join";
  readonly table: string;
  readonly on: readonly Expression[];
  readonly span: Span;
}

export interface ForkCommand {
  readonly type: "fork";
  readonly branches: readonly Query[];
  readonly span: Span;
}

/** `completion` and `rerank`. */
export interface InferenceCommand {
  readonly type: "inference";
  readonly command: "completion" | "rerank";
  readonly target: string | null;
  readonly prompt: Expression;
  readonly on: readonly Assignment[];
  readonly options: Expression | null;
  readonly span: Span;
}

export interface ChangePointCommand {
  readonly type: "change_point";
  readonly value: Expression;
  readonly on: string | null;
  /** Names of the two columns that it makes. */
  readonly as: readonly string[];
  readonly by: readonly Expression[];
  readonly span: Span;
}

export interface SampleCommand {
  readonly type: "sample";
  readonly probability: Expression;
  readonly span: Span;
}

/** Commands that take one value apart into columns with a common prefix (`uri_parts`, `user_agent` …). */
export interface PartsCommand {
  readonly type: "parts";
  readonly command: string;
  readonly prefix: string;
  readonly input: Expression;
  readonly options: Expression | null;
  readonly span: Span;
}

/** A known command whose arguments say nothing about which events match: they are kept as text. */
export interface GeneralCommand {
  readonly type: "general";
  readonly command: string;
  readonly text: string;
  readonly span: Span;
}

/** A command in which something was not understood, with its whole text, and as much of it as was read. */
export interface ErrorCommand {
  readonly type: "error";
  readonly text: string;
  readonly parsed: Exclude<Command, ErrorCommand> | null;
  readonly span: Span;
}

export type { Embedded };
