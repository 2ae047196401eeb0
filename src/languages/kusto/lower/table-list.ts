import type { Datatable, Expression, Operator } from "../ast.ts";
import { tableWrappers, watchlistFunctions } from "../functions.ts";
import { newScope } from "../scope.ts";
import { type Constant, constant } from "./constant.ts";
import { maximumDepth } from "./context.ts";
import { definitionOf, type Names } from "./names.ts";
import { operandOf, type TableOperand, tableOperandOf } from "./operand.ts";

/**
 * Values of one column of rows that the query itself spells, the first unless `project` or `distinct` names it; null for
 * any other table.
 */
export function listedRows(table: TableOperand, column: string | null = null): readonly Constant[] | null {
  const { expression, lowering } = table;
  if (expression.type === "pipeline" && expression.source !== null) {
    const chosen = expression.operators.map(onlyColumn);
    if (chosen.includes(null)) return null;
    return listedIn(table, expression.source, chosen[0] ?? column);
  }
  if (expression.type === "call" && tableWrappers.has(expression.name)) {
    const [only] = expression.arguments;
    return only === undefined || only.type === "assignment" ? null : listedIn(table, only, column);
  }
  if (expression.type !== "datatable" || expression.columns.length === 0) return null;
  const found: Constant[] = [];
  const start = column === null ? 0 : columnsOf(expression).indexOf(column);
  if (start < 0) return null;
  for (let at = start; at < expression.values.length; at += expression.columns.length) {
    const value = expression.values[at];
    const operand = value === undefined ? null : operandOf(value, lowering, newScope());
    if (operand?.type !== "value") return null;
    found.push(table.name === null ? operand.constant : { ...operand.constant, origin: `let ${table.name}` });
  }
  return found;
}

function listedIn(table: TableOperand, source: Expression, column: string | null): readonly Constant[] | null {
  const inner = tableOperandOf(source, table.lowering, table.scope);
  return inner === null ? null : listedRows({ ...inner, name: inner.name ?? table.name }, column);
}

/** The column that an operator leaves as it is, of all that there are. */
function onlyColumn(operator: Operator): string | null {
  if (operator.type !== "project" && operator.type !== "distinct") return null;
  const [only, ...others] = operator.columns;
  return only?.expression.type === "name" && only.names.length === 0 && others.length === 0
    ? only.expression.name
    : null;
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
