import type { Span } from "./span.ts";

/**
 * error: a part of the text was not understood. warning: understood, but probably not what was meant.
 * info: worth knowing (a legacy spelling, a construct that has no effect).
 */
export type Severity = "error" | "warning" | "info";

/** What a reader or parser has to say about a text. The same object serves the terminal, the site, JSON and CI. */
export interface Diagnostic {
  /** Stable name `<language or corpus>/<kebab-case>`, for instance `eql/unclosed-string`. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence that says what was expected. */
  readonly message: string;
  readonly span: Span;
  /** What to do about it, where that can be said. */
  readonly hint?: string;
}

export function diagnostic(code: string, severity: Severity, message: string, at: Span, hint?: string): Diagnostic {
  return hint === undefined ? { code, severity, message, span: at } : { code, severity, message, span: at, hint };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((one) => one.severity === "error");
}
