import { cover } from "../../kit/span.ts";
import { isOperator, takeOperator } from "../../kit/tokens.ts";
import { errorFrom } from "../error-node.ts";
import type { Column, TableWrite } from "./ast.ts";
import { expression } from "./expressions.ts";
import { passOver, type Reader } from "./reader.ts";

const call = ".write_row";

/** `%table.write_row(column: $value, …)`: the only thing that an export does. null, and nothing taken, where it does not stand. */
export function tableWrite(reader: Reader): TableWrite | null {
  const { cursor, open } = reader;
  const name = cursor.peek();
  if (name.type !== "list" || !name.value.endsWith(call) || !isOperator(cursor.peek(1), "(")) return null;
  cursor.next();
  const opening = cursor.next().span;
  open.groups++;
  open.lists++;
  const columns: Column[] = [];
  if (!isOperator(cursor.peek(), ")")) {
    do columns.push(column(reader));
    while (takeOperator(reader, ","));
  }
  open.groups--;
  open.lists--;
  if (!takeOperator(reader, ")")) {
    reader.report("unclosed-group", "error", "A closing ) was expected for this one.", opening);
  }
  const table = name.value.slice(0, -call.length);
  return { type: "write", table, columns, span: cover(name.span, cursor.last()) };
}

/** A column may be called like a section: here its colon makes no header of it. */
function column(reader: Reader): Column {
  const { cursor } = reader;
  const name = cursor.peek();
  if (name.type !== "word" || !isOperator(cursor.peek(1), ":")) {
    reader.report("expected-column", "error", "A column and its value, column: $value, were expected.", name.span);
    if (!ends(reader)) passOver(reader);
    return { type: "column", name: "", value: errorFrom(reader, name.span.start), span: name.span };
  }
  cursor.next();
  cursor.next();
  return { type: "column", name: name.text, value: expression(reader), span: cover(name.span, cursor.last()) };
}

function ends({ cursor }: Reader): boolean {
  return isOperator(cursor.peek(), ",") || isOperator(cursor.peek(), ")");
}
