import type { Call, Expression, FunctionExpression, Member } from "../ast.ts";
import { isTableFunction, placeFunctions, tableWrappers } from "../functions.ts";
import { maximumDepth } from "./context.ts";
import { definitionOf, type Names } from "./names.ts";

/** Does an expression yield rows, as far as its form and the query's own definitions say? */
export function isTable(expression: Expression, names: Names, depth = 0): boolean {
  if (depth > maximumDepth) return false;
  switch (expression.type) {
    case "pipeline":
    case "datatable":
    case "externaldata":
      return true;
    case "name": {
      const definition = definitionOf(names, expression.name);
      if (definition?.type === "stages") return true;
      return definition?.type === "expression" && isTable(definition.expression, definition.names, depth + 1);
    }
    case "call":
      return isTableCall(expression, names, depth);
    case "member":
      return isPlace(expression);
    default:
      return false;
  }
}

function isTableCall(call: Call, names: Names, depth: number): boolean {
  const definition = definitionOf(names, call.name);
  if (definition?.type === "function") return yieldsTable(definition.body, definition.names, depth + 1);
  if (definition !== null) return false;
  if (tableWrappers.has(call.name)) {
    const [first] = call.arguments;
    return first !== undefined && first.type !== "assignment" && isTable(first, names, depth + 1);
  }
  return call.name === "table" || isTableFunction(call.name);
}

/** Judged by the form of its last expression; a name there is a table where a function's statement says so. */
function yieldsTable(body: FunctionExpression, names: Names, depth: number): boolean {
  const result = body.body.findLast((one) => one.type === "expression");
  if (result?.type !== "expression") return false;
  const { expression } = result;
  if (expression.type !== "name") return isTable(expression, names, depth);
  const own = body.body.find((one) => one.type === "let" && one.name.name === expression.name);
  if (own?.type === "let" && own.value.type !== "function") return isTable(own.value, names, depth);
  const parameter = body.parameters.find((one) => one.name.name === expression.name);
  return parameter === undefined ? isTable(expression, names, depth) : parameter.columns !== null;
}

/** `database("x").T`, `cluster("a").database("b").table("T")`, `arg("").Resources`. */
export function isPlace(member: Member): boolean {
  let at: Expression = member;
  while (at.type === "member") at = at.object;
  return at.type === "call" && placeFunctions[at.name] !== undefined;
}
