import type { DynamicEntry, DynamicLiteral, DynamicValue, Literal } from "./ast.ts";
import { readLiteral } from "./literals.ts";
import { deeper, isSymbol, isWord, missing, needSymbol, type Reader, readList, since } from "./reader.ts";
import { stringValue } from "./strings.ts";

/** `dynamic(value)`: JSON with Kusto's literals in it. */
export function readDynamic(reader: Reader): DynamicLiteral {
  const { start } = reader.next().span;
  needSymbol(reader, "(");
  const value = readValue(reader);
  needSymbol(reader, ")");
  return { type: "dynamic", value, span: since(reader, start) };
}

function readValue(reader: Reader): DynamicValue {
  return deeper(
    reader,
    () => readAnyValue(reader),
    () => missing(reader),
  );
}

function readAnyValue(reader: Reader): DynamicValue {
  const token = reader.peek();
  const { start } = token.span;
  if (isSymbol(token, "[")) {
    reader.next();
    const items = isSymbol(reader.peek(), "]") ? [] : readList(reader, () => readValue(reader));
    needSymbol(reader, "]");
    return { type: "array", items, span: since(reader, start) };
  }
  if (isSymbol(token, "{")) {
    reader.next();
    const entries = isSymbol(reader.peek(), "}") ? [] : readList(reader, () => readEntry(reader));
    needSymbol(reader, "}");
    return { type: "object", entries, span: since(reader, start) };
  }
  if (isWord(token, "null")) {
    reader.next();
    return { type: "null", span: token.span };
  }
  if (isWord(token, "dynamic") && isSymbol(reader.peek(1), "(")) return readDynamic(reader);
  const value = isSymbol(token, "-") ? readNegative(reader) : readLiteral(reader);
  if (value !== null && value.type !== "typeof") return value;
  reader.fail("A JSON value", "expected", "Texts in dynamic(…) stand in quotes.");
  return missing(reader);
}

function readNegative(reader: Reader): Literal | null {
  const { start } = reader.next().span;
  const literal = reader.peek().type === "number" ? readLiteral(reader) : null;
  if (literal?.type !== "number") return null;
  const value = literal.value === null || literal.value === 0 ? literal.value : -literal.value;
  return { ...literal, value, text: `-${literal.text}`, span: since(reader, start) };
}

function readEntry(reader: Reader): DynamicEntry {
  const key = reader.peek();
  if (key.type !== "string") reader.fail("A key in quotes");
  reader.next();
  needSymbol(reader, ":");
  const value = readValue(reader);
  return { type: "entry", key: stringValue(key.text), value, span: since(reader, key.span.start) };
}
