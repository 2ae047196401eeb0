import type { Assignment, Expression } from "../../../languages/kusto/ast.ts";
import { parse } from "../../../languages/kusto/index.ts";

/** What a query reads and shows, as far as its text says so. */
export interface QueryFacts {
  /** Names at the beginning of pipelines that no `let` defines. */
  readonly tables: readonly string[];
  /** Columns of its result that it names itself; empty where it does not say which it keeps. */
  readonly columns: readonly string[];
}

export function queryFacts(query: string): QueryFacts {
  const { ast } = parse(query);
  const own = new Set<string>();
  const tables = new Set<string>();
  for (const statement of ast.statements) if (statement.type === "let") own.add(statement.name.name);
  const last = ast.statements.findLast((one) => one.type === "expression");
  walk(ast, (node) => {
    if (node.type !== "pipeline") return;
    const pipeline = node as unknown as Extract<Expression, { readonly type: "pipeline" }>;
    if (pipeline.source?.type === "name") tables.add(pipeline.source.name);
    for (const one of pipeline.operators) {
      if (one.type === "union") for (const table of one.tables) if (table.type === "name") tables.add(table.name);
    }
  });
  return {
    tables: [...tables].filter((name) => !own.has(name)),
    columns: last?.type === "expression" ? columnsOf(last.expression) : [],
  };
}

/** Calls for every object of the tree that has a type. */
function walk(value: unknown, visit: (node: { readonly type: unknown }) => void): void {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (Array.isArray(one)) open.push(...one.toReversed());
    else if (typeof one === "object" && one !== null) {
      if ("type" in one) visit(one);
      open.push(...Object.values(one).toReversed());
    }
  }
}

/** The last step that says which columns there are, and those that later steps add. */
function columnsOf(expression: Expression): readonly string[] {
  if (expression.type !== "pipeline") return [];
  let columns: readonly string[] = [];
  for (const one of expression.operators) {
    switch (one.type) {
      case "project":
      case "distinct":
        columns = named(one.columns);
        break;
      case "summarize":
        columns = [...named(one.by), ...one.aggregates.flatMap(({ names }) => names.map(({ name }) => name))];
        break;
      case "extend":
        if (columns.length > 0) columns = [...columns, ...named(one.columns)];
        break;
      case "where":
      case "sort":
      case "take":
      case "top":
        break;
      case "union":
        columns = shared([columns, ...one.tables.map(columnsOf)]);
        break;
      default:
        columns = [];
    }
  }
  return [...new Set(columns)];
}

function named(columns: readonly Assignment[]): readonly string[] {
  return columns.flatMap(({ names, expression }) =>
    names.length > 0 ? names.map(({ name }) => name) : expression.type === "name" ? [expression.name] : [],
  );
}

/** A union has all columns of its tables; an entity is made of those that each of them has. */
function shared(sides: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = sides.filter((one) => one.length > 0);
  return first.filter((name) => others.every((one) => one.includes(name)));
}
