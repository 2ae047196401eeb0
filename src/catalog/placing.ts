import type { Diagnostic } from "../kit/diagnostic.ts";
import { beforeLastBlanks, lineStarts, positionAt } from "../kit/span.ts";
import type { AnalysedRule } from "../languages/analyse.ts";
import type { RuleDocument, RuleQuery } from "../rule/document.ts";
import type { PlacedDiagnostic } from "./queries/answers.ts";

/** A diagnostic with both ends of its place; the end is the place behind the last character. */
export interface ExtentDiagnostic extends PlacedDiagnostic {
  readonly endLine: number;
  readonly endColumn: number;
}

/** What a place is counted in. */
type Source = Pick<RuleDocument, "path" | "raw">;

/** Diagnostics of a rule and of its queries, placed in its file. */
export function placedDiagnostics({ document, queries }: AnalysedRule): readonly ExtentDiagnostic[] {
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
  document: Source,
  query: RuleQuery | null,
  diagnostics: readonly Diagnostic[],
): readonly ExtentDiagnostic[] {
  if (diagnostics.length === 0) return [];
  const place =
    query === null || query.offset !== null ? inFile(document.raw, query?.offset ?? 0) : byLine(document.raw, query);
  return diagnostics.map((one) => {
    const at = query === null ? one.span : beforeLastBlanks(query.text, one.span);
    const start = place(at.start);
    const end = place(at.end);
    const ordered = end.line > start.line || (end.line === start.line && end.column >= start.column) ? end : start;
    return {
      path: document.path,
      ...start,
      endLine: ordered.line,
      endColumn: ordered.column,
      code: one.code,
      severity: one.severity,
      message: one.message,
      hint: one.hint ?? null,
    };
  });
}

type Place = (offset: number) => { readonly line: number; readonly column: number };

let counted: { readonly raw: string; readonly starts: readonly number[] } = { raw: "", starts: [0] };

/** Where the lines of a file start. The last file is remembered: it may hold a thousand rules, each placed by itself. */
export function linesOfFile(raw: string): readonly number[] {
  if (counted.raw !== raw) counted = { raw, starts: lineStarts(raw) };
  return counted.starts;
}

function inFile(raw: string, from: number): Place {
  const starts = linesOfFile(raw);
  return (offset) => positionAt(starts, from + offset);
}

function byLine(raw: string, query: RuleQuery): Place {
  const starts = lineStarts(query.text);
  const rawStarts = linesOfFile(raw);
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
