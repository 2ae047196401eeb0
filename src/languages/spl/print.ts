import type {
  Argument,
  Command,
  EvalExpression,
  Pipeline,
  RenamePair,
  SearchExpression,
  SplAst,
  StatsItem,
} from "./ast.ts";
import { powerOf, powers } from "./eval-expression.ts";

/** The search on one line; macro calls, names and values exactly as they were written. */
export function print(ast: SplAst): string {
  return printPipeline(ast.pipeline);
}

function printPipeline(pipeline: Pipeline): string {
  return (pipeline.leadingPipe ? "| " : "") + chain(pipeline.commands.map(printCommand), " | ");
}

export function printCommand(command: Command): string {
  switch (command.type) {
    case "search": {
      const text = command.expression === null ? "" : printSearch(command.expression);
      return command.implicit ? text : words("search", text);
    }
    case "where":
      return words("where", printEval(command.expression));
    case "eval":
      return `eval ${chain(
        command.assignments.map((one) => `${one.field}=${printEval(one.expression)}`),
        ", ",
      )}`;
    case "stats":
      return words(command.name, ...command.items.map(printItem), ...command.by.map(printArgument));
    case "tstats":
      return words(
        command.name,
        ...command.items.map(printItem),
        ...clause("from", command.from.map(printArgument)),
        ...clause("where", command.where === null ? [] : [printSearch(command.where)]),
        ...clause("by", command.by.map(printArgument)),
      );
    case "rename":
      return `rename ${command.pairs.map((one) => `${one.from} as ${one.to}`).join(", ")}`;
    case "lookup":
      return words(
        "lookup",
        ...command.options.map(printArgument),
        command.table,
        command.on.map(printPair).join(", "),
        ...(command.mode === "all" ? [] : [command.mode.toUpperCase(), command.outputs.map(printPair).join(", ")]),
      );
    case "command":
      return words(command.name, ...command.arguments.map(printArgument));
    case "macro_command":
      return words(`\`${command.call.text}\``, command.rest);
    case "error":
      return command.text;
    default:
      return command satisfies never;
  }
}

function words(...parts: readonly string[]): string {
  return chain(
    parts.filter((one) => one !== ""),
    " ",
  );
}

/** `join` copies all text; done at every level of a deep nest, that is quadratic. Addition copies once, at the end. */
function chain(parts: readonly string[], separator: string): string {
  let text = parts[0] ?? "";
  for (let at = 1; at < parts.length; at++) text += separator + parts[at];
  return text;
}

function clause(word: string, parts: readonly string[]): readonly string[] {
  return parts.length === 0 ? [] : [word, ...parts];
}

function printPair(pair: RenamePair): string {
  return pair.from === pair.to ? pair.from : `${pair.from} as ${pair.to}`;
}

function printItem(item: StatsItem): string {
  if (item.type !== "function") return printArgument(item);
  const call = item.argument === null ? item.name : `${item.name}(${item.argument})`;
  return item.as === null ? call : `${call} as ${item.as}`;
}

export function printArgument(argument: Argument): string {
  switch (argument.type) {
    case "term":
    case "keyword":
      return argument.text;
    case "option":
      return `${argument.name}${argument.operator}${printArgument(argument.value)}`;
    case "macro":
      return `\`${argument.text}\``;
    case "subsearch":
      return `[${printPipeline(argument.pipeline)}]`;
    case "clause":
      return `(${printSearch(argument.expression)})`;
    default:
      return argument satisfies never;
  }
}

export function printSearch(expression: SearchExpression): string {
  switch (expression.type) {
    case "and":
      return chain(expression.operands.map(printSearch), " ");
    case "or":
      return chain(
        expression.operands.map((one) => (one.type === "and" ? `(${printSearch(one)})` : printSearch(one))),
        " OR ",
      );
    case "not": {
      const { operand } = expression;
      return operand.type === "and" || operand.type === "or"
        ? `NOT (${printSearch(operand)})`
        : `NOT ${printSearch(operand)}`;
    }
    case "comparison":
      return `${expression.field}${expression.operator}${printArgument(expression.value)}`;
    case "in":
      return `${expression.field} IN (${expression.values.map((one) => (one.type === "error" ? one.text : printArgument(one))).join(", ")})`;
    case "directive":
      return `${expression.field === null ? "" : `${expression.field}=`}${expression.name}(${expression.text})`;
    case "term":
    case "macro":
    case "subsearch":
      return printArgument(expression);
    case "error":
      return expression.text;
    default:
      return expression satisfies never;
  }
}

/** Parentheses stand only where the tree needs them. */
export function printEval(expression: EvalExpression, minimum = 0): string {
  const text = evalText(expression);
  return power(expression) < minimum ? `(${text})` : text;
}

function power(expression: EvalExpression): number {
  switch (expression.type) {
    case "and":
    case "or":
    case "xor":
    case "not":
      return powers[expression.type];
    case "negative":
      return powers.sign;
    case "binary":
      return powerOf(expression.operator);
    case "in":
      return powers.comparison;
    case "call":
    case "field":
    case "string":
    case "number":
    case "macro":
    case "subsearch":
    case "error":
      return powers.sign + 1;
    default:
      return expression satisfies never;
  }
}

function evalText(expression: EvalExpression): string {
  switch (expression.type) {
    case "and":
    case "or":
    case "xor":
      return chain(
        expression.operands.map((one) => printEval(one, powers[expression.type] + 1)),
        ` ${expression.type.toUpperCase()} `,
      );
    case "not":
      return `NOT ${printEval(expression.operand, powers.not)}`;
    case "negative":
      return `-${printEval(expression.operand, powers.sign)}`;
    case "binary": {
      const own = powerOf(expression.operator);
      const sign = expression.operator === "like" ? "LIKE" : expression.operator;
      return `${printEval(expression.left, own)} ${sign} ${printEval(expression.right, own + 1)}`;
    }
    case "in":
      return `${printEval(expression.left, powers.comparison)} IN (${chain(
        expression.values.map((one) => printEval(one)),
        ", ",
      )})`;
    case "call":
      return `${expression.name}(${chain(
        expression.arguments.map((one) => printEval(one)),
        ", ",
      )})`;
    case "field":
    case "string":
    case "number":
    case "error":
      return expression.text;
    case "macro":
    case "subsearch":
      return printArgument(expression);
    default:
      return expression satisfies never;
  }
}
