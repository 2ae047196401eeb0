import { isPlainName, type Reader } from "./reader.ts";
import { type FunctionResult, functions } from "./words.ts";

/** Takes what a reader of values comes upon. */
export interface Sink {
  readonly literal: (kind: "string" | "number", value: string, at: number) => void;
  readonly field: (name: string) => void;
  /** A query within the query, from its `SELECT` on. */
  readonly query: (reader: Reader) => void;
}

const arithmetic: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "^"]);

/** A property, a literal, a function or a calculation. */
export function readValue(reader: Reader, sink: Sink): FunctionResult {
  const result = readOperand(reader, sink);
  if (!isArithmetic(reader)) return result;
  while (isArithmetic(reader)) {
    reader.next();
    readOperand(reader, sink);
  }
  return "value";
}

function isArithmetic(reader: Reader): boolean {
  const { type, value } = reader.peek();
  return type === "sign" && arithmetic.has(value);
}

function readOperand(reader: Reader, sink: Sink): FunctionResult {
  const token = reader.next();
  if (token.type === "string" || token.type === "number") sink.literal(token.type, token.value, token.at);
  else if (token.type === "name") sink.field(token.value);
  else if (token.type === "sign" && token.value === "(") {
    reader.deeper(() => readValue(reader, sink));
    reader.expectSign(")");
  } else if (token.type === "word" && reader.isSign("(")) return readCall(reader, token.value, token.at, sink);
  else if (isPlainName(token)) sink.field(token.value);
  else reader.fail(token.type === "end" ? "The query ends too early." : `Unexpected ${token.value}.`, token.at);
  return "value";
}

function readCall(reader: Reader, name: string, at: number, sink: Sink): FunctionResult {
  const own = Object.hasOwn(functions, name.toUpperCase()) ? functions[name.toUpperCase()] : undefined;
  if (own === undefined) return reader.fail(`AQL has no function ${name}.`, at);
  reader.expectSign("(");
  let count = 0;
  if (own.result === "aggregate" && reader.isSign("*") && reader.isSign(")", 1)) {
    reader.next();
    count = 1;
  } else if (!reader.isSign(")")) {
    if (name.toUpperCase() === "INCIDR") checkRange(reader);
    reader.deeper(() => {
      do {
        readValue(reader, sink);
        count++;
      } while (reader.sign(","));
    });
  }
  reader.expectSign(")");
  const [least, most] = own.arguments;
  if (count < least || count > most) reader.fail(`${name} takes another number of arguments.`, at);
  return own.result;
}

/** INCIDR takes the range first, as text, and the address behind it. */
function checkRange(reader: Reader): void {
  const { type, value, at } = reader.peek();
  if (type !== "string") reader.fail("INCIDR takes a range in single quotation marks first.", at);
  const [, address, bits] = /^([0-9a-fA-F:.]+)(?:\/(\d{1,3}))?$/u.exec(value) ?? [];
  const most = address?.includes(":") ? 128 : 32;
  if (address === undefined || Number(bits ?? 0) > most) reader.fail(`${value} is no range.`, at);
}
