import { type Diagnostic, diagnostic, type Severity } from "../../kit/diagnostic.ts";
import { limits } from "../../kit/limits.ts";
import type { Nesting } from "../../kit/pratt.ts";
import type { Span } from "../../kit/span.ts";
import type { LexerInput } from "./lexer.ts";

/** What all parts of the parser share while they read one text. */
export interface Reading extends LexerInput {
  readonly nesting: Nesting;
  readonly diagnostics: Diagnostic[];
}

/** Notes a diagnostic; those past `limits.diagnostics` are dropped, and the last one kept says so. */
export function report(
  to: { readonly diagnostics: Diagnostic[] },
  code: string,
  severity: Severity,
  message: string,
  at: Span,
  hint?: string,
): void {
  const kept = to.diagnostics.length;
  if (kept < limits.diagnostics - 1) to.diagnostics.push(diagnostic(`spl/${code}`, severity, message, at, hint));
  else if (kept === limits.diagnostics - 1) {
    to.diagnostics.push(diagnostic("spl/more", "error", "There are more diagnostics than are shown.", at));
  }
}

/** Reads a part that nests one level deeper; past `limits.depth` it gives `tooDeep` instead. */
export function nested<Result>(
  reading: { readonly nesting: Nesting },
  read: () => Result,
  tooDeep: () => Result,
): Result {
  if (reading.nesting.depth >= limits.depth) return tooDeep();
  reading.nesting.depth++;
  try {
    return read();
  } finally {
    reading.nesting.depth--;
  }
}
