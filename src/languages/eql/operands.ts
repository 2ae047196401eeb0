import { cover } from "../../kit/span.ts";
import { isOperator, takeOperator } from "../../kit/tokens.ts";
import { errorFrom, missing } from "../error-node.ts";
import type { Call, Field, Node } from "./ast.ts";
import { functionNamed } from "./functions.ts";
import type { EqlToken } from "./lexer.ts";
import { endsExpression, passOver, type Reader, reserved } from "./reader.ts";

type Expression = (reader: Reader) => Node;

/** A literal, field, call or parenthesised expression; an error node where none of these stands. */
export function primary(reader: Reader, expression: Expression): Node {
  const { cursor } = reader;
  const token = cursor.peek();
  const { span } = token;
  switch (token.type) {
    case "string":
      cursor.next();
      return { type: "string", value: token.value, text: token.text, span };
    case "number":
      cursor.next();
      return { type: "number", value: Number(token.text), text: token.text, span };
    case "quoted":
      return field(reader);
    case "word":
      return word(reader, token, expression);
    case "operator":
      if (token.text === "(") return group(reader, expression);
      if (token.text === "?" && beginsField(cursor.peek(1))) return field(reader);
      return nothing(reader);
    case "unknown":
    case "unclosed":
    case "end":
      return nothing(reader);
    default:
      return token satisfies never;
  }
}

function word(reader: Reader, token: EqlToken, expression: Expression): Node {
  const { cursor } = reader;
  const { text, span } = token;
  if (text === "true" || text === "false") {
    cursor.next();
    return { type: "boolean", value: text === "true", span };
  }
  if (text === "null") {
    cursor.next();
    return { type: "null", span };
  }
  if (!beginsField(token)) return nothing(reader);
  const folds = isOperator(cursor.peek(1), "~");
  if (isOperator(cursor.peek(folds ? 2 : 1), "(")) return call(reader, folds, expression);
  return field(reader);
}

function beginsField(token: EqlToken): boolean {
  return token.type === "quoted" || (token.type === "word" && !reserved.has(token.text));
}

/** Must stand on `?` or the first name. */
function field(reader: Reader): Field {
  const { cursor } = reader;
  const start = cursor.peek().span;
  const optional = takeOperator(reader, "?");
  const path: (string | number)[] = [nameOf(cursor.next())];
  for (;;) {
    const after = cursor.peek(1);
    if (isOperator(cursor.peek(), ".") && (after.type === "word" || after.type === "quoted")) {
      cursor.next();
      path.push(nameOf(cursor.next()));
    } else if (isOperator(cursor.peek(), "[") && /^\d+$/.test(after.text) && isOperator(cursor.peek(2), "]")) {
      cursor.next();
      path.push(Number(cursor.next().text));
      cursor.next();
    } else break;
  }
  return { type: "field", path, optional, span: cover(start, cursor.last()) };
}

function nameOf(token: EqlToken): string {
  return token.type === "quoted" ? token.value : token.text;
}

function group(reader: Reader, expression: Expression): Node {
  const { cursor, extents, open } = reader;
  const opening = cursor.next().span;
  open.groups++;
  const inner = expression(reader);
  open.groups--;
  close(reader, opening);
  extents.widen(inner, cover(opening, cursor.last()));
  return inner;
}

function close(reader: Reader, opening: { readonly start: number; readonly end: number }): void {
  if (takeOperator(reader, ")")) return;
  reader.report("unclosed-group", "error", "A closing parenthesis was expected for this one.", opening);
}

/** `(value, value)`: stands on the opening parenthesis; never empty. */
export function list(reader: Reader, expression: Expression): readonly Node[] {
  const opening = reader.cursor.next().span;
  reader.open.groups++;
  reader.open.lists++;
  const values = [expression(reader)];
  while (takeOperator(reader, ",")) values.push(expression(reader));
  reader.open.groups--;
  reader.open.lists--;
  close(reader, opening);
  return values;
}

function call(reader: Reader, fold: boolean, expression: Expression): Call {
  const { cursor } = reader;
  const name = cursor.next();
  if (fold) cursor.next();
  const empty = isOperator(cursor.peek(1), ")");
  if (empty) cursor.next();
  const values = empty ? [] : list(reader, expression);
  if (empty) cursor.next();
  const made: Call = { type: "call", name: name.text, fold, arguments: values, span: cover(name.span, cursor.last()) };
  checkCall(reader, made, name);
  return made;
}

function checkCall(reader: Reader, made: Call, name: EqlToken): void {
  const known = functionNamed(made.name);
  const count = made.arguments.length;
  if (known === null) {
    reader.report("unknown-function", "warning", `EQL has no function ${made.name}.`, name.span);
    return;
  }
  if (count < known.minimum || (known.maximum !== null && count > known.maximum)) {
    const range =
      known.maximum === known.minimum ? `${known.minimum}` : `${known.minimum} to ${known.maximum ?? "any number of"}`;
    reader.report("argument-count", "warning", `${known.name} takes ${range} arguments; here are ${count}.`, made.span);
  }
  if (made.fold && !known.foldable) {
    reader.report("not-foldable", "warning", `${known.name} has no form with ~.`, name.span);
  }
  if (known.legacy === true) {
    reader.report(
      "legacy-function",
      "info",
      `${known.name} is of Endgame EQL; Elasticsearch does not have it.`,
      name.span,
    );
  }
}

function nothing(reader: Reader): Node {
  const token = reader.cursor.peek();
  if (token.type !== "unclosed") {
    reader.report("expected-value", "error", "A field, a value, a function or a group was expected.", token.span);
  }
  if (endsExpression(reader)) return missing(reader);
  passOver(reader, () => endsExpression(reader));
  return errorFrom(reader, token.span.start);
}
