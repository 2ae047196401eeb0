import { nearest } from "../../kit/nearest.ts";
import { cover } from "../../kit/span.ts";
import { isOperator, isWord, takeOperator } from "../../kit/tokens.ts";
import type { Call, Entry, Expression, StringLiteral } from "./ast.ts";
import { type Embedded, parseEmbedded } from "./embedded.ts";
import { expression } from "./expressions.ts";
import { functionNamed, functionNames, units } from "./functions.ts";
import type { EsqlToken } from "./lexer.ts";
import { fieldName } from "./names.ts";
import { close, dangling, fault, isClosing, type Reader } from "./reader.ts";
import { placesIn } from "./strings.ts";

/** A value, a field, a call or a group. */
export function primary(reader: Reader): Expression {
  const { cursor } = reader;
  const token = cursor.peek();
  switch (token.type) {
    case "string":
      cursor.next();
      return { type: "string", value: token.value, text: token.text, span: token.span };
    case "number":
      return numberOrSpan(reader);
    case "parameter":
      cursor.next();
      if (isOperator(cursor.peek(), "(")) return call(reader, token.text, token.span.start);
      return { type: "parameter", text: token.text, span: token.span };
    case "operator":
      if (token.text === "(") return group(reader);
      if (token.text === "[") {
        const list = items(reader, "]");
        return { type: "list", items: list, span: cover(token.span, cursor.last()) };
      }
      return token.text === "{" ? entries(reader) : nothing(reader);
    case "word":
    case "quoted":
      return named(reader);
    case "unclosed":
    case "unknown":
    case "end":
      return nothing(reader);
    default:
      return token satisfies never;
  }
}

/** Reads what stands in brackets, which are no part of its span. */
function group(reader: Reader): Expression {
  const opening = reader.cursor.next();
  const inner = expression(reader);
  close(reader, ")", opening);
  reader.extents.widen(inner, cover(opening.span, reader.cursor.last()));
  return inner;
}

function numberOrSpan(reader: Reader): Expression {
  const { cursor } = reader;
  const token = cursor.next();
  const unit = cursor.peek();
  if (unit.type === "word" && unit.text.length <= 12 && units.has(unit.text.toLowerCase())) {
    cursor.next();
    const gap = token.span.end === unit.span.start ? "" : " ";
    return { type: "timespan", text: token.text + gap + unit.text, span: cover(token.span, unit.span) };
  }
  const value = Number(token.text);
  if (!Number.isFinite(value)) reader.report("number-too-large", "A smaller number was expected.", token.span);
  return { type: "number", value: Number.isFinite(value) ? value : 0, text: token.text, span: token.span };
}

/** A constant word, a call or a field. */
function named(reader: Reader): Expression {
  const { cursor } = reader;
  const token = cursor.peek();
  const after = cursor.peek(1);
  if (token.type === "word") {
    const constant = token.text.length <= 5 ? token.text.toLowerCase() : "";
    if (constant === "null" || constant === "true" || constant === "false") {
      cursor.next();
      if (constant === "null") return { type: "null", span: token.span };
      return { type: "boolean", value: constant === "true", span: token.span };
    }
  }
  if ((token.type === "word" || token.type === "quoted") && isOperator(after, "(") && !isWord(token, "where")) {
    const name = token.type === "quoted" ? token.value : token.text;
    if (!["and", "or", "not", "in", "is", "like", "rlike", "by"].includes(name.toLowerCase())) {
      cursor.next();
      return call(reader, name, token.span.start);
    }
  }
  const name = fieldName(reader);
  if (name === null) return nothing(reader);
  return { type: "field", name, span: cover(token.span, cursor.last()) };
}

function call(reader: Reader, name: string, start: number): Expression {
  const { cursor } = reader;
  const given = callArguments(reader);
  const span = { start, end: cursor.last().end };
  const bare: Call = { type: "call", name, arguments: given, span };
  if (!name.startsWith("?") && functionNamed(name) === null) {
    const message = `The reference has no function ${name}.`;
    const [near] = name.length > 4 && !reader.isFull() ? nearest(name.toLowerCase(), functionNames) : [];
    const hint = near === undefined ? undefined : `Did you mean ${near}?`;
    reader.note("unknown-function", "info", message, { start, end: start + name.length }, hint);
  }
  const embedded = innerQuery(reader, bare);
  return embedded === null ? bare : { ...bare, embedded };
}

/** The query that stands in the first argument of `kql` and `qstr`. */
function innerQuery(reader: Reader, { name, arguments: [first] }: Call): Embedded | null {
  if (first?.type !== "string") return null;
  const parsed = parseEmbedded(name, first.value, placesIn(first.text, first.span.start));
  for (const one of parsed?.diagnostics ?? []) reader.pass(one);
  return parsed?.ast ?? null;
}

/** Values between brackets, the first of which stands at the cursor. */
export function items(reader: Reader, bracket: ")" | "]"): readonly Expression[] {
  const opening = reader.cursor.next();
  return values(reader, bracket, opening, false);
}

/** The arguments of a call. A sign with nothing behind it is left out where it is the only one: `now(-)`. */
function callArguments(reader: Reader): readonly Expression[] {
  const { cursor } = reader;
  const opening = cursor.next();
  const sign = cursor.peek();
  if ((isOperator(sign, "-") || isOperator(sign, "+")) && isOperator(cursor.peek(1), ")")) {
    cursor.next();
    dangling(reader, sign);
  }
  return values(reader, ")", opening, true);
}

function values(reader: Reader, bracket: ")" | "]", opening: EsqlToken, star: boolean): readonly Expression[] {
  const { cursor } = reader;
  const found: Expression[] = [];
  if (takeOperator(reader, bracket)) return found;
  do {
    const token = cursor.peek();
    if (star && found.length === 0 && isOperator(token, "*")) {
      cursor.next();
      found.push({ type: "star", span: token.span });
    } else found.push(expression(reader));
  } while (takeOperator(reader, ","));
  close(reader, bracket, opening);
  return found;
}

/** `{ "name": value, … }` */
export function entries(reader: Reader): Expression {
  const { cursor } = reader;
  const opening = cursor.next();
  const found: Entry[] = [];
  const result = (): Expression => ({ type: "entries", entries: found, span: cover(opening.span, cursor.last()) });
  if (takeOperator(reader, "}")) return result();
  do {
    const key = cursor.peek();
    if (key.type !== "string") {
      reader.report("expected-option", "The name of an option in quotes was expected.", key.span);
      break;
    }
    cursor.next();
    const name: StringLiteral = { type: "string", value: key.value, text: key.text, span: key.span };
    if (!takeOperator(reader, ":")) {
      reader.report("expected-option", "`:` and a value were expected after the name.", cursor.peek().span);
      break;
    }
    const value = expression(reader);
    found.push({ type: "entry", key: name, value, span: cover(key.span, reader.extents.of(value)) });
  } while (takeOperator(reader, ","));
  close(reader, "}", opening);
  return result();
}

/** Nothing that can begin a value stands at the cursor. Operators and closing brackets are left for those around. */
function nothing(reader: Reader): Expression {
  const { cursor } = reader;
  const token = cursor.peek();
  if (token.type === "unclosed") {
    cursor.next();
    reader.spoil();
    return fault(reader);
  }
  const hint = token.text.startsWith("'") ? "Text stands in double quotes." : undefined;
  reader.report("expected-value", "A field, a value, a function or a group was expected.", token.span, hint);
  const ends = token.type === "end" || isClosing(token) || isOperator(token, "|") || isOperator(token, ",");
  if (!ends && token.type !== "word") cursor.next();
  return fault(reader);
}
