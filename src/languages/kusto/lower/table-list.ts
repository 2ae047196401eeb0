import type { Datatable, Expression, Operator } from "../ast.ts";
import { tableWrappers, watchlistFunctions } from "../functions.ts";
import { newScope } from "../scope.ts";
import { type Constant, constant } from "./constant.ts";
import { maximumDepth } from "./context.ts";
import { definitionOf, type Names } from "./names.ts";
import { operandOf, type TableOperand } from "./operand.ts";

/** Values of the first column of rows that the query itself spells; null for any other table. */
export function listedRows(table: TableOperand): readonly Constant[] | null {
  const { expression, lowering } = table;
  if (expression.type !== "datatable" || expression.columns.length === 0) return null;
  const found: Constant[] = [];
  for (let at = 0; at < expression.values.length; at += expression.columns.length) {
    const value = expression.values[at];
    const operand = value === undefined ? null : operandOf(value, lowering, newScope());
    if (operand?.type !== "value") return null;
    found.push(table.name === null ? operand.constant : { ...operand.constant, origin: `let ${table.name}` });
  }
  return found;
}

/** A list that the user's environment supplies (`externaldata`, a watchlist), at most trimmed: a placeholder. */
export function environmentList(table: TableOperand): Constant | null {
  const source = environmentSource(table.expression, table.lowering.names, 0);
  if (source === null) return null;
  const name = table.name ?? source;
  return constant("placeholder", name, name);
}

const trimming: ReadonlySet<Operator["type"]> = new Set([
  ...(["where", "extend", "project", "project-rename", "project-away", "project-keep", "project-reorder"] as const),
  ...(["distinct", "summarize", "parse", "parse-where", "take", "sample", "sort", "top", "mv-expand"] as const),
]);

function environmentSource(expression: Expression, names: Names, depth: number): string | null {
  if (depth > maximumDepth) return null;
  switch (expression.type) {
    case "externaldata":
      return "externaldata";
    case "name": {
      const definition = definitionOf(names, expression.name);
      return definition?.type === "expression"
        ? environmentSource(definition.expression, definition.names, depth + 1)
        : null;
    }
    case "call": {
      const [first] = expression.arguments;
      if (first === undefined || first.type === "assignment") return null;
      if (watchlistFunctions.has(expression.name)) return first.type === "string" ? first.value : expression.name;
      const isWrapper = tableWrappers.has(expression.name) || expression.name === "toscalar";
      return isWrapper ? environmentSource(first, names, depth + 1) : null;
    }
    case "pipeline":
      if (expression.source === null || !expression.operators.every((one) => trimming.has(one.type))) return null;
      return environmentSource(expression.source, names, depth + 1);
    default:
      return null;
  }
}

/** The names of a datatable's columns. */
export function columnsOf({ columns }: Pick<Datatable, "columns">): readonly string[] {
  return columns.map(({ name }) => name.name);
}
