import { type Infix, type OperatorGrammar, parseOperators } from "../../kit/pratt.ts";
import { cover, type Span } from "../../kit/span.ts";
import { isOperator, takeOperator } from "../../kit/tokens.ts";
import { errorFrom } from "../error-node.ts";
import type { ComparisonOperator, Node, PatternOperator } from "./ast.ts";
import { list, primary } from "./operands.ts";
import { endsExpression, isWord, passOver, type Reader, takeWord } from "./reader.ts";

/** Binding powers, loosest first; the printer uses them too. */
export const power = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, negative: 7, operand: 8 } as const;

const comparisons: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">=", "="]);
const sums: ReadonlySet<string> = new Set(["+", "-"]);
const products: ReadonlySet<string> = new Set(["*", "/", "%"]);

/** Reads one condition or value, operators and all. */
export function expression(reader: Reader, minimum: number = power.or): Node {
  const grammar: OperatorGrammar<Node> = {
    prefix: () => prefix(reader),
    infix: (left) => infix(reader, left),
    tooDeep: (left) => tooDeep(reader, left),
  };
  return parseOperators(grammar, reader.nesting, minimum, isJunction);
}

function isJunction(node: Node): boolean {
  return node.type === "and" || node.type === "or";
}

function tooDeep(reader: Reader, left: Node | null): Node {
  const at = reader.cursor.peek().span;
  reader.report("too-deep", "error", "This nests deeper than any rule needs; the rest is not read.", at);
  reader.giveUp();
  while (reader.cursor.peek().type !== "end") reader.cursor.next();
  return errorFrom(reader, left === null ? at.start : reader.extents.of(left).start);
}

function prefix(reader: Reader): Node {
  const token = reader.cursor.peek();
  if (takeWord(reader, "not")) {
    const operand = expression(reader, power.not);
    return { type: "not", operand, span: cover(token.span, reader.extents.of(operand)) };
  }
  if (takeOperator(reader, "-")) {
    const operand = expression(reader, power.negative);
    const span = cover(token.span, reader.extents.of(operand));
    if (operand.type !== "number" || operand.text.startsWith("-")) return { type: "negative", operand, span };
    return { type: "number", value: -operand.value, text: `-${operand.text}`, span };
  }
  if (takeOperator(reader, "+")) {
    const operand = expression(reader, power.negative);
    return operand.type === "error" ? operand : { ...operand, span: cover(token.span, reader.extents.of(operand)) };
  }
  return primary(reader, expression);
}

function infix(reader: Reader, left: Node): Infix<Node> | null {
  const token = reader.cursor.peek();
  if (isWord(token, "and")) return junction(reader, "and");
  if (isWord(token, "or")) return junction(reader, "or");
  const negated = isWord(token, "not") && isWord(reader.cursor.peek(1), "in");
  if (negated || isWord(token, "in")) return membership(reader, left, negated);
  if (isWord(token, "like")) return pattern(reader, left, "like");
  if (isWord(token, "regex")) return pattern(reader, left, "regex");
  if (isOperator(token, ":")) return pattern(reader, left, ":");
  if (token.type === "operator") {
    if (comparisons.has(token.text)) return comparison(reader, left);
    if (sums.has(token.text)) return arithmetic(reader, power.sum);
    if (products.has(token.text)) return arithmetic(reader, power.product);
  }
  return endsExpression(reader) ? null : misplaced(reader);
}

function both(reader: Reader, left: Node, right: Node): Span {
  return cover(reader.extents.of(left), reader.extents.of(right));
}

function toHere(reader: Reader, left: Node): Span {
  return cover(reader.extents.of(left), reader.cursor.last());
}

/** Junctions of one kind are merged. The operand list is extended in place: the left node is given up for the new one. */
function junction(reader: Reader, type: "and" | "or"): Infix<Node> {
  return {
    power: power[type],
    combine: (left, operand) => {
      takeWord(reader, type);
      const right = operand();
      const operands = left.type === type ? (left.operands as Node[]) : [left];
      for (const one of right.type === type ? right.operands : [right]) operands.push(one);
      return { type, operands, span: both(reader, left, right) };
    },
  };
}

function comparison(reader: Reader, before: Node): Infix<Node> {
  return {
    power: power.comparison,
    combine: (left, operand) => {
      const token = reader.cursor.next();
      refuseChain(reader, before, token.span);
      if (token.text === "=") {
        reader.report(
          "single-equals",
          "error",
          "== (or :) was expected.",
          token.span,
          "A single = compares nothing in EQL.",
        );
      }
      const operator = (token.text === "=" ? "==" : token.text) as ComparisonOperator;
      const right = operand();
      return { type: "comparison", operator, left, right, span: both(reader, left, right) };
    },
  };
}

function membership(reader: Reader, before: Node, negated: boolean): Infix<Node> {
  return {
    power: power.comparison,
    combine: (left) => {
      refuseChain(reader, before, reader.cursor.peek().span);
      takeWord(reader, "not");
      takeWord(reader, "in");
      const fold = takeOperator(reader, "~");
      const values = valueList(reader, "in");
      return { type: "in", negated, fold, left, values, span: toHere(reader, left) };
    },
  };
}

function valueList(reader: Reader, operator: string): readonly Node[] {
  if (isOperator(reader.cursor.peek(), "(")) return list(reader, expression);
  reader.report(
    "expected-list",
    "error",
    `A list in parentheses was expected after ${operator}.`,
    reader.cursor.peek().span,
  );
  return [expression(reader, power.sum)];
}

function pattern(reader: Reader, before: Node, word: ":" | "like" | "regex"): Infix<Node> {
  return {
    power: power.comparison,
    combine: (left, operand) => {
      refuseChain(reader, before, reader.cursor.peek().span);
      if (word === ":") reader.cursor.next();
      else takeWord(reader, word);
      const operator: PatternOperator = word !== ":" && takeOperator(reader, "~") ? `${word}~` : word;
      const isList = isOperator(reader.cursor.peek(), "(");
      const values = isList ? list(reader, expression) : [operand()];
      for (const value of values) refuseComputed(reader, operator, value);
      return { type: "pattern", operator, left, values, list: isList, span: toHere(reader, left) };
    },
  };
}

function refuseComputed(reader: Reader, operator: PatternOperator, value: Node): void {
  if (value.type === "string" || value.type === "number" || value.type === "boolean" || value.type === "error") return;
  reader.report("pattern-not-constant", "warning", `A constant was expected after ${operator}.`, value.span);
}

function arithmetic(reader: Reader, binding: number): Infix<Node> {
  return {
    power: binding,
    combine: (left, operand) => {
      const operator = reader.cursor.next().text as "+" | "-" | "*" | "/" | "%";
      const right = operand();
      return { type: "arithmetic", operator, left, right, span: both(reader, left, right) };
    },
  };
}

/** `a < b < c`: the left side is a comparison that no parentheses hold. */
function refuseChain(reader: Reader, left: Node, at: Span): void {
  const compares = left.type === "comparison" || left.type === "in" || left.type === "pattern";
  if (!compares || reader.extents.isBracketed(left)) return;
  reader.report("chained-comparison", "error", "Comparisons cannot be chained.", at, "Join two comparisons with and.");
}

/** A token that neither goes on with the expression nor ends it: the comparison before it is given up with it. */
function misplaced(reader: Reader): Infix<Node> {
  return {
    power: power.comparison,
    combine: (left) => {
      const { span, text } = reader.cursor.peek();
      reader.report(
        "unexpected",
        "error",
        "An operator, and, or, or the end of the condition was expected.",
        span,
        hintFor(text),
      );
      passOver(reader, () => endsExpression(reader));
      return errorFrom(reader, reader.extents.of(left).start);
    },
  };
}

function hintFor(text: string): string | undefined {
  if (text === ")" || text === "]") return "Nothing is open that this could close.";
  if (text.startsWith('"')) return "Values of a list are separated by commas.";
  if (/^[.0-9]/.test(text)) return "Names that begin with a digit or hold a hyphen stand in `backticks`.";
  return undefined;
}
