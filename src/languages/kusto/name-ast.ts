import type { Span } from "../../kit/span.ts";

/**
 * A column, table, variable, function's parameter, or a bare word of an option; with its brackets and quotes taken off:
 * `['a b']` is `a b`. `$left` and `$right` of a join are names too. Kusto tells upper from lower case in names.
 */
export interface Name {
  readonly type: "name";
  readonly name: string;
  readonly span: Span;
}

/** `Device*`: tables of a union, search or find, or columns of project-away and its like. */
export interface Wildcard {
  readonly type: "wildcard";
  readonly pattern: string;
  readonly span: Span;
}

/** `*`: all columns, or any column as in `where * has "x"`. */
export interface Star {
  readonly type: "star";
  readonly span: Span;
}
