import { isDigit, isPair, lineEnd, quoteEnd } from "../../kit/characters.ts";
import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { type Span, span } from "../../kit/span.ts";
import type { Token } from "../../kit/tokens.ts";
import { backtickEnd, rawEnd } from "../elastic-quotes.ts";
import { decodeString } from "./strings.ts";

export type EsqlToken =
  | Token<"word" | "number" | "operator" | "parameter" | "unknown" | "unclosed" | "end">
  /** A name in backticks; `value` is the name itself. */
  | (Token<"quoted"> & { readonly value: string })
  | (Token<"string"> & { readonly value: string });

export interface Lexing {
  readonly tokens: readonly EsqlToken[];
  readonly diagnostics: readonly Diagnostic[];
}

const wideBlank = /[\s\uFEFF]/;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const operators: ReadonlySet<string> = new Set("< > : = , | . + - * / % ( ) [ ] { } ;".split(" "));
const longOperators: ReadonlySet<string> = new Set(["==", "!=", "<=", ">=", "::"]);

/**
 * Cuts a text into tokens in one pass; comments are left out. Index patterns and patterns of names are put together
 * again from tokens that touch. A string never goes past its line, so an unclosed quote costs one line and no more.
 */
export function lex(text: string): Lexing {
  const tokens: EsqlToken[] = [];
  const diagnostics: Diagnostic[] = [];
  let at = 0;
  const complain = (code: string, message: string, where: Span, hint: string): void => {
    diagnostics.push(diagnostic(`esql/${code}`, "error", message, where, hint));
  };
  const push = (type: Exclude<EsqlToken["type"], "string" | "quoted">, end: number): void => {
    tokens.push({ type, text: text.slice(at, end), span: span(at, end) });
    at = end;
  };

  const quote = (): void => {
    const raw = text.startsWith('"""', at);
    const end = raw ? rawEnd(text, at) : quoteEnd(text, at, '"');
    if (end === null) {
      const end = lineEnd(text, at);
      const mark = raw ? '"""' : '"';
      complain(
        "unclosed-string",
        `A closing ${mark} was expected on this line.`,
        span(at, end),
        "A string ends in its line.",
      );
      push("unclosed", end);
      return;
    }
    const written = text.slice(at, end);
    const { value, stray } = decodeString(written);
    for (const offset of stray) {
      const where = span(at + offset, Math.min(at + offset + 2, end));
      const message = 'A backslash in quotes is followed by one of \\ " t n r; here it is taken for itself.';
      const hint = 'Write \\\\ for a backslash, or put the text in """three quotes""".';
      diagnostics.push(diagnostic("esql/unknown-escape", "warning", message, where, hint));
    }
    tokens.push({ type: "string", text: written, value, span: span(at, end) });
    at = end;
  };

  const name = (): void => {
    const end = backtickEnd(text, at);
    if (end === null) {
      const end = lineEnd(text, at);
      complain(
        "unclosed-name",
        "A closing ` was expected on this line.",
        span(at, end),
        "A backtick in a name is doubled.",
      );
      push("unclosed", end);
      return;
    }
    const value = text.slice(at + 1, end - 1).replaceAll("``", "`");
    tokens.push({ type: "quoted", text: text.slice(at, end), value, span: span(at, end) });
    at = end;
  };

  const comment = (): void => {
    if (text[at + 1] === "/") {
      at = lineEnd(text, at);
      return;
    }
    const close = text.indexOf("*/", at + 2);
    if (close < 0) {
      const where = span(at, text.length);
      complain("unclosed-comment", "A closing */ was expected.", where, "Without it all that follows is comment.");
    }
    at = close < 0 ? text.length : close + 2;
  };

  const sign = (next: number): void => {
    const long = next === signs.equals || next === signs.colon ? text.slice(at, at + 2) : "";
    if (longOperators.has(long)) push("operator", at + 2);
    else if (foreignJunctions.has(text.slice(at, at + 2))) push("unknown", at + 2);
    else if (operators.has(text[at] ?? "")) push("operator", at + 1);
    else push("unknown", at + (isPair(text, at) ? 2 : 1));
  };

  while (at < text.length) {
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (isLetter(code)) push("word", wordEnd(text, at));
    else if (isBlank(code)) at++;
    else if (isDigit(code) || (code === signs.dot && isDigit(next))) {
      number.lastIndex = at;
      push("number", number.test(text) ? number.lastIndex : at + 1);
    } else if (code === signs.slash && (next === signs.slash || next === signs.star)) comment();
    else if (code === signs.quote) quote();
    else if (code === signs.backtick) name();
    else if (code === signs.question) push("parameter", wordEnd(text, next === signs.question ? at + 1 : at));
    else sign(next);
  }
  tokens.push({ type: "end", text: "", span: span(text.length, text.length) });
  return { tokens, diagnostics };
}

/** How many other languages join conditions; two empty commands would be no better reading of the second. */
const foreignJunctions: ReadonlySet<string> = new Set(["&&", "||"]);

const signs = {
  quote: 34,
  star: 42,
  dot: 46,
  slash: 47,
  colon: 58,
  equals: 61,
  question: 63,
  backtick: 96,
} as const;

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code > 126 && wideBlank.test(String.fromCharCode(code)));
}

/** The place after the letters, digits and signs of a name that go on behind `from`. */
function wordEnd(text: string, from: number): number {
  let end = from + 1;
  for (;;) {
    const code = text.charCodeAt(end);
    if (!isLetter(code) && !isDigit(code)) return end;
    end++;
  }
}

/** What a name begins with: a letter, `_` or `@`. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 64 && code <= 90) || code === 95;
}
