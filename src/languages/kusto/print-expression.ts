import type {
  Assignment,
  ColumnDeclaration,
  DynamicValue,
  ErrorNode,
  Expression,
  Literal,
  Name,
  Option,
  Pipeline,
} from "./ast.ts";
import { bindingOf, comparisonText, power } from "./comparison-operators.ts";
import { callableWords, isBoolean, wordClass } from "./keywords.ts";
import { printOperators } from "./print-operator.ts";
import { quote } from "./strings.ts";

const plain = /^[A-Za-z_$][A-Za-z0-9_]*$/;

/** Keywords that are names, but not before a parenthesis. */
const literalWords: ReadonlySet<string> = new Set(["typeof", "bool", "guid"]);

export function printName({ name }: Name): string {
  return plain.test(name) && wordClass(name) === "name" && !isBoolean(name) ? name : `[${quote(name)}]`;
}

function printCallee(name: string): string {
  const kind = wordClass(name);
  const bare = kind === "name" || (kind === "soft" && !literalWords.has(name)) || callableWords.has(name);
  return plain.test(name) && bare && !isBoolean(name) ? name : `[${quote(name)}]`;
}

/** An expression on one line, as it may stand anywhere that takes one. */
export function printExpression(node: Expression): string {
  return operand(node, power.or);
}

/** An expression where a table with its operators may stand without parentheses. */
export function printTable(node: Expression): string {
  return node.type === "pipeline" ? printPipeline(node, " ") : printExpression(node);
}

/** The operators with `gap` before each pipe. */
export function printPipeline({ source, leadingPipe, operators }: Pipeline, gap: string): string {
  const head = source === null ? "" : source.type === "error" ? printError(source) : printExpression(source);
  return head + printOperators(operators, gap, source !== null, leadingPipe);
}

/** As it was written. It may end in a string that is not closed, which only a line break ends. */
export function printError({ text }: ErrorNode): string {
  return `${text}\n`;
}

function operand(node: Expression, minimum: number): string {
  switch (node.type) {
    case "pipeline":
      return `(${printPipeline(node, " ")})`;
    case "error":
      return `(${printError(node)})`;
    default:
      return powerOf(node) < minimum ? `(${printNode(node)})` : printNode(node);
  }
}

function printNode(node: Exclude<Expression, Pipeline | ErrorNode>): string {
  switch (node.type) {
    case "and":
    case "or":
      return node.operands.map((one) => operand(one, power[node.type] + 1)).join(` ${node.type} `);
    case "comparison": {
      const binding = bindingOf(node.operator);
      const right = operand(node.right, binding + 1);
      return `${operand(node.left, binding + 1)} ${comparisonText(node.operator, node.negated)} ${right}`;
    }
    case "membership": {
      const word = `${node.negated ? "!" : ""}${node.operator}`;
      return `${operand(node.left, power.equality + 1)} ${word} (${printValues(node.values)})`;
    }
    case "between": {
      const word = node.negated ? "!between" : "between";
      const range = `(${printExpression(node.low)} .. ${printExpression(node.high)})`;
      return `${operand(node.left, power.equality + 1)} ${word} ${range}`;
    }
    case "arithmetic": {
      const binding = powerOf(node);
      return `${operand(node.left, binding)} ${node.operator} ${operand(node.right, binding + 1)}`;
    }
    case "sign":
      return `${node.operator}${operand(node.operand, power.operand)}`;
    case "call": {
      const values = printValues(node.arguments);
      const options = printOptions(node.options);
      return `${printCallee(node.name)}${options === "" ? "" : ` ${options} `}(${values})`;
    }
    case "member":
      return `${printObject(node.object)}.${node.member.type === "name" ? printName(node.member) : printNode(node.member)}`;
    case "index":
      return `${printObject(node.object)}[${printExpression(node.index)}]`;
    case "name":
      return printName(node);
    case "wildcard":
      return node.pattern;
    case "star":
      return "*";
    case "datatable": {
      const values = node.values.map(printExpression).join(", ");
      return `datatable ${spaced(printOptions(node.options))}${printColumns(node.columns)} [${values}]`;
    }
    case "externaldata": {
      const uris = node.uris.map(printExpression).join(", ");
      const properties = node.properties.length === 0 ? "" : ` with (${printProperties(node.properties)})`;
      return `externaldata ${spaced(printOptions(node.options))}${printColumns(node.columns)} [${uris}]${properties}`;
    }
    default:
      return printLiteral(node);
  }
}

function printLiteral(node: Literal): string {
  switch (node.type) {
    case "typeof":
      return node.dataType === null
        ? `typeof${printColumns(node.columns, node.openSchema)}`
        : `typeof(${node.dataType})`;
    case "dynamic":
      return `dynamic(${printDynamic(node.value)})`;
    default:
      return node.text;
  }
}

function printDynamic(node: DynamicValue): string {
  switch (node.type) {
    case "null":
      return "null";
    case "array":
      return `[${node.items.map(printDynamic).join(", ")}]`;
    case "object":
      return `{${node.entries.map((entry) => `${quote(entry.key)}: ${printDynamic(entry.value)}`).join(", ")}}`;
    case "error":
      return printError(node);
    default:
      return printLiteral(node);
  }
}

/** A number before a dot would take the dot for its own. */
function printObject(node: Expression): string {
  const isNumber = node.type === "number" || node.type === "timespan" || node.type === "guid";
  return isNumber ? `(${printNode(node)})` : operand(node, power.operand);
}

/** Values of a list in parentheses. A pipeline among others needs parentheses of its own: its commas are its own too. */
function printValues(values: readonly (Expression | Assignment)[]): string {
  const [only] = values;
  if (values.length === 1 && only?.type === "pipeline") return printPipeline(only, " ");
  return values.map((one) => (one.type === "assignment" ? printAssignment(one) : printExpression(one))).join(", ");
}

export function printAssignment({ names, expression }: Assignment): string {
  const [only] = names;
  const value = printExpression(expression);
  if (only === undefined) return value;
  return `${names.length === 1 ? printName(only) : `(${names.map(printName).join(", ")})`} = ${value}`;
}

/** `name=value name=value`. */
export function printOptions(options: readonly Option[]): string {
  return options.map(printOption).join(" ");
}

export function printProperties(options: readonly Option[]): string {
  return options.map(printOption).join(", ");
}

function printOption({ name, value, more }: Option): string {
  const isWord = value.type === "name" && plain.test(value.name) && !isBoolean(value.name);
  return [`${name}=${isWord ? value.name : printExpression(value)}`, ...more.map(printName)].join(", ");
}

export function printColumns(columns: readonly ColumnDeclaration[], openSchema = false): string {
  return `(${[...(openSchema ? ["*"] : []), ...columns.map(printDeclaration)].join(", ")})`;
}

export function printDeclaration(column: ColumnDeclaration): string {
  const value = column.default === null ? "" : `=${printExpression(column.default)}`;
  return `${printName(column.name)}:${column.dataType}${value}`;
}

/** With a blank after it, unless it is empty. */
export function spaced(text: string): string {
  return text === "" ? "" : `${text} `;
}

function powerOf(node: Expression): number {
  switch (node.type) {
    case "and":
    case "or":
      return power[node.type];
    case "comparison":
      return bindingOf(node.operator);
    case "membership":
    case "between":
      return power.equality;
    case "arithmetic":
      return node.operator === "+" || node.operator === "-" ? power.sum : power.product;
    case "sign":
      return power.sign;
    default:
      return power.operand;
  }
}
