import type { ColumnDeclaration, Literal, StringLiteral, TypeLiteral } from "./ast.ts";
import { readDeclaration, reportUnknownType } from "./declarations.ts";
import { isBoolean, typeNames } from "./keywords.ts";
import type { KustoToken } from "./lexer.ts";
import { isSymbol, isWord, type Reader, readClosedList, since, takeSymbol } from "./reader.ts";
import { shortTimespan } from "./scan.ts";
import { stringValue } from "./strings.ts";

/** The literal at the cursor, `dynamic(…)` excepted; null where there is none. */
export function readLiteral(reader: Reader): Literal | null {
  const token = reader.peek();
  switch (token.type) {
    case "string":
      return readString(reader);
    case "number":
      reader.next();
      return {
        type: "number",
        dataType: /^\d+$|^0[xX]/.test(token.text) ? "long" : "real",
        value: finite(Number(token.text)),
        text: token.text,
        span: token.span,
      };
    case "timespan":
      reader.next();
      return { type: "timespan", seconds: shortTimespan(token.text), text: token.text, span: token.span };
    case "guid":
      reader.next();
      return { type: "guid", value: token.text, text: token.text, span: token.span };
    case "typed":
      reader.next();
      return typedLiteral(token);
    case "word":
      if (!isBoolean(token.text)) return isTypeof(reader) ? readTypeof(reader) : null;
      reader.next();
      return { type: "boolean", value: token.text.toLowerCase() === "true", text: token.text, span: token.span };
    default:
      return null;
  }
}

/** Neighbouring strings are one. */
export function readString(reader: Reader): StringLiteral {
  const first = reader.next();
  if (reader.peek().type !== "string")
    return { type: "string", value: stringValue(first.text), text: first.text, span: first.span };
  const parts = [first];
  while (reader.peek().type === "string") parts.push(reader.next());
  return {
    type: "string",
    value: parts.map((part) => stringValue(part.text)).join(""),
    text: parts.map((part) => part.text).join(" "),
    span: since(reader, first.span.start),
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? (Object.is(value, -0) ? 0 : value) : null;
}

/** `datetime(…)` and its like: one token with everything in its parentheses. */
function typedLiteral(token: KustoToken): Literal {
  const { text, span } = token;
  const open = text.indexOf("(");
  const inner = text.slice(open + 1, -1).trim();
  const bare = inner.replace(/^(["'])(.*)\1$/s, "$2");
  const absent = inner === "null" || inner === "";
  switch (text.slice(0, open)) {
    case "datetime":
    case "date":
      return { type: "datetime", value: absent ? null : bare, text, span };
    case "time":
    case "timespan":
      return { type: "timespan", seconds: absent ? null : longTimespan(bare), text, span };
    case "guid":
      return { type: "guid", value: absent ? null : bare, text, span };
    case "bool":
      return { type: "boolean", value: absent ? null : booleanValue(bare), text, span };
    case "int":
    case "int32":
      return { type: "number", dataType: "int", value: numberValue(bare), text, span };
    case "real":
    case "double":
      return { type: "number", dataType: "real", value: numberValue(bare), text, span };
    case "decimal":
      return { type: "number", dataType: "decimal", value: numberValue(bare), text, span };
    default:
      return { type: "number", dataType: "long", value: numberValue(bare), text, span };
  }
}

function numberValue(text: string): number | null {
  const [, sign, digits] = /^([+-]?)\s*(0[xX][0-9a-fA-F]+|[\d.]+(?:[eE][+-]?\d+)?)$/.exec(text) ?? [];
  if (digits === undefined) return null;
  return finite(sign === "-" ? -Number(digits) : Number(digits));
}

function booleanValue(text: string): boolean | null {
  if (/^(?:true|1)$/i.test(text)) return true;
  return /^(?:false|0)$/i.test(text) ? false : null;
}

/** Seconds of what may stand in `time(…)`: `1h`, `2` (days), `01:30`, `01:30:05.5`, `1.02:03:04`, with a minus before it. */
function longTimespan(text: string): number | null {
  const negative = text.startsWith("-");
  const body = negative ? text.slice(1).trim() : text;
  const short = shortTimespan(body.replace(/\s+/g, ""));
  const seconds = short ?? clockSeconds(body);
  return seconds === null || !negative ? seconds : finite(-seconds);
}

function clockSeconds(text: string): number | null {
  if (/^\d+$/.test(text)) return finite(Number(text) * 86400);
  const [whole, days, hours, minutes, seconds] = /^(?:(\d+)\.)?(\d+):(\d+)(?::(\d+(?:\.\d+)?))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  return finite(Number(days ?? 0) * 86400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0));
}

export function isTypeof(reader: Reader): boolean {
  return isWord(reader.peek(), "typeof") && isSymbol(reader.peek(1), "(");
}

export function readTypeof(reader: Reader): TypeLiteral {
  const { start } = reader.next().span;
  reader.next();
  const word = reader.peek();
  if (word.type === "word" && isSymbol(reader.peek(1), ")")) {
    if (!typeNames.has(word.text)) reportUnknownType(reader, word);
    reader.next();
    reader.next();
    return { type: "typeof", dataType: word.text, columns: [], openSchema: false, span: since(reader, start) };
  }
  let openSchema = false;
  const columns: ColumnDeclaration[] = [];
  readClosedList(reader, ")", () => {
    if (takeSymbol(reader, "*")) openSchema = true;
    else columns.push(readDeclaration(reader));
  });
  return { type: "typeof", dataType: null, columns, openSchema, span: since(reader, start) };
}
