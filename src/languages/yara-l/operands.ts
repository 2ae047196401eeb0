import { cover } from "../../kit/span.ts";
import { isOperator, isWord, takeOperator } from "../../kit/tokens.ts";
import { errorFrom, missing } from "../error-node.ts";
import type { Field, Node, PathPart } from "./ast.ts";
import type { YaraToken } from "./lexer.ts";
import { endsExpression, passOver, type Reader } from "./reader.ts";

type Expression = (reader: Reader) => Node;

/** Words that begin no field of a search unless they go on with a dot. */
const reserved: ReadonlySet<string> = new Set("and or not nocase in is over by before after".split(" "));

/** Words of which `any` and `all` cannot be said. */
const beforeField: ReadonlySet<string> = new Set([...reserved, "any", "all"]);

/** A literal, field, variable, call, array or parenthesised expression; an error node where none of these stands. */
export function primary(reader: Reader, expression: Expression): Node {
  const { cursor } = reader;
  const token = cursor.peek();
  const { span } = token;
  switch (token.type) {
    case "string":
      cursor.next();
      return { type: "string", value: token.value, text: token.text, span };
    case "regex":
      cursor.next();
      return { type: "regex", pattern: token.value, text: token.text, span };
    case "number":
      if (isWord(cursor.peek(1), "of") && isOperator(cursor.peek(2), "[")) return selection(reader, expression);
      cursor.next();
      return { type: "number", value: Number(token.text), text: token.text, span };
    case "list":
      cursor.next();
      return { type: "list", name: token.value, span };
    case "count":
      cursor.next();
      return { type: "count", name: token.value, span };
    case "variable":
      return variable(reader);
    case "word":
      return word(reader, token, expression);
    case "operator":
      if (token.text === "(") return group(reader, expression);
      return token.text === "[" ? array(reader, expression) : nothing(reader);
    case "duration":
    case "unknown":
    case "unclosed":
    case "end":
      return nothing(reader);
    default:
      return token satisfies never;
  }
}

/** `$x` or `$x.field`: stands on a variable. */
function variable(reader: Reader): Node {
  const { text, span } = reader.cursor.next();
  const name = text.slice(1);
  const path = pathFrom(reader, []);
  if (path.length === 0) return { type: "variable", name, span };
  return { type: "field", variable: name, path, span: cover(span, reader.cursor.last()) };
}

function word(reader: Reader, token: YaraToken, expression: Expression): Node {
  const { cursor } = reader;
  const { span } = token;
  const lower = token.text.toLowerCase();
  if (lower === "any" || lower === "all") {
    if (isWord(cursor.peek(1), "of") && isOperator(cursor.peek(2), "[")) return selection(reader, expression);
    const next = cursor.peek(1);
    if (next.type === "variable" || (next.type === "word" && !beforeField.has(next.text.toLowerCase()))) {
      cursor.next();
      const operand = next.type === "variable" ? variable(reader) : named(reader, expression);
      return { type: "quantified", quantifier: lower, operand, span: cover(span, operand.span) };
    }
  }
  const goesOn = isOperator(cursor.peek(1), ".");
  if (!goesOn && (lower === "true" || lower === "false")) {
    cursor.next();
    return { type: "boolean", value: lower === "true", span };
  }
  if (!goesOn && lower === "null") {
    cursor.next();
    return { type: "null", span };
  }
  if ((!goesOn && reserved.has(lower)) || endsExpression(reader)) return nothing(reader);
  return named(reader, expression);
}

/** Stands on a word: `strings.concat(…)` or a field without a variable. */
function named(reader: Reader, expression: Expression): Node {
  const { cursor } = reader;
  const start = cursor.next();
  const path = pathFrom(reader, [{ type: "name", name: start.text }]);
  const opening = cursor.peek();
  const callable = path.every((part) => part.type === "name") && isOperator(opening, "(") && !opening.first;
  if (!callable) {
    const field: Field = { type: "field", variable: null, path, span: cover(start.span, cursor.last()) };
    if (reader.body.kind === "rule") refuseBare(reader, field);
    return field;
  }
  const values = list(reader, ")", expression);
  const name = path.map((part) => (part.type === "name" ? part.name : "")).join(".");
  return { type: "call", name, arguments: values, nocase: false, span: cover(start.span, cursor.last()) };
}

/** A field without a variable, which only searches have. A lone word is rather an operator that there is not. */
function refuseBare(reader: Reader, { path, span }: Field): void {
  const text = cut(reader.text.slice(span.start, span.end));
  const first = path[0]?.type === "name" ? cut(path[0].name) : "";
  const [message, hint] =
    path.length > 1
      ? [
          "In a rule a field begins with an event variable.",
          `Write $e. before it, or $ where ${first} is the variable.`,
        ]
      : [`\`${text}\` is neither an operator nor a field, which begins with an event variable such as \`$e\`.`];
  reader.body.bareFields++;
  reader.report("expected-variable", "warning", message, span, hint);
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** `.name`, `["key"]` and `[0]`, each without a blank before it. */
function pathFrom(reader: Reader, path: PathPart[]): readonly PathPart[] {
  const { cursor } = reader;
  for (;;) {
    const [mark, inner] = [cursor.peek(), cursor.peek(1)];
    if (mark.span.start !== cursor.last().end) return path;
    if (isOperator(mark, ".") && inner.type === "word" && inner.span.start === mark.span.end) {
      cursor.next();
      path.push({ type: "name", name: cursor.next().text });
    } else if (isOperator(mark, "[") && isOperator(cursor.peek(2), "]") && inner.type === "string") {
      path.push({ type: "key", key: inner.value });
      for (let i = 0; i < 3; i++) cursor.next();
    } else if (isOperator(mark, "[") && isOperator(cursor.peek(2), "]") && /^\d+$/.test(inner.text)) {
      path.push({ type: "index", index: Number(inner.text) });
      for (let i = 0; i < 3; i++) cursor.next();
    } else return path;
  }
}

function group(reader: Reader, expression: Expression): Node {
  const { cursor, extents, open } = reader;
  const opening = cursor.next().span;
  open.groups++;
  const inner = expression(reader);
  open.groups--;
  if (!takeOperator(reader, ")")) {
    reader.report("unclosed-group", "error", "A closing parenthesis was expected for this one.", opening);
  }
  extents.widen(inner, cover(opening, cursor.last()));
  return inner;
}

function array(reader: Reader, expression: Expression): Node {
  const start = reader.cursor.peek().span;
  const items = list(reader, "]", expression);
  return { type: "array", items, span: cover(start, reader.cursor.last()) };
}

/** `any of [$a, $b]`. */
function selection(reader: Reader, expression: Expression): Node {
  const { cursor } = reader;
  const token = cursor.next();
  cursor.next();
  const items = list(reader, "]", expression);
  const quantity = token.type === "number" ? Number(token.text) : isWord(token, "any") ? "any" : "all";
  return { type: "selection", quantity, items, span: cover(token.span, cursor.last()) };
}

/** Values between brackets: stands on the opening one. */
function list(reader: Reader, closing: ")" | "]", expression: Expression): readonly Node[] {
  const opening = reader.cursor.next().span;
  if (takeOperator(reader, closing)) return [];
  reader.open.groups++;
  reader.open.lists++;
  const values = [expression(reader)];
  while (takeOperator(reader, ",")) values.push(expression(reader));
  reader.open.groups--;
  reader.open.lists--;
  if (!takeOperator(reader, closing)) {
    reader.report("unclosed-group", "error", `A closing ${closing} was expected for this one.`, opening);
  }
  return values;
}

function nothing(reader: Reader): Node {
  const token = reader.cursor.peek();
  if (token.type !== "unclosed") {
    const hint = token.type === "unknown" && /^\d/.test(token.text) ? "An address stands in double quotes." : undefined;
    reader.report("expected-value", "error", "A field, a value, a function or a group was expected.", token.span, hint);
  }
  if (endsExpression(reader)) return missing(reader);
  passOver(reader);
  return errorFrom(reader, token.span.start);
}
