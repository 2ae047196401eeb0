import type {
  ExpandedColumn,
  Expression,
  Operator,
  Ordered,
  ParsePart,
  ScanStep,
  Series,
  TopNestedLevel,
} from "./ast.ts";
import {
  printAssignment,
  printColumns,
  printDeclaration,
  printError,
  printExpression,
  printName,
  printOptions,
  printProperties,
  printTable,
  spaced,
} from "./print-expression.ts";

/** Operators with their pipes; the first has one only where something stands before it, or `leadingPipe` says so. */
export function printOperators(
  operators: readonly Operator[],
  gap: string,
  follows: boolean,
  leadingPipe: boolean,
): string {
  return operators
    .map((operator, index) => {
      const first = index === 0 && !follows;
      if (operator.type === "error")
        return `${first ? "" : operator.text.startsWith("|") ? gap : " "}${printError(operator)}`;
      return `${first ? (leadingPipe ? "| " : "") : `${gap}| `}${printOperator(operator)}`;
    })
    .join("");
}

/** One operator on one line, without the pipe before it. */
export function printOperator(node: Operator): string {
  if (node.type === "error") return node.text;
  const options = "options" in node ? spaced(printOptions(node.options)) : "";
  return `${headOf(node)} ${options}${argumentsOf(node)}`.trimEnd();
}

function headOf(node: Exclude<Operator, { type: "error" }>): string {
  return node.type === "general" ? node.name : node.type;
}

function argumentsOf(node: Exclude<Operator, { type: "error" }>): string {
  switch (node.type) {
    case "where":
      return printExpression(node.condition);
    case "extend":
    case "project":
    case "project-rename":
    case "distinct":
    case "serialize":
    case "print":
      return node.columns.map(printAssignment).join(", ");
    case "project-away":
    case "project-keep":
      return node.columns.map(printExpression).join(", ");
    case "project-reorder":
      return node.columns.map(printOrdered).join(", ");
    case "summarize": {
      const keys =
        node.by.map(printAssignment).join(", ") + (node.bin === null ? "" : ` bin=${printExpression(node.bin)}`);
      const by = keys === "" ? "" : `by ${keys.trimStart()}`;
      return spaced(node.aggregates.map(printAssignment).join(", ")) + by;
    }
    case "join":
    case "lookup": {
      const on = node.on.length === 0 ? "" : ` on ${node.on.map(printExpression).join(", ")}`;
      return printExpression(node.right) + on + clause("where", node.where);
    }
    case "union":
      return node.tables.map(printExpression).join(", ");
    case "take":
    case "sample":
      return printExpression(node.count);
    case "sample-distinct":
      return `${printExpression(node.count)} of ${printAssignment(node.of)}`;
    case "sort":
      return `by ${node.by.map(printOrdered).join(", ")}`;
    case "top":
      return `${printExpression(node.count)} by ${node.by.map(printOrdered).join(", ")}`;
    case "top-hitters":
      return `${printExpression(node.count)} of ${printExpression(node.of)}${clause("by", node.by)}`;
    case "top-nested":
      return node.levels.map(printLevel).join(", top-nested ");
    case "count":
      return node.as === null ? "" : `as ${printName(node.as)}`;
    case "mv-expand":
      return node.columns.map(printExpanded).join(", ") + clause("limit", node.limit);
    case "mv-apply": {
      const columns = node.columns.map(printExpanded).join(", ");
      return `${columns}${clause("limit", node.limit)}${clause("id", node.id)} on ${printBody(node.body)}`;
    }
    case "parse":
    case "parse-where":
      return `${printExpression(node.expression)} with ${node.pattern.map(printParsePart).join(" ")}`;
    case "parse-kv": {
      const properties = node.properties.length === 0 ? "" : ` with (${printProperties(node.properties)})`;
      return `${printExpression(node.expression)} as ${printColumns(node.columns)}${properties}`;
    }
    case "make-series": {
      const range =
        clause("from", node.from) + clause("to", node.to) + clause("step", node.step) + clause("in", node.range);
      const by = node.by.length === 0 ? "" : ` by ${node.by.map(printAssignment).join(", ")}`;
      return `${node.series.map(printSeries).join(", ")} on ${printAssignment(node.on)}${range}${by}`;
    }
    case "render":
      return `${node.chart}${node.properties.length === 0 ? "" : ` with (${printProperties(node.properties)})`}`;
    case "evaluate": {
      const schema =
        node.columns === null ? "" : ` : ${printSchema(node.columns.map(printDeclaration), node.openSchema)}`;
      return printExpression(node.plugin) + schema;
    }
    case "invoke":
      return printExpression(node.function);
    case "as":
      return printName(node.name);
    case "consume":
    case "getschema":
      return "";
    case "range": {
      const bounds = clause("from", node.from) + clause("to", node.to) + clause("step", node.step);
      return printName(node.name) + bounds;
    }
    case "search":
      return `${printTables(node.tables)}${printExpression(node.condition)}`;
    case "find": {
      const columns = node.project?.map(({ column, dataType }) => printExpression(column) + typed(dataType)).join(", ");
      const project = columns === undefined ? "" : ` project ${columns}`;
      const away =
        node.projectAway.length === 0 ? "" : ` project-away ${node.projectAway.map(printExpression).join(", ")}`;
      return `${printTables(node.tables)}where ${printExpression(node.condition)}${project}${away}`;
    }
    case "fork":
      return node.branches
        .map(({ name, body }) => `${name === null ? "" : `${printName(name)} = `}${printBody(body)}`)
        .join(" ");
    case "facet": {
      const body = node.body === null ? "" : ` with ${printBody(node.body)}`;
      return `by ${node.by.map(printExpression).join(", ")}${body}`;
    }
    case "reduce": {
      const properties = node.properties.length === 0 ? "" : ` with ${printProperties(node.properties)}`;
      return `by ${printExpression(node.by)}${properties}`;
    }
    case "scan": {
      const order = node.orderBy.length === 0 ? "" : `order by ${node.orderBy.map(printOrdered).join(", ")} `;
      const keys =
        node.partitionBy.length === 0 ? "" : `partition by ${node.partitionBy.map(printExpression).join(", ")} `;
      const declare = node.declare.length === 0 ? "" : `declare ${printColumns(node.declare)} `;
      return `${order}${keys}${declare}with (${node.steps.map(printStep).join(" ")})`;
    }
    case "partition":
      return `by ${printExpression(node.by)}${clause("in", node.scope)} ${printBody(node.body)}`;
    case "general":
      return node.text;
    default:
      return node satisfies never;
  }
}

function clause(word: string, node: Expression | null): string {
  return node === null ? "" : ` ${word} ${printExpression(node)}`;
}

function typed(dataType: string | null): string {
  return dataType === null ? "" : `:${dataType}`;
}

function printTables(tables: readonly Expression[] | null): string {
  return tables === null ? "" : `in (${tables.map(printExpression).join(", ")}) `;
}

function printSchema(columns: readonly string[], openSchema: boolean): string {
  return `(${[...(openSchema ? ["*"] : []), ...columns].join(", ")})`;
}

/** In parentheses, once: those of a pipeline or an error would else be doubled. */
function printBody(body: Expression): string {
  return `(${body.type === "error" ? printError(body) : printTable(body)})`;
}

function printOrdered({ expression, order, nulls }: Ordered): string {
  return printAssignment(expression) + (order === null ? "" : ` ${order}`) + (nulls === null ? "" : ` nulls ${nulls}`);
}

function printLevel({ count, of, others, by }: TopNestedLevel): string {
  const limit = count === null ? "" : `${printExpression(count)} `;
  const rest = others === null ? "" : ` with others = ${printExpression(others)}`;
  return `${limit}of ${printAssignment(of)}${rest} by ${printOrdered(by)}`;
}

function printExpanded({ column, dataType }: ExpandedColumn): string {
  return printAssignment(column) + (dataType === null ? "" : ` to typeof(${dataType})`);
}

function printParsePart(part: ParsePart): string {
  switch (part.type) {
    case "string":
      return part.text;
    case "star":
      return "*";
    case "capture":
      return printName(part.name) + typed(part.dataType);
    case "error":
      return printError(part);
    default:
      return part satisfies never;
  }
}

function printSeries({ aggregate, default: value }: Series): string {
  return printAssignment(aggregate) + (value === null ? "" : ` default=${printExpression(value)}`);
}

function printStep({ name, optional, output, condition, assignments }: ScanStep): string {
  const words = (optional ? " optional" : "") + (output === null ? "" : ` output=${output}`);
  const computed = assignments.length === 0 ? "" : ` => ${assignments.map(printAssignment).join(", ")}`;
  return `step ${printName(name)}${words}: ${printExpression(condition)}${computed};`;
}
