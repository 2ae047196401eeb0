import type { Assignment, Command, ErrorCommand, Expression, Query, Setting, Source } from "./ast.ts";
import { printExpression, printName } from "./print-expression.ts";

/** ES|QL text of an ast, a command a line. Commands with errors stand as they were written. */
export function print(ast: Query): string {
  return printQuery(ast, "\n| ");
}

function printQuery(query: Query, bar: string): string {
  const settings = query.settings.map((one) => `set ${printSetting(one)};\n`).join("");
  return settings + query.commands.map(printCommand).join(bar);
}

function printSetting({ name, value }: Setting): string {
  return `${printName(name)} = ${printExpression(value)}`;
}

/** A query in brackets, in one line. */
export function printInner(query: Query): string {
  return `(${printQuery(query, " | ")})`;
}

export function printCommand(command: Command): string {
  return command.type === "error" ? command.text : printRead(command);
}

function printRead(command: Exclude<Command, ErrorCommand>): string {
  switch (command.type) {
    case "from": {
      const metadata = command.metadata.length === 0 ? "" : ` metadata ${command.metadata.join(", ")}`;
      return `${command.command} ${command.sources.map(printSource).join(", ")}${metadata}`;
    }
    case "row":
    case "eval":
      return `${command.type} ${printAssignments(command.fields)}`;
    case "where":
      return `where ${printExpression(command.condition)}`;
    case "stats": {
      const parts = [
        command.inline ? "inline stats" : "stats",
        [printAssignments(command.aggregates), ...command.unset.map((name) => `${printName(name)} =`)]
          .filter((one) => one !== "")
          .join(", "),
        command.by.length === 0 ? "" : `by ${printAssignments(command.by)}`,
      ];
      return parts.filter((one) => one !== "").join(" ");
    }
    case "project":
      return `${command.command} ${command.names.map((one) => one.text).join(", ")}`;
    case "rename":
      return `rename ${command.pairs.map(({ from, to }) => `${printName(from)} as ${printName(to)}`).join(", ")}`;
    case "sort": {
      const keys = command.keys.map(({ value, order, nulls }) =>
        [printExpression(value), order ?? "", nulls === null ? "" : `nulls ${nulls}`].filter((one) => one).join(" "),
      );
      return `sort ${keys.join(", ")}`;
    }
    case "limit":
      return `limit ${printExpression(command.count)}${list(" by ", command.by)}`;
    case "extract": {
      const settings = command.options.map((one) => ` ${printSetting(one)}`).join(",");
      return `${command.command} ${printExpression(command.input)}${list(" ", command.patterns)}${settings}`;
    }
    case "expand":
      return `mv_expand ${printName(command.field)}`;
    case "enrich": {
      const outputs = command.outputs.map(
        ({ as, field }) => (as === null ? "" : `${printName(as)} = `) + printName(field),
      );
      const on = command.on === null ? "" : ` on ${printName(command.on)}`;
      return `enrich ${command.policy}${on}${outputs.length === 0 ? "" : ` with ${outputs.join(", ")}`}`;
    }
    case "join":
      return `lookup join ${command.table}${list(" on ", command.on)}`;
    case "fork":
      return `fork ${command.branches.map(printInner).join(" ")}`;
    case "inference": {
      const target = command.target === null ? "" : `${printName(command.target)} = `;
      const on = command.on.length === 0 ? "" : ` on ${printAssignments(command.on)}`;
      return `${command.command} ${target}${printExpression(command.prompt)}${on}${printOptions(command.options)}`;
    }
    case "change_point": {
      const on = command.on === null ? "" : ` on ${printName(command.on)}`;
      const as = command.as.length === 0 ? "" : ` as ${command.as.map(printName).join(", ")}`;
      return `change_point ${printExpression(command.value)}${on}${as}${list(" by ", command.by)}`;
    }
    case "sample":
      return `sample ${printExpression(command.probability)}`;
    case "parts": {
      const input = printExpression(command.input);
      return `${command.command} ${printName(command.prefix)} = ${input}${printOptions(command.options)}`;
    }
    case "general":
      return command.text === "" ? command.command : `${command.command} ${command.text}`;
    default:
      return command satisfies never;
  }
}

function list(before: string, values: readonly Expression[]): string {
  return values.length === 0 ? "" : before + values.map((one) => printExpression(one)).join(", ");
}

function printOptions(options: Expression | null): string {
  return options === null ? "" : ` with ${printExpression(options)}`;
}

function printSource(source: Source): string {
  return source.type === "index" ? source.text : printInner(source.query);
}

function printAssignments(all: readonly Assignment[]): string {
  return all
    .map(({ name, value, condition }) => {
      const where = condition === null ? "" : ` where ${printExpression(condition)}`;
      return `${name === null ? "" : `${printName(name)} = `}${printExpression(value)}${where}`;
    })
    .join(", ");
}
