import type { ErrorNode, EventQuery, Field, Node, Pipe, Query, Sequence, Step } from "./ast.ts";
import { power } from "./expressions.ts";
import { reserved } from "./reader.ts";

/** Width beyond which a condition's top-level `and` is broken into lines. */
const width = 100;

const plainName = /^[A-Za-z_@][A-Za-z0-9_@]*$/;
const bodyWords: ReadonlySet<string> = new Set(["any", "sequence", "sample", "join"]);

/** EQL text of an ast. Parentheses stand where precedence needs them; literals and errors as they were written. */
export function print(ast: Query): string {
  const { body } = ast;
  const head = body.type === "sequence" ? printSequence(body) : printEvent(body);
  return [head, ...ast.pipes.map(printPipe)].join("\n");
}

function printEvent(query: EventQuery | ErrorNode, indent = "  "): string {
  if (query.type === "error") return printError(query);
  const { condition } = query;
  const head = `${query.category === null ? "any" : printCategory(query.category)} where `;
  const line = head + printNode(condition);
  if (line.length <= width || condition.type !== "and") return line;
  return head + condition.operands.map((one) => operand(one, power.and)).join(` and\n${indent}`);
}

function printCategory(category: string): string {
  const word = category.toLowerCase();
  return plainName.test(category) && !reserved.has(word) && !bodyWords.has(word) ? category : JSON.stringify(category);
}

function printSequence(sequence: Sequence): string {
  const span = sequence.maxspan === null ? "" : ` with maxspan=${sequence.maxspan}`;
  const lines = [`${sequence.kind}${printKeys(sequence.by)}${span}`];
  for (const step of sequence.steps) lines.push(`  ${step.type === "error" ? printError(step) : printStep(step)}`);
  if (sequence.until !== null) lines.push(`until ${printStep(sequence.until)}`);
  return lines.join("\n");
}

function printStep(step: Step): string {
  const runs = step.runs === 1 ? "" : ` with runs=${step.runs}`;
  return `${step.missing ? "!" : ""}[${printEvent(step.query, "    ")}]${printKeys(step.by)}${runs}`;
}

function printKeys(keys: readonly Node[]): string {
  return keys.length === 0 ? "" : ` by ${keys.map(printNode).join(", ")}`;
}

function printPipe(pipe: Pipe | ErrorNode): string {
  if (pipe.type === "error") return printError(pipe);
  const values = pipe.arguments.map(printNode).join(", ");
  return `| ${pipe.name}${values === "" ? "" : ` ${values}`}`;
}

/** An error may end in an unclosed string, which only a line break ends. */
function printError(node: ErrorNode): string {
  return `${node.text}\n`;
}

/** One condition or value on one line. */
export function printNode(node: Node): string {
  switch (node.type) {
    case "and":
    case "or":
      return node.operands.map((one) => operand(one, power[node.type])).join(` ${node.type} `);
    case "not":
      return `not ${operand(node.operand, power.not)}`;
    case "comparison":
      return `${operand(node.left, power.sum)} ${node.operator} ${operand(node.right, power.sum)}`;
    case "in": {
      const word = `${node.negated ? "not " : ""}in${node.fold ? "~" : ""}`;
      return `${operand(node.left, power.sum)} ${word} (${node.values.map(printNode).join(", ")})`;
    }
    case "pattern": {
      const values = node.values.map(printNode).join(", ");
      const gap = node.operator === ":" ? " : " : ` ${node.operator} `;
      return operand(node.left, power.sum) + gap + (node.list ? `(${values})` : values);
    }
    case "arithmetic": {
      const binding = powerOf(node);
      return `${operand(node.left, binding)} ${node.operator} ${operand(node.right, binding + 1)}`;
    }
    case "negative":
      return `-${operand(node.operand, power.negative)}`;
    case "call":
      return `${node.name}${node.fold ? "~" : ""}(${node.arguments.map(printNode).join(", ")})`;
    case "field":
      return printField(node);
    case "string":
    case "number":
      return node.text;
    case "boolean":
      return String(node.value);
    case "null":
      return "null";
    case "error":
      return printError(node);
    default:
      return node satisfies never;
  }
}

function printField(field: Field): string {
  return field.path.reduce<string>(
    (text, part, index) => {
      if (typeof part === "number") return `${text}[${part}]`;
      const plain = plainName.test(part) && !(index === 0 && reserved.has(part.toLowerCase()));
      return `${text}${index === 0 ? "" : "."}${plain ? part : `\`${part.replaceAll("`", "``")}\``}`;
    },
    field.optional ? "?" : "",
  );
}

/** A part in its surroundings: in parentheses where it binds looser than they ask for. */
function operand(node: Node, minimum: number): string {
  const text = printNode(node);
  return powerOf(node) < minimum ? `(${text})` : text;
}

function powerOf(node: Node): number {
  switch (node.type) {
    case "and":
    case "or":
    case "not":
      return power[node.type];
    case "comparison":
    case "in":
    case "pattern":
      return power.comparison;
    case "arithmetic":
      return node.operator === "+" || node.operator === "-" ? power.sum : power.product;
    case "negative":
      return power.negative;
    case "call":
    case "field":
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "error":
      return power.operand;
    default:
      return node satisfies never;
  }
}
