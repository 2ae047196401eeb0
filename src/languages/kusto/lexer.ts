import { hasLineBreak, isDigit, lineEnd } from "../../kit/characters.ts";
import { type Span, span } from "../../kit/span.ts";
import { compoundWords, negatedWords } from "./keywords.ts";
import { isLetter, isWordPart, isWordStart, scanNumber } from "./scan.ts";
import { scanString, startsString } from "./strings.ts";

/**
 * word: a name or keyword, `project-away`, `in~` and `!has` in one piece. typed: `datetime(…)`, `long(…)` and the like
 * with all that stands in the parentheses. bad: no token of the language; `fault` says why.
 */
export type TokenType = "word" | "string" | "number" | "timespan" | "typed" | "guid" | "symbol" | "bad" | "end";

export interface KustoToken {
  readonly type: TokenType;
  readonly text: string;
  readonly span: Span;
  /** Nothing stands between this token and the one before it. */
  readonly adjacent: boolean;
  /** A line break stands between them. */
  readonly newLine: boolean;
  /** Of a string: what Kusto refuses about it although it can be read. */
  readonly fault: Fault | null;
}

export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export interface Lexed {
  readonly tokens: readonly KustoToken[];
  /** For the opening bracket at an index the index of its closing one; -1 where there is none. */
  readonly closers: Int32Array;
  /** For the token at an index the innermost bracket that is open before it; -1 where none is. */
  readonly around: Int32Array;
}

/** Words after which a parenthesis begins a literal. */
const typedWords: ReadonlySet<string> = new Set(
  "long int64 int int32 real double decimal bool datetime date time timespan guid".split(" "),
);

const pairs: ReadonlySet<string> = new Set(["..", "<=", "<|", "<>", ">=", "==", "=>", "=~", "!=", "!~"]);

const mayPair: ReadonlySet<string> = new Set([...pairs].map((pair) => pair.charAt(0)));

const mayEndPair: ReadonlySet<string> = new Set([...pairs].map((pair) => pair.charAt(1)));

const symbols: ReadonlySet<string> = new Set("()[]{}|.+-*/%<>=:;,@?".split(""));

/** Splits a text into tokens, in one pass and in linear time. Comments and directives in front are left out. */
export function lex(text: string): Lexed {
  const tokens: KustoToken[] = [];
  let at = 0;
  for (;;) {
    const start = skipBlanks(text, at, tokens.length === 0);
    const adjacent = start === at && tokens.length > 0;
    const newLine = !adjacent && hasLineBreak(text, at, start);
    const { type, end, fault } = scanToken(text, start);
    tokens.push({ type, text: text.slice(start, end), span: span(start, end), adjacent, newLine, fault });
    if (type === "end") break;
    at = end;
  }
  return { tokens, ...matchBrackets(tokens) };
}

interface Scanned {
  readonly type: TokenType;
  readonly end: number;
  readonly fault: Fault | null;
}

function scanToken(text: string, start: number): Scanned {
  if (start >= text.length) return { type: "end", end: start, fault: null };
  const code = text.charCodeAt(start);
  if (mayStartString(code) && startsString(text, start)) {
    const { end, clear, fault } = scanString(text, start);
    return { type: clear ? "string" : "bad", end, fault };
  }
  if (isDigit(code) || isHexLetter(code)) {
    if (guidAt(text, start)) return { type: "guid", end: start + 36, fault: null };
  }
  if (isDigit(code)) {
    const number = scanNumber(text, start);
    if (number !== null) return { type: number.type, end: number.end, fault: null };
    const end = wordEnd(text, start);
    return compoundAt(text, start, end);
  }
  if (isWordStart(code) || isLetter(text, start)) return compoundAt(text, start, wordEnd(text, start + 1));
  const one = text.charAt(start);
  const joining = one === "&" || one === "|" ? foreignJunctions.get(text.slice(start, start + 2)) : undefined;
  if (joining !== undefined) return { type: "bad", end: start + 2, fault: joining };
  if (mayPair.has(one) && mayEndPair.has(text.charAt(start + 1)) && pairs.has(text.slice(start, start + 2)))
    return { type: "symbol", end: start + 2, fault: null };
  if (symbols.has(one)) return { type: "symbol", end: start + 1, fault: null };
  if (one === "!") {
    const end = wordEnd(text, start + 1);
    const word = text.slice(start, end);
    if (word === "!in" && text[end] === "~") return { type: "word", end: end + 1, fault: null };
    if (negatedWords.has(word)) return { type: "word", end, fault: null };
  }
  return { type: "bad", end: start + characterLength(text, start), fault: strayCharacter(text, start) };
}

/** How many other languages join conditions. */
const foreignJunctions: ReadonlyMap<string, Fault> = new Map(
  [
    ["&&", "and"],
    ["||", "or"],
  ].map(([sign = "", word]) => [
    sign,
    { code: "bad-character", message: `The sign ${sign} has no meaning in Kusto.`, hint: `Write ${word}.` },
  ]),
);

/** A quote, or a sign or letter that may stand before one. */
function mayStartString(code: number): boolean {
  return code === 34 || code === 39 || code === 64 || code === 72 || code === 96 || code === 104 || code === 126;
}

function strayCharacter(text: string, start: number): Fault {
  const character = text.slice(start, start + characterLength(text, start));
  return { code: "bad-character", message: `The character ${character} has no meaning here.` };
}

/** A character beyond the first 65,536 is two units long. */
function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** A word, or the longest keyword of several parts that it begins, or a literal such as `datetime(…)`. */
function compoundAt(text: string, start: number, end: number): Scanned {
  const word = text.slice(start, end);
  const next = text[end];
  if (next === "(" && typedWords.has(word)) return typedAt(text, end);
  if (next === "-" || next === "~" || next === ".") {
    for (const compound of compoundWords.get(word) ?? []) {
      const stop = start + compound.length;
      if (text.startsWith(compound, start) && !isWordPart(text.charCodeAt(stop)))
        return { type: "word", end: stop, fault: null };
    }
  }
  return { type: "word", end, fault: null };
}

function typedAt(text: string, open: number): Scanned {
  let end = open + 1;
  while (end < text.length && text[end] !== ")" && text[end] !== "\n" && text[end] !== "\r") end++;
  if (text[end] === ")") return { type: "typed", end: end + 1, fault: null };
  return {
    type: "bad",
    end,
    fault: { code: "unclosed-literal", message: "A closing parenthesis was expected on this line." },
  };
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && (isWordPart(text.charCodeAt(end)) || isLetter(text, end))) end++;
  return end;
}

function skipBlanks(text: string, from: number, atStart: boolean): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13) || (code > 127 && isWideBlank(code))) at++;
    else if (code === 47 && text.charCodeAt(at + 1) === 47) at = lineEnd(text, at);
    else if (code === 35 && atStart) at = lineEnd(text, at);
    else return at;
  }
}

/** White space beyond ASCII: next line, no-break space, the typographic spaces, line separators, byte order mark. */
function isWideBlank(code: number): boolean {
  if (code === 0x85 || code === 0xa0 || code === 0x1680 || code === 0xfeff || code === 0x3000) return true;
  return (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f;
}

function isHexLetter(code: number): boolean {
  return (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

const guid = /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/y;

function guidAt(text: string, start: number): boolean {
  if (text.charCodeAt(start + 8) !== 45) return false;
  guid.lastIndex = start;
  return guid.test(text);
}

const openers = "([{";
const enders = ")]}";

/** A closing bracket closes the last one of its kind that is open; those opened within stay unclosed. */
function matchBrackets(tokens: readonly KustoToken[]): Pick<Lexed, "closers" | "around"> {
  const closers = new Int32Array(tokens.length).fill(-1);
  const around = new Int32Array(tokens.length);
  const open: { readonly index: number; readonly kind: number }[] = [];
  const waiting = [0, 0, 0];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    around[index] = open[open.length - 1]?.index ?? -1;
    if (token?.type !== "symbol" || token.text.length !== 1) continue;
    const opened = openers.indexOf(token.text);
    if (opened >= 0) {
      open.push({ index, kind: opened });
      waiting[opened] = (waiting[opened] ?? 0) + 1;
      continue;
    }
    const closed = enders.indexOf(token.text);
    if (closed < 0 || waiting[closed] === 0) continue;
    for (let top = open.pop(); top !== undefined; top = open.pop()) {
      waiting[top.kind] = (waiting[top.kind] ?? 0) - 1;
      if (top.kind !== closed) continue;
      closers[top.index] = index;
      break;
    }
  }
  return { closers, around };
}
