import { collectDiagnostics, type Diagnostic, diagnostic, type Severity } from "../../kit/diagnostic.ts";
import { type Extents, openExtents } from "../../kit/extents.ts";
import type { Nesting } from "../../kit/pratt.ts";
import type { Span } from "../../kit/span.ts";
import { isOperator, isWord, openTokens, type TokenCursor } from "../../kit/tokens.ts";
import { lex, type YaraToken } from "./lexer.ts";

/** Sections that a rule or search may have, in the order in which they are written. */
export const sectionNames = [
  "meta",
  "events",
  "match",
  "outcome",
  "condition",
  "options",
  "dedup",
  "order",
  "limit",
  "select",
  "unselect",
  "export",
] as const;
export type SectionName = (typeof sectionNames)[number];

/** What the parts of the parser share: the cursor, what is open around it, and what there is to say. */
export interface Reader {
  readonly text: string;
  readonly cursor: TokenCursor<YaraToken>;
  readonly nesting: Nesting;
  readonly extents: Extents;
  /** Brackets around the cursor: decides which tokens end an expression and which are out of place. */
  readonly open: { groups: number; lists: number };
  /** What is being read: fields of a rule stand on event variables, those of a search on none. */
  readonly body: { kind: "rule" | "search"; bareFields: number };
  readonly report: (code: string, severity: Severity, message: string, at: Span, hint?: string) => void;
  /** After this nothing more is reported: the rest of the text was given up. */
  readonly giveUp: () => void;
  readonly diagnostics: () => readonly Diagnostic[];
}

export function openReader(text: string): Reader {
  const { tokens, diagnostics } = lex(text);
  const found = collectDiagnostics("yara-l");
  for (const one of diagnostics) found.add(one);
  let silent = false;
  return {
    text,
    cursor: openTokens(tokens),
    nesting: { depth: 0 },
    extents: openExtents(),
    open: { groups: 0, lists: 0 },
    body: { kind: "search", bareFields: 0 },
    report: (code, severity, message, at, hint) => {
      if (!silent) found.add(diagnostic(`yara-l/${code}`, severity, message, at, hint));
    },
    giveUp: () => {
      silent = true;
    },
    diagnostics: () => found.all().toSorted((a, b) => a.span.start - b.span.start),
  };
}

/** The section whose header, `name:`, stands at the cursor. */
export function sectionAt(reader: Reader): SectionName | null {
  const token = reader.cursor.peek();
  if (token.type !== "word" || !isOperator(reader.cursor.peek(1), ":")) return null;
  const name = token.text.toLowerCase();
  return sectionNames.find((one) => one === name) ?? null;
}

/** A header of no section, `event:` alone on a line: what follows it belongs nowhere. */
export function unknownSectionAt(reader: Reader): boolean {
  const [token, colon, next] = [reader.cursor.peek(), reader.cursor.peek(1), reader.cursor.peek(2)];
  if (token.type !== "word" || !token.first || !isOperator(colon, ":") || !next.first) return false;
  return sectionAt(reader) === null;
}

/** `rule name` or `stage name`, where a brace follows. */
export function beginsBlock(reader: Reader, keyword: "rule" | "stage"): boolean {
  return isWord(reader.cursor.peek(), keyword) && nameTokens(reader) !== null;
}

/** Parts of a name with signs that no name holds, `lateral-movement-2`: bounded, as it is looked at wherever a block may begin. */
const mostNameTokens = 32;

/** How many tokens without a blank between them stand between the word at the cursor and a brace; null without a brace. */
function nameTokens(reader: Reader): number | null {
  const { peek } = reader.cursor;
  for (let count = 0; count <= mostNameTokens; count++) {
    const token = peek(1 + count);
    if (isOperator(token, "{")) return count;
    if (token.type === "end" || (count > 0 && token.span.start !== peek(count).span.end)) return null;
  }
  return null;
}

/** The keyword and name of a block that begins here; the brace is next. */
export function blockName(reader: Reader, keyword: "rule" | "stage"): string {
  const { cursor } = reader;
  const count = nameTokens(reader) ?? 0;
  const start = cursor.next().span;
  if (count === 0) reader.report("expected-name", "error", `The name of the ${keyword} was expected.`, start);
  const from = cursor.peek().span.start;
  let told = false;
  for (let taken = 0; taken < count; taken++) {
    const token = cursor.next();
    if (told || token.type === "word" || (taken > 0 && (token.type === "number" || token.type === "duration")))
      continue;
    told = true;
    const message = `${token.text} has no place in the name of a ${keyword}.`;
    const hint = "A name holds letters, digits and underscores, and begins with no digit.";
    if (token.type !== "unclosed") reader.report("expected-name", "error", message, token.span, hint);
  }
  return count === 0 ? "" : reader.text.slice(from, cursor.last().end);
}

/** Does what is written here end, because a section, a rule or the text does? */
export function endsSection(reader: Reader): boolean {
  const token = reader.cursor.peek();
  if (token.type === "end" || isOperator(token, "}")) return true;
  return sectionAt(reader) !== null || unknownSectionAt(reader) || beginsBlock(reader, "rule");
}

/** Does an expression end here, because something around it goes on? */
export function endsExpression(reader: Reader): boolean {
  const token = reader.cursor.peek();
  if (isWord(token, "and") || isWord(token, "or") || endsSection(reader)) return true;
  if (isOperator(token, ")")) return reader.open.groups > 0;
  if (isOperator(token, "]") || isOperator(token, ",")) return reader.open.lists > 0;
  return false;
}

/** Takes tokens up to where a line, an expression or whatever is open around it ends. */
export function passOver(reader: Reader): void {
  const { cursor } = reader;
  let depth = 0;
  let taken = 0;
  for (let token = cursor.peek(); token.type !== "end"; token = cursor.peek()) {
    if (endsSection(reader)) return;
    if (depth === 0 && (endsExpression(reader) || (taken > 0 && token.first))) return;
    if (isOperator(token, "(") || isOperator(token, "[")) depth++;
    else if (depth > 0 && (isOperator(token, ")") || isOperator(token, "]"))) depth--;
    cursor.next();
    taken++;
  }
}
