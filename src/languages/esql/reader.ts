import { collectDiagnostics, type Diagnostic, diagnostic, type Severity } from "../../kit/diagnostic.ts";
import { type Extents, openExtents } from "../../kit/extents.ts";
import { limits } from "../../kit/limits.ts";
import type { Nesting } from "../../kit/pratt.ts";
import { type Span, span } from "../../kit/span.ts";
import { isOperator, openTokens, type TokenCursor, takeOperator } from "../../kit/tokens.ts";
import type { Expression } from "./ast.ts";
import { type EsqlToken, lex } from "./lexer.ts";

/** What the parts of the parser share. */
export interface Reader {
  readonly text: string;
  readonly cursor: TokenCursor<EsqlToken>;
  readonly nesting: Nesting;
  readonly extents: Extents;
  readonly report: (code: string, message: string, at: Span, hint?: string) => void;
  /** Something worth knowing that is no error. */
  readonly note: (code: string, severity: Severity, message: string, at: Span, hint?: string) => void;
  /** Passes on what the parser of an inner language said. */
  readonly pass: (one: Diagnostic) => void;
  /** Notes an error that the lexer has told already. */
  readonly spoil: () => void;
  /** Errors up to now: a command that adds some keeps its text. */
  readonly errors: () => number;
  /** Are as many diagnostics kept as a text may have? More are only counted, and need no hint. */
  readonly isFull: () => boolean;
  /** After this nothing more is reported: the rest of the text was given up. */
  readonly giveUp: () => void;
  readonly diagnostics: () => readonly Diagnostic[];
}

export function openReader(text: string): Reader {
  const { tokens, diagnostics } = lex(text);
  const found = collectDiagnostics("esql");
  for (const one of diagnostics) found.add(one);
  let silent = false;
  let errors = 0;
  let count = 0;
  const add = (one: Diagnostic): void => {
    count++;
    if (one.severity === "error") errors++;
    if (!silent) found.add(one);
  };
  return {
    text,
    cursor: openTokens(tokens),
    nesting: { depth: 0 },
    extents: openExtents(),
    report: (code, message, at, hint) => add(diagnostic(`esql/${code}`, "error", message, at, hint)),
    note: (code, severity, message, at, hint) => add(diagnostic(`esql/${code}`, severity, message, at, hint)),
    pass: add,
    spoil: () => {
      errors++;
    },
    errors: () => errors,
    isFull: () => count >= limits.diagnostics,
    giveUp: () => {
      silent = true;
    },
    diagnostics: () => found.all().toSorted((a, b) => a.span.start - b.span.start),
  };
}

/** Words that cannot stand for a field unless quoted. */
const reserved: ReadonlySet<string> = new Set(
  "and or not in is like rlike by asc desc nulls null true false where".split(" "),
);

export function isReservedWord(word: string): boolean {
  return word.length <= 5 && reserved.has(word.toLowerCase());
}

export function isReserved(token: EsqlToken): boolean {
  return token.type === "word" && isReservedWord(token.text);
}

/** Takes tokens up to one that ends the command, or a closing bracket that was not opened on the way. */
export function passOver(reader: Reader): void {
  let depth = 0;
  for (let token = reader.cursor.peek(); token.type !== "end"; token = reader.cursor.peek()) {
    if (token.type === "operator") {
      if (depth === 0 && (token.text === "|" || isClosing(token))) return;
      if (token.text === "(" || token.text === "[" || token.text === "{") depth++;
      else if (isClosing(token)) depth--;
    }
    reader.cursor.next();
  }
}

export function isClosing(token: EsqlToken): boolean {
  return token.type === "operator" && (token.text === ")" || token.text === "]" || token.text === "}");
}

/** Does what an operator stands in end at this token? */
export function endsPart(token: EsqlToken): boolean {
  return token.type === "end" || [")", "|", ","].some((one) => isOperator(token, one));
}

/** An operator that joins nothing, right before the end of what it stands in. */
export function dangling(reader: Reader, operator: EsqlToken): void {
  const message = `Elasticsearch refuses \`${operator.text}\` with nothing behind it; it is left out.`;
  reader.note(
    "dangling-operator",
    "warning",
    message,
    operator.span,
    "Complete the expression, or remove the operator.",
  );
}

/** A closing bracket, or a report that it is missing. What stands before it is passed over. */
export function close(reader: Reader, bracket: ")" | "]" | "}", opening: EsqlToken): void {
  if (takeOperator(reader, bracket)) return;
  const stray = reader.cursor.peek();
  passOver(reader);
  if (!takeOperator(reader, bracket)) {
    reader.report("unclosed-bracket", `A closing ${bracket} was expected for this bracket.`, opening.span);
  } else unexpected(reader, stray, `An operator, a comma or the closing ${bracket}`);
}

/** Says that something else was expected where `stray` stands; of an open quote the lexer has said it. */
export function unexpected(reader: Reader, stray: EsqlToken, expected: string): void {
  if (stray.type === "unclosed") reader.spoil();
  else {
    const verb = expected.includes(" and ") ? "were" : "was";
    const hint = foreignOperators.get(stray.text.toLowerCase());
    reader.report("unexpected-text", `${expected} ${verb} expected here.`, stray.span, hint);
  }
}

/** Operators of other languages, and what ES|QL has in their place. */
const foreignOperators: ReadonlyMap<string, string> = new Map([
  ["&&", "Write and."],
  ["||", "Write or."],
  ["contains", 'Write contains(field, "text").'],
  ["startswith", 'Write starts_with(field, "text").'],
  ["endswith", 'Write ends_with(field, "text").'],
]);

/** Something is missing at the cursor. */
export function fault(reader: Reader): Expression {
  const { end } = reader.cursor.last();
  return { type: "fault", span: span(end, end) };
}

/** The text from `start` to the token taken last. */
export function textFrom(reader: Reader, start: number): string {
  return reader.text.slice(start, Math.max(start, reader.cursor.last().end));
}

export function spanFrom(reader: Reader, start: number): Span {
  return span(start, Math.max(start, reader.cursor.last().end));
}
