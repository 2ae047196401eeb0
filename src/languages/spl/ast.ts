import type { Span } from "../../kit/span.ts";

/** A whole search, the inside of a sub-search, or what a macro stands for. */
export interface Pipeline {
  readonly type: "pipeline";
  /** Does it begin with `|`? */
  readonly leadingPipe: boolean;
  readonly commands: readonly Command[];
  readonly span: Span;
}

export interface SplAst {
  readonly type: "spl";
  readonly pipeline: Pipeline;
  readonly span: Span;
}

export type Command =
  | SearchCommand
  | WhereCommand
  | EvalCommand
  | StatsCommand
  | TstatsCommand
  | RenameCommand
  | LookupCommand
  | GeneralCommand
  | MacroCommand
  | ErrorCommand;

export interface SearchCommand {
  readonly type: "search";
  /** The word `search` is left out, as at the start of a search. */
  readonly implicit: boolean;
  readonly expression: SearchExpression | null;
  readonly span: Span;
}

export interface WhereCommand {
  readonly type: "where";
  readonly expression: EvalExpression;
  readonly span: Span;
}

export interface EvalCommand {
  readonly type: "eval";
  readonly assignments: readonly Assignment[];
  readonly span: Span;
}

export interface Assignment {
  readonly type: "assignment";
  /** The new field as written. */
  readonly field: string;
  readonly expression: EvalExpression;
  readonly span: Span;
}

/** stats, eventstats, streamstats, sistats, timechart and chart. */
export interface StatsCommand {
  readonly type: "stats";
  readonly name: string;
  readonly items: readonly StatsItem[];
  /** The word as written: by, over … and what follows it. */
  readonly by: readonly Argument[];
  readonly span: Span;
}

/** tstats and mstats. */
export interface TstatsCommand {
  readonly type: "tstats";
  readonly name: string;
  readonly items: readonly StatsItem[];
  /** What stands after `from`, as written: `datamodel=Endpoint.Processes`. */
  readonly from: readonly Argument[];
  readonly where: SearchExpression | null;
  readonly by: readonly Argument[];
  readonly span: Span;
}

export type StatsItem = StatsFunction | Argument;

export interface StatsFunction {
  readonly type: "function";
  readonly name: string;
  /** The argument as written; null where there are no parentheses. */
  readonly argument: string | null;
  /** The inside of `eval(…)`, where the argument is one. */
  readonly expression: EvalExpression | null;
  /** Name of the result as written. */
  readonly as: string | null;
  readonly span: Span;
}

export interface RenameCommand {
  readonly type: "rename";
  readonly pairs: readonly RenamePair[];
  readonly span: Span;
}

export interface RenamePair {
  readonly type: "pair";
  readonly from: string;
  readonly to: string;
  readonly span: Span;
}

export interface LookupCommand {
  readonly type: "lookup";
  readonly options: readonly Argument[];
  readonly table: string;
  /** `from` is the column of the table, `to` the field of the event. */
  readonly on: readonly RenamePair[];
  readonly mode: "all" | "output" | "outputnew";
  readonly outputs: readonly RenamePair[];
  readonly span: Span;
}

/** Every other command: its name and its arguments in order. */
export interface GeneralCommand {
  readonly type: "command";
  /** Lower case. */
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly span: Span;
}

/** A macro in the place of a command; `rest` is what follows it in the same section. */
export interface MacroCommand {
  readonly type: "macro_command";
  readonly call: MacroCall;
  readonly rest: string;
  readonly span: Span;
}

/** A section that was not understood. */
export interface ErrorCommand {
  readonly type: "error";
  readonly text: string;
  readonly span: Span;
}

export type Argument = Term | Option | MacroCall | Subsearch | Clause | Keyword;

/** A word, a quoted text or a call such as `ctime(x)`, exactly as written. */
export interface Term {
  readonly type: "term";
  readonly text: string;
  readonly span: Span;
}

/** A word that has a meaning of its own between arguments (`as`, `in`, `with`, `over`, a comma). */
export interface Keyword {
  readonly type: "keyword";
  readonly text: string;
  readonly span: Span;
}

/** `name=value`. */
export interface Option {
  readonly type: "option";
  readonly name: string;
  readonly operator: string;
  readonly value: Term | MacroCall | Subsearch | Clause;
  readonly span: Span;
}

/** A search expression in parentheses as a value: `startswith=(EventCode=4698)`. */
export interface Clause {
  readonly type: "clause";
  readonly expression: SearchExpression;
  readonly span: Span;
}

export interface MacroCall {
  readonly type: "macro";
  readonly name: string;
  /** Arguments with their quotes taken off. */
  readonly arguments: readonly string[];
  /** The call as written, without the backticks. */
  readonly text: string;
  readonly span: Span;
}

export interface Subsearch {
  readonly type: "subsearch";
  readonly pipeline: Pipeline;
  readonly span: Span;
}

/** Something that could not be read, as written. */
export interface ErrorNode {
  readonly type: "error";
  readonly text: string;
  readonly span: Span;
}

/** A boolean tree in which OR binds tighter than AND. */
export type SearchExpression =
  | { readonly type: "and" | "or"; readonly operands: readonly SearchExpression[]; readonly span: Span }
  | { readonly type: "not"; readonly operand: SearchExpression; readonly span: Span }
  | SearchAtom;

export type SearchAtom = Comparison | Membership | Term | Directive | MacroCall | Subsearch | ErrorNode;

export interface Comparison {
  readonly type: "comparison";
  readonly field: string;
  /** `::` compares an indexed field. */
  readonly operator: "=" | "!=" | "<" | "<=" | ">" | ">=" | "::";
  readonly value: Term | MacroCall | Subsearch;
  readonly span: Span;
}

export interface Membership {
  readonly type: "in";
  readonly field: string;
  readonly values: readonly (Term | MacroCall | ErrorNode)[];
  readonly span: Span;
}

/** `TERM(…)` and `CASE(…)`; `field=TERM(…)` has a field. */
export interface Directive {
  readonly type: "directive";
  readonly name: "TERM" | "CASE";
  readonly field: string | null;
  readonly text: string;
  readonly span: Span;
}

/** Expressions of where and eval, in which AND binds tighter than OR. */
export type EvalExpression =
  | { readonly type: "and" | "or" | "xor"; readonly operands: readonly EvalExpression[]; readonly span: Span }
  | { readonly type: "not" | "negative"; readonly operand: EvalExpression; readonly span: Span }
  | {
      readonly type: "binary";
      readonly operator: BinaryOperator;
      readonly left: EvalExpression;
      readonly right: EvalExpression;
      readonly span: Span;
    }
  | {
      readonly type: "in";
      readonly left: EvalExpression;
      readonly values: readonly EvalExpression[];
      readonly span: Span;
    }
  | { readonly type: "call"; readonly name: string; readonly arguments: readonly EvalExpression[]; readonly span: Span }
  | { readonly type: "field" | "string" | "number"; readonly text: string; readonly span: Span }
  | MacroCall
  | Subsearch
  | ErrorNode;

export type BinaryOperator = ComparisonOperator | "+" | "-" | "*" | "/" | "%" | ".";

export type ComparisonOperator = "=" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "like";
