import { collectDiagnostics, type Diagnostic, diagnostic, type Severity } from "../../kit/diagnostic.ts";
import { type Extents, openExtents } from "../../kit/extents.ts";
import type { Nesting } from "../../kit/pratt.ts";
import type { Span } from "../../kit/span.ts";
import { isOperator, openTokens, type TokenCursor } from "../../kit/tokens.ts";
import { type EqlToken, lex } from "./lexer.ts";

/** Words that cannot begin a field or be a category unless quoted. */
export const reserved: ReadonlySet<string> = new Set(
  "and or not in like regex where by with until true false null".split(" "),
);

/** What the parts of the parser share: the cursor, what is open around it, and what there is to say. */
export interface Reader {
  readonly text: string;
  readonly cursor: TokenCursor<EqlToken>;
  readonly nesting: Nesting;
  readonly extents: Extents;
  /** Brackets around the cursor: decides which tokens end an expression and which are out of place. */
  readonly open: { groups: number; lists: number; step: boolean; keys: boolean };
  readonly report: (code: string, severity: Severity, message: string, at: Span, hint?: string) => void;
  /** After this nothing more is reported: the rest of the text was given up. */
  readonly giveUp: () => void;
  readonly diagnostics: () => readonly Diagnostic[];
}

export function openReader(text: string): Reader {
  const { tokens, diagnostics } = lex(text);
  const found = collectDiagnostics("eql");
  for (const one of diagnostics) found.add(one);
  let silent = false;
  return {
    text,
    cursor: openTokens(tokens),
    nesting: { depth: 0 },
    extents: openExtents(),
    open: { groups: 0, lists: 0, step: false, keys: false },
    report: (code, severity, message, at, hint) => {
      if (!silent) found.add(diagnostic(`eql/${code}`, severity, message, at, hint));
    },
    giveUp: () => {
      silent = true;
    },
    diagnostics: () => found.all().toSorted((a, b) => a.span.start - b.span.start),
  };
}

/** Keywords are written in lower case; all upper case is understood too, and reported when it is taken. */
export function isWord(token: EqlToken, word: string): boolean {
  if (token.type !== "word" || token.text.length !== word.length) return false;
  return token.text === word || token.text === word.toUpperCase();
}

/** Takes the keyword at the cursor, if it stands there. */
export function takeWord(reader: Reader, word: string): boolean {
  const token = reader.cursor.peek();
  if (!isWord(token, word)) return false;
  reader.cursor.next();
  if (token.text !== word)
    reader.report("keyword-case", "error", `The keyword ${word} is written in lower case.`, token.span);
  return true;
}

/** Does a step begin `ahead` places from here? */
export function beginsStep(reader: Reader, ahead = 0): boolean {
  const { peek } = reader.cursor;
  const at = isOperator(peek(ahead), "!") ? ahead + 1 : ahead;
  if (!isOperator(peek(at), "[")) return false;
  const category = peek(at + 1).type;
  return (category === "word" || category === "string" || category === "quoted") && isWord(peek(at + 2), "where");
}

/** Does an expression end here, because something around it goes on? */
export function endsExpression(reader: Reader): boolean {
  const token = reader.cursor.peek();
  if (token.type === "end" || isWord(token, "and") || isWord(token, "or")) return true;
  return closesSomething(reader, token);
}

function closesSomething(reader: Reader, token: EqlToken): boolean {
  const { open } = reader;
  if (open.step && (beginsStep(reader) || (isWord(token, "until") && beginsStep(reader, 1)))) return true;
  if (open.keys && endsKeys(token)) return true;
  if (token.type !== "operator") return false;
  switch (token.text) {
    case ")":
      return open.groups > 0;
    case ",":
      return open.lists > 0;
    case "]":
      return open.step;
    case "|":
      return !open.step;
    default:
      return false;
  }
}

/** What may follow the join keys of a sequence or step. */
function endsKeys(token: EqlToken): boolean {
  if (["with", "until", "by"].some((word) => isWord(token, word))) return true;
  return ["[", "!", ",", "|"].some((operator) => isOperator(token, operator));
}

/** Takes tokens up to where `stop` holds outside of brackets opened on the way; always ends at the end of the text. */
export function passOver(reader: Reader, stop: () => boolean): void {
  let depth = 0;
  for (let token = reader.cursor.peek(); token.type !== "end"; token = reader.cursor.peek()) {
    if (depth === 0 && stop()) return;
    if (reader.open.step && beginsStep(reader)) return;
    if (isOperator(token, "(") || isOperator(token, "[")) depth++;
    else if (depth > 0 && (isOperator(token, ")") || isOperator(token, "]"))) depth--;
    reader.cursor.next();
  }
}
