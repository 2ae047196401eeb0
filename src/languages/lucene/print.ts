import type { Clause, LuceneNode, LuceneQuery } from "./ast.ts";

/** The query as text that parses to the same tree. Values and errors stand as they were written. */
export function print(ast: LuceneQuery): string {
  return ast.clauses.map(clause).join(" ");
}

function clause({ conjunction, modifier, node }: Clause): string {
  const before = conjunction === null ? "" : `${conjunction} `;
  return `${before}${modifier === null ? "" : modifier === "+" ? "+" : "NOT "}${printNode(node)}`;
}

/** One clause without what stands before it. */
export function printNode(node: LuceneNode): string {
  switch (node.type) {
    case "field":
      return `${node.name.text}:${printNode(node.value)}`;
    case "term":
    case "regex":
      return `${node.text}${node.fuzzy ?? ""}${boost(node)}`;
    case "phrase":
      return `${node.text}${node.slop ?? ""}${boost(node)}`;
    case "range": {
      const { low, high } = node;
      return `${low.inclusive ? "[" : "{"}${low.text} TO ${high.text}${high.inclusive ? "]" : "}"}${boost(node)}`;
    }
    case "group":
      return `(${print(node.query)}${node.closed ? ")" : ""}${boost(node)}`;
    case "error":
      return node.text;
    default:
      return node satisfies never;
  }
}

function boost(node: { readonly boost: string | null }): string {
  return node.boost === null ? "" : `^${node.boost}`;
}
