import type { FunctionExpression, Parameter, Query, Statement } from "./ast.ts";
import { printColumns, printError, printExpression, printName, printPipeline } from "./print-expression.ts";

export { printAssignment, printExpression } from "./print-expression.ts";
export { printOperator } from "./print-operator.ts";

/** Kusto text of an ast: a line for each operator of the main pipelines; errors and literals as they were written. */
export function print(ast: Query): string {
  const text = ast.statements.map(printStatement).join(";\n");
  return ast.statements.length > 0 && text.endsWith("\n") ? text.slice(0, -1) : text;
}

function printStatement(node: Statement): string {
  switch (node.type) {
    case "let":
      return `let ${printName(node.name)} = ${node.value.type === "function" ? printFunction(node.value) : printResult(node.value)}`;
    case "expression":
      return printResult(node.expression);
    case "set":
      return `set ${printName(node.name)}${node.value === null ? "" : ` = ${printExpression(node.value)}`}`;
    case "declare":
      return `declare query_parameters (${node.parameters.map(printParameter).join(", ")})`;
    case "alias":
      return `alias database ${printName(node.name)} = ${printExpression(node.value)}`;
    case "restrict":
      return `restrict access to (${node.targets.map(printExpression).join(", ")})`;
    case "pattern":
      return node.text;
    case "error":
      return printError(node);
    default:
      return node satisfies never;
  }
}

function printResult(node: Parameters<typeof printExpression>[0]): string {
  if (node.type === "pipeline") return printPipeline(node, "\n");
  return node.type === "error" ? printError(node) : printExpression(node);
}

function printFunction({ view, parameters, body }: FunctionExpression): string {
  const head = `${view ? "view " : ""}(${parameters.map(printParameter).join(", ")})`;
  return `${head} {\n${body.map(printStatement).join(";\n")}\n}`;
}

function printParameter(parameter: Parameter): string {
  const { columns, dataType, openSchema } = parameter;
  const type = columns === null ? (dataType ?? "") : printColumns(columns, openSchema);
  const value = parameter.default === null ? "" : ` = ${printExpression(parameter.default)}`;
  return `${printName(parameter.name)}:${type}${value}`;
}
