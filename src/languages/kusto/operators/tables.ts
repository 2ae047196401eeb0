import type { Expression, FindColumn, FindOperator, JoinOperator } from "../ast.ts";
import { readType } from "../declarations.ts";
import { readClause, readExpression } from "../expressions.ts";
import type { KustoToken } from "../lexer.ts";
import { needName, readWildcard } from "../names.ts";
import { readOperand } from "../operands.ts";
import { readOptions } from "../options.ts";
import {
  isSymbol,
  isWord,
  needSymbol,
  needWord,
  type Place,
  type Reader,
  readList,
  readParenthesised,
  since,
  takeSymbol,
  takeWord,
} from "../reader.ts";
import { type OperatorReader, readColumnReference } from "./reading.ts";

/** Operators on whole tables. */
export const tableOperators: ReadonlyMap<string, OperatorReader> = new Map<string, OperatorReader>([
  ["join", readJoin("join")],
  ["lookup", readJoin("lookup")],
  ["union", readUnion],
  ["search", readSearch],
  ["find", readFind],
  ["range", readRange],
]);

function readJoin(type: JoinOperator["type"]): OperatorReader {
  return (reader, name) => {
    const options = readOptions(reader);
    const right = readExpression(reader);
    const on = takeWord(reader, "on") ? readList(reader, () => readExpression(reader)) : [];
    if (type === "lookup" && on.length === 0) needWord(reader, "on");
    const where = type === "join" && on.length === 0 ? readClause(reader, "where") : null;
    return { type, options, right, on, where, span: since(reader, name.span.start) };
  };
}

/** A table of a list: by name or wildcard, or a query in parentheses. */
function readTable(reader: Reader): Expression {
  return readWildcard(reader) ?? readOperand(reader);
}

const tablePlace: Place = { ends: [",", ")"], body: false, statement: false };

function readUnion(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  const tables = readList(reader, () => readTable(reader));
  return { type: "union", options, tables, span: since(reader, name.span.start) };
}

/** `in (table, table*, …)`; null where it does not stand. */
function readTables(reader: Reader): readonly Expression[] | null {
  if (!takeWord(reader, "in")) return null;
  return readParenthesised(reader, () => readWildcard(reader) ?? reader.grammar.pipeline(reader, tablePlace));
}

function readSearch(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  const tables = readTables(reader);
  const star = reader.peek();
  const alone = isSymbol(star, "*") && (reader.peek(1).type === "end" || isEnd(reader.peek(1)));
  if (alone) takeSymbol(reader, "*");
  const condition: Expression = alone ? { type: "star", span: star.span } : readExpression(reader);
  return { type: "search", options, tables, condition, span: since(reader, name.span.start) };
}

function isEnd(token: KustoToken): boolean {
  return token.type === "symbol" && "|;)]}".includes(token.text);
}

function readFind(reader: Reader, name: KustoToken): FindOperator {
  const options = readOptions(reader);
  const tables = readTables(reader);
  if (options.length > 0 || tables !== null) needWord(reader, "where");
  else takeWord(reader, "where");
  const condition = readExpression(reader);
  let project: readonly FindColumn[] | null = null;
  if (takeWord(reader, "project")) project = readList(reader, () => readFindColumn(reader));
  else takeWord(reader, "project-smart");
  const projectAway = takeWord(reader, "project-away") ? readList(reader, () => readColumnReference(reader)) : [];
  return { type: "find", options, tables, condition, project, projectAway, span: since(reader, name.span.start) };
}

function readFindColumn(reader: Reader): FindColumn {
  const { start } = reader.peek().span;
  const column = isWord(reader.peek(), "pack") ? readOperand(reader) : readColumnReference(reader);
  const dataType = takeSymbol(reader, ":") ? readType(reader) : null;
  return { type: "column", column, dataType, span: since(reader, start) };
}

function readRange(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const column = needName(reader, "reference", "A name for the column");
  needWord(reader, "from");
  const from = readExpression(reader);
  needWord(reader, "to");
  const to = readExpression(reader);
  needWord(reader, "step");
  const step = readExpression(reader);
  return { type: "range", name: column, from, to, step, span: since(reader, name.span.start) };
}

/** A query in parentheses, or in braces where `braces` allows them. */
export function readBody(reader: Reader, braces: boolean): Expression {
  const close = braces && takeSymbol(reader, "{") ? "}" : ")";
  if (close === ")") needSymbol(reader, "(");
  const body = reader.grammar.pipeline(reader, { ends: [close], body: true, statement: false });
  needSymbol(reader, close);
  return body;
}
