import { deeper, isNewline, matchHere, peek, type Reader, spanFrom, startsHere, unexpected } from "../reader.ts";
import { skipBlanks } from "./blanks.ts";
import { readCommas } from "./commas.ts";
import { readCollection, readExpression, readMembers, readNumber } from "./expressions.ts";
import { readBlock } from "./statements.ts";
import {
  isDoubleQuote,
  isSingleQuote,
  readEscape,
  readExpandable,
  readInsertion,
  readParenthesised,
  readString,
  readVariable,
} from "./strings.ts";
import type { PsElement, PsExpression, PsRedirection } from "./syntax.ts";

const callOperator = /[&.](?=[\s$"'({@&]|[“”„‘’])/uy;
const expressionWord = /[-–—](?:not|bnot|i?split|c?split|join)(?![\w-])/iuy;

/** A command or an expression: one part of a pipeline. */
export function readElement(reader: Reader): PsElement {
  const start = reader.at;
  const call = matchHere(reader, callOperator);
  if (call !== null) {
    reader.at++;
    skipBlanks(reader);
    return readCommand(reader, call === "&" ? "&" : ".", start);
  }
  if (!beginsExpression(reader)) return readCommand(reader, "", start);
  const expression = readExpression(reader);
  const redirections: PsRedirection[] = [];
  for (;;) {
    const mark = reader.at;
    skipBlanks(reader);
    const one = readRedirection(reader);
    if (one === null) {
      reader.at = mark;
      break;
    }
    redirections.push(one);
  }
  return { type: "expression", expression, redirections, span: spanFrom(reader, start) };
}

function beginsExpression(reader: Reader): boolean {
  const char = peek(reader);
  const next = peek(reader, 1);
  if (isDoubleQuote(char) || isSingleQuote(char) || "$(@[{,".includes(char || "x")) return true;
  if (char === "!" || startsHere(reader, "++") || startsHere(reader, "--")) return true;
  if ("+-".includes(char || "x") && /[\d$(.]/.test(next)) return true;
  if (matchHere(reader, expressionWord) !== null) return true;
  const mark = reader.at;
  const isNumber =
    readNumber(reader) !== null && !/[-.]/.test(peek(reader).replace(/^\.$/, startsHere(reader, "..") ? "" : "."));
  reader.at = mark;
  return isNumber;
}

function readCommand(reader: Reader, call: "" | "&" | ".", start: number): PsElement {
  const words: PsExpression[] = [];
  const redirections: PsRedirection[] = [];
  let end = reader.at;
  for (;;) {
    skipBlanks(reader);
    if (endsCommand(reader)) break;
    const redirection = readRedirection(reader);
    if (redirection !== null) redirections.push(redirection);
    else {
      const before = reader.at;
      words.push(words.length === 0 ? readName(reader, call) : readArgument(reader));
      if (reader.at === before) {
        unexpected(reader, "A word was expected.");
        reader.at++;
      }
    }
    end = reader.at;
  }
  return { type: "command", call, words, redirections, span: { start, end: Math.min(end, reader.text.length) } };
}

function endsCommand(reader: Reader): boolean {
  const char = peek(reader);
  return char === "" || isNewline(char) || ";|)}&".includes(char);
}

function readName(reader: Reader, call: "" | "&" | "."): PsExpression {
  return call === "" ? readWord(reader) : readSingle(reader);
}

const redirectionMark = /(?:[1-6*]?>>?(?:&[12])?|<)/y;

function readRedirection(reader: Reader): PsRedirection | null {
  const written = matchHere(reader, redirectionMark);
  if (written === null || startsHere(reader, "<#")) return null;
  const start = reader.at;
  reader.at += written.length;
  const kind = written === "<" ? "in" : written.startsWith("2") ? "error" : written.includes(">>") ? "append" : "out";
  if (written.includes("&")) {
    const text = written.slice(written.indexOf("&"));
    return { kind, target: { type: "text", parts: [text], bare: true, span: spanFrom(reader, start) } };
  }
  skipBlanks(reader);
  if (endsCommand(reader)) unexpected(reader, "The name of a file was expected.");
  return { kind, target: readSingle(reader) };
}

const parameterName = /[-–—][A-Za-z_?][^\s{}();,|&'"`$:.[]*/uy;

/** An argument of a command, with those that commas join to it. */
function readArgument(reader: Reader): PsExpression {
  return deeper(reader, () => readJoined(reader), {
    type: "text",
    parts: [],
    bare: true,
    span: spanFrom(reader, reader.at),
  });
}

function readJoined(reader: Reader): PsExpression {
  const start = reader.at;
  if (startsHere(reader, "--%")) return readVerbatim(reader);
  const written = matchHere(reader, parameterName);
  if (written !== null) {
    const after = peek(reader, written.length);
    if (after === ":" || after === "" || /[\s{}();,|&]/.test(after)) {
      reader.at += written.length;
      if (after !== ":") return { type: "parameter", name: written, value: null, span: spanFrom(reader, start) };
      reader.at++;
      skipBlanks(reader);
      const value = endsCommand(reader) ? null : readValues(reader);
      return { type: "parameter", name: `${written}:`, value, span: spanFrom(reader, start) };
    }
  }
  return readValues(reader);
}

function readValues(reader: Reader): PsExpression {
  return readCommas(reader, readSingle, endsCommand);
}

/** Behind `--%` all is passed on up to the end of the line or a pipe. */
function readVerbatim(reader: Reader): PsExpression {
  const start = reader.at;
  reader.at += 3;
  const from = reader.at;
  let quoted = false;
  while (reader.at < reader.text.length && !isNewline(peek(reader))) {
    if (peek(reader) === '"') quoted = !quoted;
    if (!quoted && (peek(reader) === "|" || startsHere(reader, "&&"))) break;
    reader.at++;
  }
  return { type: "verbatim", text: reader.text.slice(from, reader.at).trim(), span: spanFrom(reader, start) };
}

/** One value: a quoted text, a variable, something in brackets, or a bare word. */
function readSingle(reader: Reader): PsExpression {
  const start = reader.at;
  const char = peek(reader);
  if (char === "{") return { type: "block", block: readBlock(reader), span: spanFrom(reader, start) };
  if (char === "(" || startsHere(reader, "$(")) {
    reader.at += char === "(" ? 1 : 2;
    const block = readParenthesised(reader, start);
    const run: PsExpression = { type: "run", block, list: false, span: spanFrom(reader, start) };
    return char === "$" && !isWordEnd(reader) && peek(reader) !== "."
      ? readWord(reader, [run], start)
      : readMembers(reader, run);
  }
  if (char === "@") {
    const found = readString(reader) ?? readCollection(reader);
    if (found !== null) return readMembers(reader, found);
  }
  const string = readString(reader);
  if (string !== null) return readMembers(reader, string);
  if (char === "$") {
    const variable = readVariable(reader);
    if (variable !== null) {
      const found = readMembers(reader, variable);
      if (isWordEnd(reader)) return found;
      // `$env:TEMP\file` is one text, in which no members are looked up.
      reader.at = variable.span.end;
      return readWord(reader, [variable], start);
    }
  }
  return readWord(reader);
}

function isWordEnd(reader: Reader): boolean {
  const char = peek(reader);
  return char === "" || /[\s;|&(){},<>]/.test(char);
}

/** A bare word, in which quotes, escapes and variables may stand. */
function readWord(reader: Reader, before: readonly PsExpression[] = [], from = reader.at): PsExpression {
  const parts: (string | PsExpression)[] = [...before];
  let text = "";
  const flush = (): void => {
    if (text !== "") parts.push(text);
    text = "";
  };
  for (;;) {
    const char = peek(reader);
    if (isDoubleQuote(char)) {
      const start = reader.at;
      reader.at++;
      flush();
      parts.push(...readExpandable(reader, start));
    } else if (isSingleQuote(char)) {
      const quoted = readString(reader);
      flush();
      if (quoted?.type === "text") parts.push(...quoted.parts);
    } else if (char === "`") {
      if (isNewline(peek(reader, 1)) || peek(reader, 1) === "") break;
      text += readEscape(reader);
    } else if (char === "$") {
      const inserted = readInsertion(reader);
      if (inserted === null) {
        text += char;
        reader.at++;
        continue;
      }
      flush();
      parts.push(inserted);
    } else if (isWordEnd(reader)) {
      // `stash@{0}` is one word, and so is `{0}` within one.
      // `%{ … }` and `?{ … }` are commands with a block.
      const isCommand = parts.length === 0 && (text === "%" || text === "?");
      const inBraces = !isCommand && (text !== "" || parts.length > 0) ? matchHere(reader, /\{[\w-]*\}/y) : null;
      if (inBraces === null) break;
      text += inBraces;
      reader.at += inBraces.length;
    } else {
      text += char;
      reader.at++;
    }
  }
  flush();
  return { type: "text", parts, bare: true, span: spanFrom(reader, from) };
}
