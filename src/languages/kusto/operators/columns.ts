import { readAssignment, readColumn } from "../assignments.ts";
import type { Assignment } from "../ast.ts";
import { readExpression } from "../expressions.ts";
import type { KustoToken } from "../lexer.ts";
import { readOptions } from "../options.ts";
import { type Reader, readList, since } from "../reader.ts";
import { type OperatorReader, orderOf, readColumnReference, unnamed } from "./reading.ts";

/** Operators on rows and columns one by one. */
export const columnOperators: ReadonlyMap<string, OperatorReader> = new Map<string, OperatorReader>([
  ["where", readWhere],
  ["filter", readWhere],
  [
    "extend",
    (reader, name) => ({
      type: "extend",
      columns: readList(reader, () => readAssignment(reader)),
      span: since(reader, name.span.start),
    }),
  ],
  ["project", readProject("project")],
  ["project-rename", readProject("project-rename")],
  ["project-away", readProjectColumns("project-away")],
  ["project-keep", readProjectColumns("project-keep")],
  ["project-reorder", readProjectReorder],
  ["distinct", readDistinct],
  [
    "print",
    (reader, name) => ({
      type: "print",
      columns: readList(reader, () => readAssignment(reader)),
      span: since(reader, name.span.start),
    }),
  ],
  ["serialize", readSerialize],
]);

function readWhere(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  return { type: "where", options, condition: readExpression(reader), span: since(reader, name.span.start) };
}

/** Does the list of an operator that may have none end here? */
function endsList(reader: Reader): boolean {
  const token = reader.peek();
  return token.type === "end" || (token.type === "symbol" && "|;)]}".includes(token.text));
}

function readProject(type: "project" | "project-rename"): OperatorReader {
  return (reader, name) => {
    const columns = endsList(reader) ? [] : readList(reader, () => readAssignment(reader));
    return { type, columns, span: since(reader, name.span.start) };
  };
}

function readProjectColumns(type: "project-away" | "project-keep"): OperatorReader {
  return (reader, name) => {
    const columns = endsList(reader) ? [] : readList(reader, () => readColumnReference(reader));
    return { type, columns, span: since(reader, name.span.start) };
  };
}

function readProjectReorder(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const columns = endsList(reader)
    ? []
    : readList(reader, () => {
        const { start } = reader.peek().span;
        return orderOf(reader, unnamed(readColumnReference(reader), reader, start));
      });
  return { type: "project-reorder", columns, span: since(reader, name.span.start) };
}

function readDistinct(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const options = readOptions(reader);
  const columns = readList(reader, () => readColumn(reader));
  return { type: "distinct", options, columns, span: since(reader, name.span.start) };
}

function readSerialize(reader: Reader, name: KustoToken): ReturnType<OperatorReader> {
  const columns: readonly Assignment[] = endsList(reader) ? [] : readList(reader, () => readAssignment(reader));
  return { type: "serialize", columns, span: since(reader, name.span.start) };
}
