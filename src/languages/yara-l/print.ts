import type {
  Document,
  Entry,
  Match,
  NamedStage,
  Node,
  PathPart,
  ResultSection,
  Rule,
  Search,
  Sections,
  TableWrite,
} from "./ast.ts";
import { power } from "./expressions.ts";

/** YARA-L text of an ast, sections in their order. Literals and errors stand as they were written. */
export function print(ast: Document): string {
  const parts: readonly { readonly span: { readonly start: number }; readonly text: string }[] = [
    ...ast.rules.map((one) => ({ span: one.span, text: printBlock("rule", one) })),
    ...ast.stray.map((one) => ({ span: one.span, text: one.text })),
    ...(ast.search === null ? [] : [{ span: ast.search.span, text: printSearch(ast.search) }]),
  ];
  return parts
    .toSorted((a, b) => a.span.start - b.span.start)
    .map((one) => one.text)
    .join("\n\n");
}

function printBlock(keyword: string, block: Rule | NamedStage): string {
  const headless = keyword === "stage";
  const lines = printSections(block, headless).map((line) => (line === "" ? line : `  ${line}`));
  return [`${keyword}${block.name === "" ? "" : ` ${block.name}`} {`, ...lines, "}"].join("\n");
}

function printSearch(search: Search): string {
  return [...search.stages.map((one) => printBlock("stage", one)), ...printSections(search, true)].join("\n");
}

/** `headless`: events without their header, as searches have them; what belongs to no section comes last there. */
function printSections(body: Sections, headless: boolean): readonly string[] {
  const stray = body.stray.map((one) => `${one.text}\n`);
  const events = body.events.map(printNode);
  return [
    ...(headless ? [] : stray),
    ...(headless ? events : []),
    ...printList("meta", body.meta.map(printEntry)),
    ...(headless ? [] : printList("events", events)),
    ...(body.match === null ? [] : printMatch(body.match)),
    ...printList(
      "outcome",
      body.outcome.map((one) => `$${one.name} = ${printNode(one.value)}`),
    ),
    ...(body.condition === null ? [] : ["condition:", `  ${printNode(body.condition)}`]),
    ...printList("options", body.options.map(printEntry)),
    ...body.results.map(printResult),
    ...printList("export", body.exports.map(printWrite)),
    ...(headless ? stray : []),
  ];
}

function printList(name: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${name}:`, ...lines.map((line) => `  ${line}`)];
}

function printEntry(entry: Entry): string {
  return `${entry.key} = ${entry.text}`;
}

function printMatch({ keys, window }: Match): readonly string[] {
  const anchor = window?.anchor == null ? "" : ` ${window.anchor.side} $${window.anchor.variable}`;
  const over = window === null ? "" : ` ${window.kind} ${window.length}${anchor}`;
  return ["match:", `  ${keys.map((one) => operand(one, power.comparison)).join(", ")}${over}`];
}

function printResult({ kind, keys }: ResultSection): string {
  const parts = keys.map((one) => {
    return operand(one.value, power.sum) + (one.direction === null ? "" : ` ${one.direction}`);
  });
  return `${kind}: ${parts.join(", ")}`;
}

function printWrite({ table, columns }: TableWrite): string {
  return `%${table}.write_row(${columns.map((one) => `${one.name === "" ? "" : `${one.name}: `}${printNode(one.value)}`).join(", ")})`;
}

/** One condition or value on one line. */
export function printNode(node: Node): string {
  switch (node.type) {
    case "and":
    case "or":
      return node.operands.map((one) => operand(one, power[node.type] + 1)).join(` ${node.type} `);
    case "not":
      if (node.operand.type === "variable") return `!${printNode(node.operand)}`;
      return `not ${operand(node.operand, power.not)}`;
    case "comparison": {
      const sides = `${operand(node.left, power.sum)} ${node.operator} ${operand(node.right, power.sum)}`;
      return sides + nocase(node);
    }
    case "in": {
      const kind = node.kind === "plain" ? "" : ` ${node.kind}`;
      const word = `${node.negated ? "not " : ""}in${kind}`;
      return `${operand(node.left, power.sum)} ${word} ${operand(node.right, power.sum)}${nocase(node)}`;
    }
    case "arithmetic": {
      const binding = powerOf(node);
      return `${operand(node.left, binding)} ${node.operator} ${operand(node.right, binding + 1)}`;
    }
    case "negative":
      return `-${operand(node.operand, power.negative)}`;
    case "call":
      return `${node.name}(${node.arguments.map(printNode).join(", ")})${nocase(node)}`;
    case "quantified":
      return `${node.quantifier} ${operand(node.operand, power.operand)}`;
    case "selection":
      return `${node.quantity} of [${node.items.map(printNode).join(", ")}]`;
    case "null_check":
      return `${operand(node.operand, power.sum)} is ${node.negated ? "not " : ""}null`;
    case "array":
      return `[${node.items.map(printNode).join(", ")}]`;
    case "field":
      return printField(node.variable, node.path);
    case "variable":
      return `$${node.name}`;
    case "count":
      return `#${node.name}`;
    case "list":
      return `%${node.name}`;
    case "string":
    case "regex":
    case "number":
      return node.text;
    case "boolean":
      return String(node.value);
    case "null":
      return "null";
    case "error":
      return `${node.text}\n`;
    default:
      return node satisfies never;
  }
}

function nocase(node: { readonly nocase: boolean }): string {
  return node.nocase ? " nocase" : "";
}

function printField(variable: string | null, path: readonly PathPart[]): string {
  return path.reduce(
    (text, part) => {
      switch (part.type) {
        case "name":
          return text === "" ? part.name : `${text}.${part.name}`;
        case "key":
          return `${text}["${part.key.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}"]`;
        case "index":
          return `${text}[${part.index}]`;
        default:
          return part satisfies never;
      }
    },
    variable === null ? "" : `$${variable}`,
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
    case "null_check":
      return power.comparison;
    case "call":
      return node.nocase ? power.comparison : power.operand;
    case "arithmetic":
      return node.operator === "+" || node.operator === "-" ? power.sum : power.product;
    case "negative":
      return power.negative;
    case "quantified":
    case "selection":
    case "array":
    case "field":
    case "variable":
    case "count":
    case "list":
    case "string":
    case "regex":
    case "number":
    case "boolean":
    case "null":
    case "error":
      return power.operand;
    default:
      return node satisfies never;
  }
}
