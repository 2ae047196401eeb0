import type { KueryNode, Literal, ValueNode } from "./ast.ts";

const strength = { or: 1, and: 2, not: 3 } as const;

/** The query as text that parses to the same tree. Literals and errors stand as they were written. */
export function print(ast: KueryNode): string {
  return query(ast, 0);
}

function query(node: KueryNode, outer: number): string {
  switch (node.type) {
    case "and":
    case "or":
      return bracketed(
        node.operands.map((one) => query(one, strength[node.type])).join(` ${node.type} `),
        strength[node.type],
        outer,
      );
    case "not":
      return `not ${query(node.operand, strength.not)}`;
    case "is":
      return `${node.field.text}:${fieldValue(node.value)}`;
    case "range":
      return `${node.field.text} ${node.operator} ${literal(node.value)}`;
    case "nested":
      return `${node.field.text}:{ ${query(node.query, 0)} }`;
    case "bare":
      return literal(node.value);
    case "all":
      return "";
    case "error":
      return node.text;
    default:
      return node satisfies never;
  }
}

/** A group needs its brackets whatever stands in it. */
function fieldValue(node: ValueNode): string {
  return node.type === "literal" || node.type === "error" ? value(node, 0) : `(${value(node, 0)})`;
}

function value(node: ValueNode, outer: number): string {
  switch (node.type) {
    case "and":
    case "or":
      return bracketed(
        node.operands.map((one) => value(one, strength[node.type])).join(` ${node.type} `),
        strength[node.type],
        outer,
      );
    case "not":
      return `not ${value(node.operand, strength.not)}`;
    case "literal":
      return literal(node);
    case "error":
      return node.text;
    default:
      return node satisfies never;
  }
}

function bracketed(text: string, own: number, outer: number): string {
  return own < outer ? `(${text})` : text;
}

/** A keyword that was read as a value is one only where nothing follows it. */
function literal(node: Literal): string {
  return /^(?:and|or|not)$/i.test(node.text) ? `(${node.text})` : node.text;
}
