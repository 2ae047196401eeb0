import type { Fault } from "./lexer.ts";

/** Does a string begin here? With its prefixes: `h` hides it from logs, `@` takes backslashes as they are. */
export function startsString(text: string, at: number): boolean {
  const start = text[at] === "h" || text[at] === "H" ? at + 1 : at;
  const quote = text[text[start] === "@" ? start + 1 : start];
  if (quote === '"' || quote === "'") return true;
  return (quote === "`" && text.startsWith("```", start)) || (quote === "~" && text.startsWith("~~~", start));
}

export interface ScannedString {
  readonly end: number;
  /** It can be read. With a fault all the same: Kusto refuses it, but its meaning is clear. */
  readonly clear: boolean;
  readonly fault: Fault | null;
}

/**
 * Where the string that begins at `start` ends. One in simple quotes ends with its line, whatever is in it; one in
 * three backticks or tildes holds everything up to the next three.
 */
export function scanString(text: string, start: number): ScannedString {
  let at = text[start] === "h" || text[start] === "H" ? start + 1 : start;
  const verbatim = text[at] === "@";
  if (verbatim) at++;
  const quote = text[at] ?? "";
  if (quote === "`" || quote === "~") {
    const close = text.indexOf(quote.repeat(3), at + 3);
    if (close < 0) return { end: text.length, clear: false, fault: unclosed(quote.repeat(3)) };
    return { end: close + 3, clear: true, fault: null };
  }
  let badEscape = -1;
  let escapedQuote = false;
  const fault = (otherwise: Fault | null): Fault | null =>
    badEscape < 0 ? otherwise : unknownEscape(text.slice(badEscape, badEscape + 2));
  for (at++; at < text.length; at++) {
    const one = text[at];
    if (one === quote) {
      if (!(verbatim && text[at + 1] === quote)) {
        // Whoever doubles no backslash means the one before a quote to be the text's last character.
        return { end: at + 1, clear: badEscape < 0 || !escapedQuote, fault: fault(null) };
      }
      at++;
    } else if (one === "\\" && !verbatim) {
      if (escapeLength(text, at) === 0 && badEscape < 0) badEscape = at;
      if (text[at + 1] === quote) escapedQuote = true;
      if (text[at + 1] !== "\n" && text[at + 1] !== "\r") at++;
    } else if (one === "\n" || one === "\r") break;
  }
  return { end: Math.min(at, text.length), clear: false, fault: fault(unclosed(quote)) };
}

function unclosed(quote: string): Fault {
  return { code: "unclosed-string", message: `A string must end with ${quote} on its line.` };
}

function unknownEscape(written: string): Fault {
  return {
    code: "bad-escape",
    message: `${written} is no escape, and Kusto refuses it.`,
    hint: 'Write \\\\ for a backslash, or put @ before the string: @"…".',
  };
}

const simpleEscapes: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const codeEscape = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-3][0-7]{2}|[0-7]{1,2}))/y;

/** Characters of the escape at a backslash; 0 where it is none. */
function escapeLength(text: string, at: number): number {
  if (Object.hasOwn(simpleEscapes, text[at + 1] ?? "")) return 2;
  codeEscape.lastIndex = at;
  return codeEscape.test(text) ? codeEscape.lastIndex - at : 0;
}

/** What a whole string literal stands for (learn.microsoft.com/kusto/query/scalar-data-types/string). */
export function stringValue(literal: string): string {
  const body = literal.replace(/^[hH]?/, "");
  if (body.startsWith("@")) return undouble(body.slice(2, -1), body[1] ?? "");
  if (body.startsWith("```") || body.startsWith("~~~")) return body.slice(3, -3);
  return decodeEscapes(body.slice(1, -1));
}

function undouble(text: string, quote: string): string {
  return text.replaceAll(quote + quote, quote);
}

function decodeEscapes(text: string): string {
  if (!text.includes("\\")) return text;
  let value = "";
  let from = 0;
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", from)) {
    value += text.slice(from, at) + escapedCharacter(text, at);
    from = at + Math.max(escapeLength(text, at), 1);
  }
  return value + text.slice(from);
}

function escapedCharacter(text: string, at: number): string {
  const simple = text[at + 1] ?? "";
  if (Object.hasOwn(simpleEscapes, simple)) return simpleEscapes[simple] ?? "";
  codeEscape.lastIndex = at;
  const [, short, long, byte, octal] = codeEscape.exec(text) ?? [];
  const code = octal === undefined ? Number.parseInt(short ?? long ?? byte ?? "5c", 16) : Number.parseInt(octal, 8);
  return code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
}

/** A literal in double quotes that stands for `value`. */
export function quote(value: string): string {
  const escaped = value.replace(/["\\]|[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe]/g, (one) => {
    if (one === '"' || one === "\\") return `\\${one}`;
    return `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}
