import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { type Span, span } from "../../kit/span.ts";
import type { Token } from "../../kit/tokens.ts";
import type { Bound } from "./ast.ts";
import { decodeText } from "./escapes.ts";

export type LuceneTokenType =
  | "word"
  /** A word with `*` or `?` in it. */
  | "wild"
  /** `*` alone. */
  | "star"
  /** `+`, `-` or `!` with white space behind it, which is a word of its own. */
  | "bare"
  | "phrase"
  | "regex"
  | "range"
  | "and"
  | "or"
  | "not"
  | "+"
  | "-"
  | "("
  | ")"
  | ":"
  | "boost"
  | "fuzzy"
  /** Text that begins no token; it has been reported. */
  | "bad"
  | "end";

export interface LuceneToken extends Token<LuceneTokenType> {
  /** Both ends of a range; null for all other tokens. */
  readonly bounds: { readonly low: Bound; readonly high: Bound } | null;
}

export interface Lexed {
  readonly tokens: readonly LuceneToken[];
  readonly diagnostics: readonly Diagnostic[];
}

const operators: Readonly<Record<string, "and" | "or" | "not">> = {
  AND: "and",
  "&&": "and",
  OR: "or",
  "||": "or",
  NOT: "not",
};

/** What ends a word. `+` and `-` do so only where a word would begin. */
const special = new Set([...' \t\n\r\u3000+-!():^[]"{}~*?\\/']);
const slashHint = "Write a slash that begins no regular expression as `\\/`, or put the value in quotes.";

/** Tokens as the grammar of Lucene's classic query parser has them: the longest that fits. */
export function lex(text: string): Lexed {
  const tokens: LuceneToken[] = [];
  const diagnostics: Diagnostic[] = [];
  const push = (type: LuceneTokenType, start: number, end: number, bounds: LuceneToken["bounds"] = null): number => {
    tokens.push({ type, text: text.slice(start, end), span: span(start, end), bounds });
    return end;
  };
  const bad = (code: string, message: string, start: number, end: number, hint?: string): number => {
    diagnostics.push(diagnostic(`lucene/${code}`, "error", message, span(start, end), hint));
    return push("bad", start, end);
  };
  const closers = nextOf(text, "]}");

  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (isSpace(char)) {
      at++;
      continue;
    }
    const word = endOfWord(text, at);
    if (word.end > at) {
      at = pushWord(text, at, word, push);
      continue;
    }
    switch (char) {
      case "+":
      case "-":
      case "!":
        if (isSpace(text[at + 1] ?? "")) at = push("bare", at, at + 1);
        else at = push(char === "!" ? "not" : char, at, at + 1);
        break;
      case "(":
      case ")":
      case ":":
        at = push(char, at, at + 1);
        break;
      case "^": {
        const end = endOfNumber(text, at + 1);
        if (end > at + 1) at = push("boost", at, end);
        else at = bad("missing-boost", "A number was expected after `^`.", at, at + 1, "Write the character as `\\^`.");
        break;
      }
      case "~":
        at = push("fuzzy", at, endOfFuzzy(text, at + 1));
        break;
      case '"': {
        const end = endOfPhrase(text, at);
        if (end !== null) at = push("phrase", at, end);
        else {
          const hint = 'Write a quote inside a phrase as `\\"`.';
          at = bad("unclosed-string", 'A closing quote `"` was expected.', at, text.length, hint);
        }
        break;
      }
      case "/": {
        const end = endOfRegex(text, at);
        if (end !== null) at = push("regex", at, end);
        else at = bad("unclosed-regex", "A closing `/` was expected.", at, text.length, slashHint);
        break;
      }
      case "[":
      case "{": {
        const closer = closers(at);
        const bounds = closer === null ? null : readRange(text, at);
        if (bounds !== null) at = push("range", at, bounds.end, bounds);
        else {
          const message = "A range such as `[1 TO 5]` was expected; `TO` is written in capitals.";
          const hint = "Write a bracket that begins no range with a backslash before it, or put the value in quotes.";
          at = bad("not-a-range", message, at, closer === null ? at + 1 : closer + 1, hint);
        }
        break;
      }
      case "\\":
        at = bad("stray-backslash", "A character was expected after this backslash.", at, at + 1);
        break;
      default:
        at = bad("stray-bracket", `A range was expected to be open before \`${char}\`.`, at, at + 1);
    }
  }
  push("end", text.length, text.length);
  return { tokens, diagnostics };
}

interface Word {
  readonly end: number;
  readonly wild: boolean;
}

function pushWord(
  text: string,
  at: number,
  { end, wild }: Word,
  push: (type: LuceneTokenType, start: number, end: number) => number,
): number {
  if (wild) return push(end === at + 1 && text[at] === "*" ? "star" : "wild", at, end);
  return push((end - at <= 3 ? operators[text.slice(at, end)] : undefined) ?? "word", at, end);
}

export function isSpace(char: string): boolean {
  return char === " " || char === "\t" || char === "\n" || char === "\r" || char === "\u3000";
}

function endOfWord(text: string, start: number): Word {
  let wild = false;
  let at = start;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (char === "*" || char === "?") wild = true;
    else if (char === "\\") {
      if (at + 1 >= text.length) break;
      at++;
    } else if (special.has(char) && !((char === "+" || char === "-") && at > start)) break;
    at++;
  }
  return { end: at, wild };
}

function endOfNumber(text: string, start: number): number {
  const digits = (from: number): number => {
    let at = from;
    while (isDigit(text[at])) at++;
    return at;
  };
  const whole = digits(start);
  if (whole === start || text[whole] !== "." || !isDigit(text[whole + 1])) return whole;
  return digits(whole + 1);
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= "0" && char <= "9";
}

/** `~`, `~1`, `~0.8`; letters behind it belong to it, too, and mean nothing. */
function endOfFuzzy(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (char === "\\" && at + 1 < text.length) at++;
    else if (special.has(char) && char !== "+" && char !== "-") break;
    at++;
  }
  return at;
}

/** Behind the closing quote; null where there is none. */
function endOfPhrase(text: string, start: number): number | null {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return null;
}

/**
 * Behind the next slash without a backslash before it. Where there is none, the last one whose backslash is itself escaped
 * will do: the grammar takes any slash behind a backslash into the expression for as long as another one can end it.
 */
function endOfRegex(text: string, start: number): number | null {
  let escaped: number | null = null;
  for (let at = text.indexOf("/", start + 1); at >= 0; at = text.indexOf("/", at + 1)) {
    let backslashes = 0;
    while (at - 1 - backslashes > start && text[at - 1 - backslashes] === "\\") backslashes++;
    if (backslashes === 0) return at + 1;
    if (backslashes % 2 === 0) escaped = at + 1;
  }
  return escaped;
}

/** Asked for growing places only, gives the next character of a set at or behind each: linear for the whole text. */
function nextOf(text: string, wanted: string): (from: number) => number | null {
  let at = 0;
  return (from) => {
    if (at < from) at = from;
    while (at < text.length && !wanted.includes(text[at] ?? "")) at++;
    return at < text.length ? at : null;
  };
}

/** `[low TO high]` from its opening bracket; null where it is none. */
function readRange(
  text: string,
  start: number,
): { readonly low: Bound; readonly high: Bound; readonly end: number } | null {
  const low = readBound(text, skipSpace(text, start + 1));
  const to = skipSpace(text, low?.end ?? start);
  if (low === null || text.slice(to, to + 2) !== "TO" || !isSpace(text[to + 2] ?? "")) return null;
  const high = readBound(text, skipSpace(text, to + 2));
  if (high === null) return null;
  const end = skipSpace(text, high.end);
  const closing = text[end];
  if (closing !== "]" && closing !== "}") return null;
  return {
    low: boundOf(text, low, text[start] === "["),
    high: boundOf(text, high, closing === "]"),
    end: end + 1,
  };
}

function boundOf(text: string, at: Span, inclusive: boolean): Bound {
  const written = text.slice(at.start, at.end);
  const quoted = written.length >= 2 && written.startsWith('"') && written.endsWith('"');
  const value = !quoted && written === "*" ? null : decodeText(quoted ? written.slice(1, -1) : written);
  return { text: written, value, quoted, inclusive, span: at };
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && isSpace(text[at] ?? "")) at++;
  return at;
}

/** A quoted bound, or everything up to white space or a closing bracket. */
function readBound(text: string, start: number): Span | null {
  if (text[start] === '"') {
    let end = text.indexOf('"', start + 1);
    while (end >= 0 && text[end - 1] === "\\") end = text.indexOf('"', end + 1);
    if (end > start + 1) return span(start, end + 1);
  }
  let at = start;
  while (at < text.length && !isSpace(text[at] ?? "") && text[at] !== "]" && text[at] !== "}") at++;
  return at > start ? span(start, at) : null;
}
