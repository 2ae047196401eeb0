import { span } from "../../kit/span.ts";
import type { Token } from "../../kit/tokens.ts";
import { isEscape, macroEnd, type Structure, stringEnd } from "./structure.ts";

export type SplTokenType =
  | "word"
  | "string"
  | "quoted_field"
  | "number"
  | "operator"
  | "punctuation"
  | "macro"
  | "subsearch"
  | "end";

export interface SplToken extends Token<SplTokenType> {
  /** Follows the token before it without a space. */
  readonly glued: boolean;
}

export interface LexerInput {
  readonly text: string;
  readonly structure: Structure;
}

/**
 * Search mode: everything that is not a space, a bracket or an operator belongs to a word, so that
 * `*\\Windows\\*`, `a{}.b` and `source=WinEventLog:X/Operational` need no quotes.
 * Eval mode: words are names, and `+ - * / % .` are operators.
 */
export type LexerMode = "search" | "eval";

export function lex(input: LexerInput, start: number, end: number, mode: LexerMode): readonly SplToken[] {
  const { text, structure } = input;
  const tokens: SplToken[] = [];
  let at = start;
  let glued = false;
  const push = (type: SplTokenType, to: number): void => {
    const stop = Math.min(to, end);
    tokens.push({ type, text: text.slice(at, stop), span: span(at, stop), glued });
    at = stop;
    glued = true;
  };
  while (at < end) {
    const char = text[at] ?? "";
    const afterComment = char === "`" ? structure.comments.get(at) : undefined;
    if (afterComment !== undefined) {
      at = afterComment;
      glued = false;
    } else if (isSpace(char)) {
      at++;
      glued = false;
    } else if (char === '"') push("string", stringEnd(text, at));
    else if (char === "`") push("macro", macroEnd(text, at));
    else if (char === "[") push("subsearch", (structure.closes.get(at) ?? at) + 1);
    else if (char === "(" || char === ")" || char === ",") push("punctuation", at + 1);
    else if (mode === "search") {
      const operator = comparisonAt(text, at, end);
      if (operator > 0) push("operator", at + operator);
      else push("word", searchWordEnd(text, at, end));
    } else push(...evalToken(text, at, end));
  }
  tokens.push({ type: "end", text: "", span: span(end, end), glued: false });
  return tokens;
}

function isSpace(char: string): boolean {
  return char === " " || char === "\n" || char === "\t" || char === "\r" || char === "\u00a0" || char === "\u3000";
}

/** Length of the comparison operator at `at`, 0 where there is none. */
function comparisonAt(text: string, at: number, end: number): number {
  const char = text[at];
  const next = at + 1 < end ? text[at + 1] : "";
  if (char === "=") return next === "=" ? 2 : 1;
  if (char === "<" || char === ">") return next === "=" ? 2 : 1;
  return char === "!" && next === "=" ? 2 : 0;
}

const endsWord = new Set(["(", ")", ",", '"', "`", "[", "]", "|"]);
/** Characters that mean nothing inside a word. */
const plainRun = /[^\s()",`[\]|\\=<>!*]+/y;

/**
 * A backslash may take the character after it along, so that `\"` opens no string. Empty parentheses belong to a word
 * that is a pattern: `*GetCurrent()*`.
 */
function searchWordEnd(text: string, start: number, end: number): number {
  let at = start;
  let isPattern = false;
  while (at < end) {
    at = Math.max(at, match(plainRun, text, at));
    if (at >= end) break;
    const char = text[at] ?? "";
    isPattern ||= char === "*";
    if (char === "\\") {
      at += isEscape(text, at) ? 2 : 1;
      continue;
    }
    if (char === "(" && text[at + 1] === ")" && isPattern) {
      at += 2;
      continue;
    }
    if (at > start && (endsWord.has(char) || isSpace(char))) break;
    if (comparisonAt(text, at, end) > 0) break;
    at++;
  }
  return Math.max(Math.min(at, end), start + 1);
}

const name = /[\p{L}_@#$][\p{L}\p{N}_{}:@#$]*/uy;
const numeric = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+/y;
const template = /<<\w+>>/y;

/** Type and end of the token of eval mode that begins at `at`. */
function evalToken(text: string, at: number, end: number): readonly [SplTokenType, number] {
  const templateEnd = match(template, text, at);
  if (templateEnd > 0) return ["word", templateEnd];
  const operator = comparisonAt(text, at, end);
  if (operator > 0) return ["operator", at + operator];
  const char = text[at] ?? "";
  if (char === "'") {
    const close = text.indexOf("'", at + 1);
    return ["quoted_field", close < 0 || close >= end ? end : close + 1];
  }
  const numberEnd = match(numeric, text, at);
  if (numberEnd > 0 && match(name, text, numberEnd) <= 0) return ["number", numberEnd];
  const nameEnd = match(name, text, numberEnd > 0 && char !== "." ? numberEnd : at);
  return nameEnd > 0 ? ["word", nameEnd] : ["operator", at + 1];
}

/** End of what the sticky pattern finds at `at`, -1 where it finds nothing. */
function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** `outputnew`. */
const longestKeyword = 9;

/** Does the token stand for one of these keywords of the language, in any case? */
export function isWord(token: SplToken, ...words: readonly string[]): boolean {
  if (token.type !== "word" || token.text.length > longestKeyword) return false;
  return words.includes(token.text.toLowerCase());
}
