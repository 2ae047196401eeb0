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
}

export interface MacroDefinition {
  readonly definition: string;
  readonly arguments: readonly string[];
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
