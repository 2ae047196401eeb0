import { deeper, isNewline, matchHere, peek, type Reader, spanFrom, startsHere, take, unclosed } from "../reader.ts";
import { readStatements } from "./statements.ts";
import type { PsBlock, PsExpression } from "./syntax.ts";

const doubleQuotes = '"“”„';
const singleQuotes = "'‘’‚‛";

export function isDoubleQuote(char: string): boolean {
  return char !== "" && doubleQuotes.includes(char);
}

export function isSingleQuote(char: string): boolean {
  return char !== "" && singleQuotes.includes(char);
}

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "0": "\0",
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  v: "\v",
};

/** A quoted text or a here-string at the cursor; null where none begins. */
export function readString(reader: Reader): PsExpression | null {
  const char = peek(reader);
  const next = peek(reader, 1);
  if (char === "@" && (isDoubleQuote(next) || isSingleQuote(next))) return readHereString(reader);
  const start = reader.at;
  if (isDoubleQuote(char)) {
    reader.at++;
    const parts = readExpandable(reader, start);
    return { type: "text", parts, bare: false, span: spanFrom(reader, start) };
  }
  if (!isSingleQuote(char)) return null;
  reader.at++;
  const parts: string[] = [];
  for (let from = reader.at; ; ) {
    if (reader.at >= reader.text.length) {
      parts.push(reader.text.slice(from));
      unclosed(reader, "A closing quote was expected.", start);
      break;
    }
    if (!isSingleQuote(peek(reader))) {
      reader.at++;
      continue;
    }
    parts.push(reader.text.slice(from, reader.at));
    reader.at++;
    if (!isSingleQuote(peek(reader))) break;
    parts.push("'");
    reader.at++;
    from = reader.at;
  }
  return { type: "text", parts: [parts.join("")], bare: false, span: spanFrom(reader, start) };
}

/** What stands between double quotes, with the cursor behind the first. */
export function readExpandable(reader: Reader, start: number): readonly (string | PsExpression)[] {
  const parts: (string | PsExpression)[] = [];
  let text = "";
  const flush = (): void => {
    if (text !== "") parts.push(text);
    text = "";
  };
  for (;;) {
    const char = peek(reader);
    if (char === "") {
      unclosed(reader, "A closing quote was expected.", start);
      break;
    }
    if (isDoubleQuote(char)) {
      reader.at++;
      if (!isDoubleQuote(peek(reader))) break;
      text += '"';
      reader.at++;
    } else if (char === "`") text += readEscape(reader);
    else {
      const inserted = char === "$" ? readInsertion(reader) : null;
      if (inserted === null) {
        text += char;
        reader.at++;
      } else {
        flush();
        parts.push(inserted);
      }
    }
  }
  flush();
  return parts;
}

/** The character that a backtick and the one behind it stand for. */
export function readEscape(reader: Reader): string {
  reader.at++;
  const char = peek(reader);
  reader.at++;
  if (char === "\r" && peek(reader) === "\n") reader.at++;
  if (isNewline(char)) return "";
  return escapes[char] ?? char;
}

/** `$name`, `${name}` or `$( … )` at the cursor, as they stand in texts; null for a dollar sign alone. */
export function readInsertion(reader: Reader): PsExpression | null {
  const start = reader.at;
  if (startsHere(reader, "$(")) {
    reader.at += 2;
    const block = readParenthesised(reader, start);
    return { type: "run", block, list: false, span: spanFrom(reader, start) };
  }
  return readVariable(reader);
}

/** Statements up to the closing parenthesis, with the cursor behind the opening one. */
export function readParenthesised(reader: Reader, start: number): PsBlock {
  const statements = deeper(reader, () => readStatements(reader, ")"), []);
  if (!take(reader, ")")) unclosed(reader, "A closing parenthesis was expected.", start);
  return { parameters: [], statements, span: spanFrom(reader, start) };
}

const braced = /\$\{[^}\n]*\}/y;
const plain = /\$(?:(?:[A-Za-z_]\w*:(?=\w))?[\p{L}\p{N}_]+|[$?^])/uy;

export function readVariable(reader: Reader): PsExpression | null {
  const start = reader.at;
  const inBraces = matchHere(reader, braced);
  const found = inBraces ?? matchHere(reader, plain);
  if (found === null) return null;
  reader.at += found.length;
  const name = inBraces === null ? found.slice(1) : found.slice(2, -1);
  return { type: "variable", name, splat: false, span: spanFrom(reader, start) };
}

/** `@"`, lines, and `"@` at the begin of a line. */
function readHereString(reader: Reader): PsExpression {
  const start = reader.at;
  const expands = isDoubleQuote(peek(reader, 1));
  reader.at += 2;
  while (peek(reader) === " " || peek(reader) === "\t") reader.at++;
  if (startsHere(reader, "\r\n")) reader.at += 2;
  else if (isNewline(peek(reader))) reader.at++;
  const parts: (string | PsExpression)[] = [];
  let text = "";
  const closes = (): boolean => {
    const quote = peek(reader);
    return (expands ? isDoubleQuote(quote) : isSingleQuote(quote)) && peek(reader, 1) === "@";
  };
  let lineBegins = true;
  for (;;) {
    const char = peek(reader);
    if (char === "") {
      unclosed(reader, "The end of the here-string was expected at the begin of a line.", start);
      break;
    }
    if (lineBegins && closes()) {
      reader.at += 2;
      break;
    }
    lineBegins = char === "\n" || (char === "\r" && peek(reader, 1) !== "\n");
    if (expands && char === "`") {
      const escaped = peek(reader, 1);
      text += readEscape(reader);
      lineBegins = isNewline(escaped);
      continue;
    }
    const inserted = expands && char === "$" ? readInsertion(reader) : null;
    if (inserted === null) {
      text += char;
      reader.at++;
      continue;
    }
    parts.push(text, inserted);
    text = "";
  }
  parts.push(text.replace(/\r?\n$/, ""));
  return { type: "text", parts: parts.filter((one) => one !== ""), bare: false, span: spanFrom(reader, start) };
}
