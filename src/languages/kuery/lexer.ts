import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { span } from "../../kit/span.ts";
import type { Token } from "../../kit/tokens.ts";
import type { PatternToken } from "../../rule/expression.ts";
import { tidy } from "../../rule/pattern.ts";

export type KueryTokenType =
  | "literal"
  | "quoted"
  | "and"
  | "or"
  | "not"
  | "("
  | ")"
  | "{"
  | "}"
  | ":"
  | "<"
  | "<="
  | ">"
  | ">="
  | "end";

export interface KueryToken extends Token<KueryTokenType> {
  /** Decoded value of a literal; empty for all other tokens. */
  readonly value: readonly PatternToken[];
}

export interface Lexed {
  readonly tokens: readonly KueryToken[];
  readonly diagnostics: readonly Diagnostic[];
}

const whitespace: Readonly<Record<string, string>> = { t: "\t", r: "\r", n: "\n" };
const nothing: readonly PatternToken[] = [];
const special = new Set(["\\", "(", ")", ":", "<", ">", '"', "*", "{", "}"]);
const keywords: Readonly<Record<string, "and" | "or" | "not">> = { and: "and", or: "or", not: "not" };

/**
 * Words that only white space parts belong to one literal (`f: quick brown fox`), unless a keyword stands between.
 * There are no comments: a slash is a character like any other.
 */
export function lex(text: string): Lexed {
  const tokens: KueryToken[] = [];
  const diagnostics: Diagnostic[] = [];
  let run: { readonly start: number; end: number; plain: boolean } | null = null;
  const push = (type: KueryTokenType, start: number, end: number, value: readonly PatternToken[] = nothing): void => {
    tokens.push({ type, text: text.slice(start, end), span: span(start, end), value });
  };
  const stray = (at: number): void => {
    const message = "A backslash that escapes nothing is written `\\\\` outside quotes.";
    diagnostics.push(diagnostic("kuery/stray-backslash", "warning", message, span(at, at + 1)));
  };
  const endRun = (): void => {
    if (run === null) return;
    const { start, end, plain } = run;
    push(
      "literal",
      start,
      end,
      plain ? [{ type: "literal", text: text.slice(start, end) }] : decode(text, start, end, stray),
    );
    run = null;
  };

  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (isSpace(char)) {
      at++;
      continue;
    }
    const word = endOfWord(text, at);
    if (word.end > at) {
      const keyword = word.end - at <= 3 ? keywords[text.slice(at, word.end).toLowerCase()] : undefined;
      if (keyword !== undefined) {
        endRun();
        push(keyword, at, word.end);
      } else if (run === null) run = { start: at, end: word.end, plain: word.plain };
      else {
        run.end = word.end;
        run.plain &&= word.plain;
      }
      at = word.end;
      continue;
    }
    endRun();
    if (char === '"') {
      const quoted = readQuoted(text, at);
      push("quoted", at, quoted.end, quoted.value);
      if (!quoted.closed) {
        const hint = 'Write a quote inside a quoted value as `\\"`.';
        const where = span(at, quoted.end);
        diagnostics.push(
          diagnostic("kuery/unclosed-string", "error", 'A closing quote `"` was expected.', where, hint),
        );
      }
      at = quoted.end;
    } else if (char === "<" || char === ">") {
      const wide = text[at + 1] === "=";
      push(wide ? `${char}=` : char, at, at + (wide ? 2 : 1));
      at += wide ? 2 : 1;
    } else {
      push(char as "(" | ")" | "{" | "}" | ":", at, at + 1);
      at++;
    }
  }
  endRun();
  push("end", text.length, text.length);
  return { tokens, diagnostics };
}

function isSpace(char: string): boolean {
  return char === " " || char === "\n" || char === "\t" || char === "\r" || char === "\u00a0";
}

/** The end of a run without white space and special characters; not plain where it holds an escape or a wildcard. */
function endOfWord(text: string, start: number): { readonly end: number; readonly plain: boolean } {
  let plain = true;
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "*") plain = false;
    else if (char === "\\") {
      plain = false;
      if (special.has(text[at + 1] ?? "")) at++;
    } else if (isSpace(char) || special.has(char)) break;
  }
  return { end: at, plain };
}

/** What a literal means: `*` is a wildcard; a backslash before anything unknown stands for itself, and is told to `stray`. */
function decode(text: string, start: number, end: number, stray: (at: number) => void): readonly PatternToken[] {
  const value: PatternToken[] = [];
  let from = start;
  let at = start;
  const flush = (): void => {
    if (at > from) value.push({ type: "literal", text: text.slice(from, at) });
  };
  while (at < end) {
    const char = text[at];
    if (char === "*") {
      flush();
      value.push({ type: "any" });
      from = ++at;
    } else if (char === "\\") {
      flush();
      const decoded = readEscape(text, at);
      if (decoded.end === at + 1) stray(at);
      value.push({ type: "literal", text: decoded.text });
      at = decoded.end;
      from = at;
    } else at++;
  }
  flush();
  return tidy(value);
}

/**
 * An escape outside quotes: white space, a special character, a code unit, or a keyword. `\not` is the word, as the
 * documentation has it, and not a line feed before `ot`.
 */
function readEscape(text: string, at: number): { text: string; end: number } {
  const next = text[at + 1] ?? "";
  const space = whitespace[next];
  const unit = codeUnit(text, at);
  const keyword = /^(?:and|or|not)/i.exec(text.slice(at + 1, at + 4))?.[0];
  const wholeWord = keyword !== undefined && endsWord(text[at + 1 + keyword.length]);
  if (space !== undefined && !wholeWord) return { text: space, end: at + 2 };
  if (special.has(next)) return { text: next, end: at + 2 };
  if (unit !== null) return { text: unit, end: at + 6 };
  if (keyword !== undefined) return { text: keyword, end: at + 1 + keyword.length };
  return { text: "\\", end: at + 1 };
}

function endsWord(char: string | undefined): boolean {
  return char === undefined || isSpace(char) || special.has(char);
}

function codeUnit(text: string, at: number): string | null {
  const digits = text.slice(at + 2, at + 6);
  return text[at + 1] === "u" && /^[0-9a-f]{4}$/i.test(digits)
    ? String.fromCharCode(Number.parseInt(digits, 16))
    : null;
}

/** Inside quotes only `\\`, `\"`, `\t`, `\r`, `\n` and `\uXXXX` are escapes, and nothing is a wildcard. */
function readQuoted(text: string, start: number): { end: number; value: readonly PatternToken[]; closed: boolean } {
  const parts: string[] = [];
  let from = start + 1;
  let at = from;
  while (at < text.length && text[at] !== '"') {
    if (text[at] !== "\\") {
      at++;
      continue;
    }
    parts.push(text.slice(from, at));
    const next = text[at + 1] ?? "";
    const unit = codeUnit(text, at);
    const known = whitespace[next] ?? (next === "\\" || next === '"' ? next : null);
    parts.push(known ?? unit ?? "\\");
    at += known !== null ? 2 : unit !== null ? 6 : 1;
    from = at;
  }
  const closed = at < text.length;
  parts.push(text.slice(from, at));
  return { end: closed ? at + 1 : text.length, value: tidy([{ type: "literal", text: parts.join("") }]), closed };
}
