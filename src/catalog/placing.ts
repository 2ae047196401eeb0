import type { Diagnostic } from "../kit/diagnostic.ts";
import { lineStarts, positionAt } from "../kit/span.ts";
import type { RuleDocument, RuleQuery } from "../rule/document.ts";
import type { PlacedDiagnostic } from "./queries/answers.ts";

/** Diagnostics of one query, placed in the rule's file. Where the query does not stand there letter for letter, only its lines count. */
export function placeInFile(
  document: RuleDocument,
  query: RuleQuery | null,
  diagnostics: readonly Diagnostic[],
): readonly PlacedDiagnostic[] {
  if (diagnostics.length === 0) return [];
  const verbatim = query === null ? 0 : query.offset;
  const starts = lineStarts(verbatim === null ? (query?.text ?? "") : document.raw);
  return diagnostics.map((one) => {
    const at = positionAt(starts, one.span.start + (verbatim ?? 0));
    return {
      path: document.path,
      line: verbatim === null ? at.line + (query?.line ?? 1) - 1 : at.line,
      column: at.column,
      code: one.code,
      severity: one.severity,
      message: one.message,
      hint: one.hint ?? null,
    };
  });
}
