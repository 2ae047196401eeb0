import type { KueryNode, Literal, Operated, ValueNode } from "./ast.ts";

const strength = { or: 1, and: 2, not: 3 } as const;

/** The query as text that parses to the same tree. Literals and errors stand as they were written. */
export function print(ast: KueryNode): string {
  return query(ast, 0);
}

function query(node: KueryNode, outer: number): string {
  switch (node.type) {
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
    default:
      return operated(node, outer, query);
  }
}

/** A group needs its brackets whatever stands in it. */
function fieldValue(node: ValueNode): string {
  return node.type === "literal" || node.type === "error" ? value(node, 0) : `(${value(node, 0)})`;
}

function value(node: ValueNode, outer: number): string {
  return node.type === "literal" ? literal(node) : operated(node, outer, value);
}

/** `outer` is how strongly what stands around holds its operands. */
function operated<Operand>(
  node: Operated<Operand>,
  outer: number,
  print: (operand: Operand, outer: number) => string,
): string {
  switch (node.type) {
    case "and":
    case "or": {
      const own = strength[node.type];
      const text = node.operands.map((one) => print(one, own)).join(` ${node.type} `);
      return own < outer ? `(${text})` : text;
    }
    case "not":
      return `not ${print(node.operand, strength.not)}`;
    case "error":
      return node.text;
    default:
      return node satisfies never;
  }
}

/** A keyword that was read as a value is one only where nothing follows it. */
function literal(node: Literal): string {
  return /^(?:and|or|not)$/i.test(node.text) ? `(${node.text})` : node.text;
}
