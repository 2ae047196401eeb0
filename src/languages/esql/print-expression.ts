import type { Expression } from "./ast.ts";
import { power } from "./power.ts";
import { printInner } from "./print.ts";
import { isReservedWord } from "./reader.ts";

/** One condition or value on one line; brackets stand where precedence needs them. */
export function printExpression(node: Expression): string {
  switch (node.type) {
    case "and":
    case "or":
      return node.operands.map((one) => operand(one, power[node.type] + 1)).join(` ${node.type} `);
    case "not":
      return `not ${operand(node.operand, power.not)}`;
    case "comparison":
      return `${side(node.left)} ${node.operator} ${side(node.right)}`;
    case "in":
      return `${side(node.left)}${negation(node.negated)} in (${list(node.values)})`;
    case "in_subquery":
      return `${side(node.left)}${negation(node.negated)} in ${printInner(node.query)}`;
    case "pattern": {
      const patterns = node.list ? `(${list(node.patterns)})` : node.patterns.map(side).join("");
      return `${side(node.left)}${negation(node.negated)} ${node.operator} ${patterns}`;
    }
    case "is_null":
      return `${side(node.operand)} is${negation(node.negated)} null`;
    case "match":
      return `${side(node.left)} : ${side(node.right)}`;
    case "arithmetic": {
      const binding = powerOf(node);
      return `${operand(node.left, binding)} ${node.operator} ${operand(node.right, binding + 1)}`;
    }
    case "negative":
      return `-${node.operand.type === "number" ? `(${node.operand.text})` : operand(node.operand, power.negative)}`;
    case "cast":
      return `${operand(node.operand, power.cast)}::${printPart(node.to)}`;
    case "call":
      return `${node.name.startsWith("?") ? node.name : printPart(node.name)}(${list(node.arguments)})`;
    case "field":
      return printName(node.name);
    case "string":
    case "number":
    case "parameter":
    case "timespan":
      return node.text;
    case "boolean":
      return String(node.value);
    case "null":
      return "null";
    case "list":
      return `[${list(node.items)}]`;
    case "entries":
      return `{${node.entries.map(({ key, value }) => `${key.text}: ${printExpression(value)}`).join(", ")}}`;
    case "star":
      return "*";
    case "fault":
      return "";
    default:
      return node satisfies never;
  }
}

function list(all: readonly Expression[]): string {
  return all.map(printExpression).join(", ");
}

function negation(negated: boolean): string {
  return negated ? " not" : "";
}

/** A side of a comparison. */
function side(node: Expression): string {
  return operand(node, power.sum);
}

/** A part in its surroundings: in brackets where it binds looser than they ask for. */
function operand(node: Expression, minimum: number): string {
  const text = printExpression(node);
  return powerOf(node) < minimum ? `(${text})` : text;
}

function powerOf(node: Expression): number {
  switch (node.type) {
    case "and":
    case "or":
    case "not":
    case "negative":
    case "cast":
      return power[node.type];
    case "comparison":
    case "in":
    case "in_subquery":
    case "pattern":
    case "is_null":
    case "match":
      return power.comparison;
    case "arithmetic":
      return node.operator === "+" || node.operator === "-" ? power.sum : power.product;
    case "number":
      return node.text.startsWith("-") ? power.negative : power.operand;
    case "call":
    case "field":
    case "string":
    case "parameter":
    case "boolean":
    case "null":
    case "timespan":
    case "list":
    case "entries":
    case "star":
    case "fault":
      return power.operand;
    default:
      return node satisfies never;
  }
}

const plainPart = /^[A-Za-z_@][A-Za-z0-9_@]*$/;

/** A name, in backticks where it needs them. */
export function printName(name: string): string {
  if (!name.includes(".")) return printPart(name);
  const parts = name.split(".");
  return parts.every((one) => one !== "") ? parts.map(printPart).join(".") : quoted(name);
}

function printPart(part: string): string {
  return plainPart.test(part) && !isReservedWord(part) ? part : quoted(part);
}

function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}
