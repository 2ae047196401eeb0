import { isOperator, isWord, takeOperator, takeWord } from "../../../kit/tokens.ts";
import type { EnrichCommand, Expression, FromCommand, Query, Source } from "../ast.ts";
import { expression } from "../expressions.ts";
import { gluedName, indexStops, nameStops } from "../names.ts";
import { type Reader, spanFrom, unexpected } from "../reader.ts";
import { beginsSubquery, subquery } from "../subquery.ts";
import { fieldOr, target } from "./compute.ts";
import type { ReadCommand } from "./table.ts";

export function readFrom(command: FromCommand["command"]): ReadCommand {
  return (reader, start): FromCommand => {
    const sources: Source[] = [];
    do sources.push(...source(reader));
    while (takeOperator(reader, ","));
    const metadata = readMetadata(reader);
    return { type: "from", command, sources, metadata, span: spanFrom(reader, start) };
  };
}

function source(reader: Reader): readonly Source[] {
  const { cursor } = reader;
  const { start } = cursor.peek().span;
  if (beginsSubquery(reader)) {
    const query = subquery(reader);
    return [{ type: "subquery", query, span: spanFrom(reader, start) }];
  }
  const text = isWord(cursor.peek(), "metadata") ? "" : gluedName(reader, indexStops);
  if (text !== "") return [{ type: "index", text, span: spanFrom(reader, start) }];
  const token = cursor.peek();
  if (token.type === "unclosed") cursor.next();
  unexpected(reader, token, "The name of an index");
  return [];
}

/** Also in the brackets of the first releases: `[metadata _id]`. */
function readMetadata(reader: Reader): readonly string[] {
  const { cursor } = reader;
  const old = isOperator(cursor.peek(), "[") && isWord(cursor.peek(1), "metadata");
  if (old) {
    reader.note("old-metadata", "warning", "Brackets around `metadata` are of an old release.", cursor.next().span);
  }
  if (!takeWord(reader, "metadata")) return [];
  const names: string[] = [];
  do {
    const name = gluedName(reader, nameStops);
    if (name === "") unexpected(reader, cursor.peek(), "The name of a metadata field");
    else names.push(name);
  } while (takeOperator(reader, ","));
  if (old && !takeOperator(reader, "]")) unexpected(reader, cursor.peek(), "The closing ]");
  return names;
}

export const readEnrich: ReadCommand = (reader, start) => {
  const policy = gluedName(reader, indexStops);
  if (policy === "") unexpected(reader, reader.cursor.peek(), "The name of an enrich policy");
  const on = takeWord(reader, "on") ? fieldOr(reader, "The field to look up") : null;
  const outputs: EnrichCommand["outputs"][number][] = [];
  if (takeWord(reader, "with")) {
    do outputs.push({ as: target(reader), field: fieldOr(reader, "The name of an enrich field") });
    while (takeOperator(reader, ","));
  }
  return { type: "enrich", policy, on, outputs, span: spanFrom(reader, start) };
};

export const readJoin: ReadCommand = (reader, start) => {
  const table = gluedName(reader, indexStops);
  if (table === "") unexpected(reader, reader.cursor.peek(), "The name of a lookup index");
  const on: Expression[] = [];
  if (takeWord(reader, "on")) {
    do on.push(expression(reader));
    while (takeOperator(reader, ","));
  } else unexpected(reader, reader.cursor.peek(), "`on` and the fields to join by");
  return { type: "join", table, on, span: spanFrom(reader, start) };
};

export const readFork: ReadCommand = (reader, start) => {
  const branches: Query[] = [];
  while (isOperator(reader.cursor.peek(), "(")) branches.push(subquery(reader, "branch"));
  if (branches.length === 0) unexpected(reader, reader.cursor.peek(), "A branch in brackets");
  return { type: "fork", branches, span: spanFrom(reader, start) };
};
