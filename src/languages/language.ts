import type { Diagnostic } from "../kit/diagnostic.ts";
import type { Logic } from "../rule/logic.ts";

/** What a parser returns for any text whatever: it never throws. */
export interface ParseResult<Ast> {
  readonly ast: Ast;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a rule's surroundings supply to its query; every part may be missing. */
export interface Environment {
  /** SPL macros by name, with the number of arguments where it has any: `security_content_ctime(1)`. */
  readonly macros?: ReadonlyMap<string, MacroDefinition>;
  /** Tables that SPL's `lookup` joins, by name. */
  readonly lookups?: ReadonlyMap<string, LookupDefinition>;
}

export interface MacroDefinition {
  readonly definition: string;
  readonly arguments: readonly string[];
  /** The definition is an expression that makes the text at search time (macros.conf.spec, `iseval`); false unless said. */
  readonly isEval?: boolean;
}

/** What is known of a lookup table without its rows. */
export interface LookupDefinition {
  /** Columns in their order; none where the table is a model or its columns are stated nowhere. */
  readonly fields: readonly string[];
  /** Columns whose cells are patterns with `*`, so that the event's value is matched against them. */
  readonly wildcardFields: readonly string[];
  /** Whether cells and the event's values must agree in case; Splunk's default is that they must. */
  readonly caseSensitive: boolean;
}

/**
 * One query language. Spans of the ast, of `Logic` and of diagnostics count from the start of the parsed text.
 * `parse(print(ast))` equals `ast` but for spans. `lower` is total: what it does not understand becomes opaque.
 */
export interface Language<Ast = unknown> {
  readonly id: string;
  readonly name: string;
  readonly parse: (text: string, environment?: Environment) => ParseResult<Ast>;
  readonly lower: (ast: Ast, environment?: Environment) => Logic;
  readonly print: (ast: Ast) => string;
}
