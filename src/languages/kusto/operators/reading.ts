import { readAssignment } from "../assignments.ts";
import type { Assignment, Expression, Name, Operator, Ordered, Star, Wildcard } from "../ast.ts";
import type { KustoToken } from "../lexer.ts";
import { needName, readWildcard } from "../names.ts";
import { type Reader, since, takeWord } from "../reader.ts";

/** Reads an operator whose name was taken already. */
export type OperatorReader = (reader: Reader, name: KustoToken) => Operator;

/** A column by name or wildcard. */
export function readColumnReference(reader: Reader): Name | Wildcard | Star {
  return readWildcard(reader) ?? needName(reader, "reference", "A column");
}

const directions: ReadonlySet<string> = new Set(["asc", "desc", "granny-asc", "granny-desc"]);

/** `expression desc nulls last`. */
export function readOrdered(reader: Reader): Ordered {
  return orderOf(reader, readAssignment(reader));
}

export function orderOf(reader: Reader, expression: Assignment): Ordered {
  const { start } = expression.span;
  const word = reader.peek();
  const order = word.type === "word" && directions.has(word.text) ? (word.text as Ordered["order"]) : null;
  if (order !== null) reader.next();
  return { type: "ordered", expression, order, nulls: readNulls(reader), span: since(reader, start) };
}

function readNulls(reader: Reader): Ordered["nulls"] {
  if (!takeWord(reader, "nulls")) return null;
  if (takeWord(reader, "first")) return "first";
  if (!takeWord(reader, "last")) reader.fail("first or last");
  return "last";
}

/** An expression as an assignment without names. */
export function unnamed(expression: Expression, reader: Reader, start: number): Assignment {
  return { type: "assignment", names: [], expression, span: since(reader, start) };
}
