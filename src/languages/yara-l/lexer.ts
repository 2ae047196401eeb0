import { hasLineBreak, isDigit, isPair, lineEnd, quoteEnd } from "../../kit/characters.ts";
import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { type Span, span } from "../../kit/span.ts";
import type { Token } from "../../kit/tokens.ts";
import { decodeString } from "./strings.ts";

interface Placed {
  /** The first token of its line: a statement ends where the next line begins one. */
  readonly first: boolean;
}

/** `value`: the name of a variable without its mark, the text of a string without quotes and escapes. */
export type YaraToken =
  | (Token<"word" | "number" | "duration" | "operator" | "unknown" | "unclosed" | "end"> & Placed)
  | (Token<"variable" | "count" | "list" | "string" | "regex"> & Placed & { readonly value: string });

export interface Lexing {
  readonly tokens: readonly YaraToken[];
  readonly diagnostics: readonly Diagnostic[];
}

const blank = /[\s\uFEFF]+/y;
const marked = /[$#][A-Za-z_][A-Za-z0-9_]*/y;
const listName = /%[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y;
const number = /\d+(?:\.\d+)?/y;
/** An address, perhaps a network, without the quotes that it needs: said once of the whole. */
const address = /\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?/y;
const duration = /\d+[A-Za-z]+/y;
const operator = /!=|<=|>=|[=<>!,.:+\-*/%()[\]{}]/y;

/** Words after which an operand may follow, so that a slash opens a regular expression. */
const beforeOperand: ReadonlySet<string> = new Set(["and", "or", "not", "in", "regex", "any", "all"]);

/**
 * Cuts a text into tokens in one pass. Comments are left out. Double-quoted strings and regular expressions end on
 * their line, so an unclosed one costs one line; back-quoted strings may go on.
 */
export function lex(text: string): Lexing {
  const tokens: YaraToken[] = [];
  const diagnostics: Diagnostic[] = [];
  let at = 0;
  let first = true;
  const complain = (code: string, severity: "error" | "warning", message: string, where: Span, hint?: string): void => {
    diagnostics.push(diagnostic(`yara-l/${code}`, severity, message, where, hint));
  };
  const match = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : at;
  };
  const push = (type: Exclude<YaraToken["type"], "variable" | "count" | "list" | "string" | "regex">, end: number) => {
    tokens.push({ type, text: text.slice(at, end), first, span: span(at, end) });
    at = end;
    first = false;
  };
  const pushValue = (type: "variable" | "count" | "list" | "string" | "regex", end: number, value: string): void => {
    tokens.push({ type, text: text.slice(at, end), value, first, span: span(at, end) });
    at = end;
    first = false;
  };
  const unclosed = (mark: string): void => {
    const end = lineEnd(text, at);
    complain("unclosed-string", "error", `A closing ${mark} was expected on this line.`, span(at, end));
    push("unclosed", end);
  };

  const quoted = (): void => {
    const end = quoteEnd(text, at, '"');
    if (end === null) {
      unclosed('"');
      return;
    }
    const { value, unknown } = decodeString(text.slice(at + 1, end - 1));
    if (unknown !== null) {
      complain(
        "unknown-escape",
        "warning",
        'One of \\\\ \\" \\n \\r \\t was expected; the backslash is kept.',
        span(at + 1 + unknown, at + Math.min(3 + unknown, end - at)),
        "Write \\\\ for a backslash, or the string in back quotes.",
      );
    }
    pushValue("string", end, value);
  };
  const raw = (): void => {
    const end = text.indexOf("`", at + 1);
    if (end < 0) unclosed("`");
    else pushValue("string", end + 1, text.slice(at + 1, end));
  };
  const slash = (): void => {
    const end = endsOperand(tokens.at(-1)) ? null : quoteEnd(text, at, "/");
    if (end === null) push("operator", at + 1);
    else pushValue("regex", end, text.slice(at + 1, end - 1).replaceAll("\\/", "/"));
  };
  const rest = (): void => {
    const char = text[at] ?? "";
    if (isLetter(text.charCodeAt(at))) push("word", wordEnd(text, at));
    else if (isDigit(text.charCodeAt(at))) {
      const timed = match(duration);
      if (timed > at) push("duration", timed);
      else if (match(address) > at) push("unknown", match(address));
      else push("number", match(number));
    } else if ((char === "$" || char === "#") && match(marked) > at) {
      const end = match(marked);
      pushValue(char === "$" ? "variable" : "count", end, text.slice(at + 1, end));
    } else if (char === "%" && match(listName) > at) {
      const end = match(listName);
      pushValue("list", end, text.slice(at + 1, end));
    } else {
      const end = match(operator);
      if (end > at) push("operator", end);
      else push("unknown", at + (isPair(text, at) ? 2 : 1));
    }
  };

  while (at < text.length) {
    const char = text[at] ?? "";
    const code = text.charCodeAt(at);
    // Most blanks are single spaces, and no other ASCII character above them is a blank: the pattern is slow.
    if (code === 32) {
      at++;
      continue;
    }
    const spaced = code > 32 && code < 128 ? at : match(blank);
    if (spaced > at) {
      first ||= hasLineBreak(text, at, spaced);
      at = spaced;
    } else if (char === "/" && text[at + 1] === "/") at = lineEnd(text, at);
    else if (char === "/" && text[at + 1] === "*") {
      const close = text.indexOf("*/", at + 2);
      const end = close < 0 ? text.length : close + 2;
      if (close < 0) complain("unclosed-comment", "error", "A closing */ was expected.", span(at, end));
      first ||= hasLineBreak(text, at, end);
      at = end;
    } else if (char === '"') quoted();
    else if (char === "`") raw();
    else if (char === "/") slash();
    else rest();
  }
  tokens.push({ type: "end", text: "", first: true, span: span(text.length, text.length) });
  return { tokens, diagnostics };
}

function endsOperand(last: YaraToken | undefined): boolean {
  switch (last?.type) {
    case "word":
      return !beforeOperand.has(last.text.toLowerCase());
    case "operator":
      return last.text === ")" || last.text === "]";
    case undefined:
    case "unknown":
    case "unclosed":
    case "end":
      return false;
    default:
      return true;
  }
}

function wordEnd(text: string, from: number): number {
  let end = from + 1;
  for (let code = text.charCodeAt(end); isLetter(code) || isDigit(code); code = text.charCodeAt(end)) end++;
  return end;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}
