import { limits } from "./limits.ts";
import { type Span, span } from "./span.ts";

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

/** Diagnostics of one text, at most `limits.diagnostics` of them. */
export interface DiagnosticList {
  readonly add: (one: Diagnostic) => void;
  /** Those that were added first. Where there were more, a last one, as severe as the worst of the rest, counts them. */
  readonly all: () => readonly Diagnostic[];
}

/** `language` names the code of the one that counts: `<language>/more`. */
export function collectDiagnostics(language: string): DiagnosticList {
  const kept: Diagnostic[] = [];
  let rest: Diagnostic | null = null;
  let worst: Severity = "info";
  let count = 0;
  return {
    add: (one) => {
      if (kept.length < limits.diagnostics - 1) kept.push(one);
      else {
        rest ??= one;
        worst = worse(worst, one.severity);
        count++;
      }
    },
    all: () => {
      if (rest === null) return [...kept];
      if (count === 1) return [...kept, rest];
      return [...kept, diagnostic(`${language}/more`, worst, `There are ${count} further problems.`, rest.span)];
    },
  };
}

function worse(a: Severity, b: Severity): Severity {
  if (a === "error" || b === "error") return "error";
  return a === "warning" || b === "warning" ? "warning" : "info";
}

/** What there is to say of a text beyond `limits.length`, which no parser looks at; null for a shorter one. */
export function tooLong(language: string, text: string): Diagnostic | null {
  if (text.length <= limits.length) return null;
  const message = `A text of at most ${limits.length} characters was expected.`;
  return diagnostic(`${language}/too-long`, "error", message, span(0, text.length));
}
