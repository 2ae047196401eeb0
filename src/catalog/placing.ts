import type { Diagnostic } from "../kit/diagnostic.ts";
import { lineStarts, positionAt } from "../kit/span.ts";
import type { AnalysedRule } from "../languages/analyse.ts";
import type { RuleDocument, RuleQuery } from "../rule/document.ts";
import type { PlacedDiagnostic } from "./queries/answers.ts";

/** Diagnostics of a rule and of its queries, placed in its file. */
export function placedDiagnostics({ document, queries }: AnalysedRule): readonly PlacedDiagnostic[] {
  return [
    ...placeInFile(document, null, document.diagnostics),
    ...queries.flatMap((one) => placeInFile(document, one.query, one.diagnostics)),
  ];
}

/**
 * Diagnostics of one query, placed in the rule's file. Where the query does not stand there letter for letter, its lines
 * count, and columns as far as the line stands in the file: a block of YAML is indented there.
 */
export function placeInFile(
  document: RuleDocument,
  query: RuleQuery | null,
  diagnostics: readonly Diagnostic[],
): readonly PlacedDiagnostic[] {
  if (diagnostics.length === 0) return [];
  const place =
    query === null || query.offset !== null ? inFile(document.raw, query?.offset ?? 0) : byLine(document.raw, query);
  return diagnostics.map((one) => ({
    path: document.path,
    ...place(one.span.start),
    code: one.code,
    severity: one.severity,
    message: one.message,
    hint: one.hint ?? null,
  }));
}

type Place = (offset: number) => { readonly line: number; readonly column: number };

function inFile(raw: string, from: number): Place {
  const starts = lineStarts(raw);
  return (offset) => positionAt(starts, from + offset);
}

function byLine(raw: string, query: RuleQuery): Place {
  const starts = lineStarts(query.text);
  const rawStarts = lineStarts(raw);
  return (offset) => {
    const { line: own, column } = positionAt(starts, offset);
    const line = own + query.line - 1;
    // A text that merging made can have more lines than the file; then only its start is known.
    if (line > rawStarts.length) return { line: query.line, column: 1 };
    const indent = lineOf(raw, rawStarts, line).indexOf(lineOf(query.text, starts, own).trimEnd());
    return { line, column: column + Math.max(0, indent) };
  };
}

function lineOf(text: string, starts: readonly number[], line: number): string {
  return text.slice(starts[line - 1] ?? text.length, starts[line] ?? text.length);
}
