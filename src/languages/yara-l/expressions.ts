import { type Infix, type OperatorGrammar, parseOperators } from "../../kit/pratt.ts";
import { cover, type Span } from "../../kit/span.ts";
import { isOperator, isWord, takeOperator, takeWord } from "../../kit/tokens.ts";
import { errorFrom } from "../error-node.ts";
import type { ComparisonOperator, Node } from "./ast.ts";
import { primary } from "./operands.ts";
import type { Reader } from "./reader.ts";

/** Binding powers, loosest first; the printer uses them too. */
export const power = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, negative: 7, operand: 8 } as const;

const comparisons: ReadonlySet<string> = new Set(["=", "!=", "<", "<=", ">", ">="]);
const sums: ReadonlySet<string> = new Set(["+", "-"]);
const products: ReadonlySet<string> = new Set(["*", "/", "%"]);

/** Reads one condition or value, operators and all. It ends where no operator follows: there the next statement begins. */
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
  if (takeOperator(reader, "!")) {
    const operand = expression(reader, power.operand);
    return { type: "not", operand, span: cover(token.span, reader.extents.of(operand)) };
  }
  if (takeOperator(reader, "-")) {
    reader.report(
      "negative-number",
      "warning",
      "YARA-L has no negative numbers.",
      token.span,
      "Write 0 - 1 instead of -1.",
    );
    const operand = expression(reader, power.negative);
    const span = cover(token.span, reader.extents.of(operand));
    if (operand.type !== "number" || operand.text.startsWith("-")) return { type: "negative", operand, span };
    return { type: "number", value: -operand.value, text: `-${operand.text}`, span };
  }
  return primary(reader, expression);
}

function infix(reader: Reader, left: Node): Infix<Node> | null {
  const token = reader.cursor.peek();
  if (token.type === "word") {
    if (isWord(token, "and")) return junction(reader, "and");
    if (isWord(token, "or")) return junction(reader, "or");
    if (isWord(token, "in")) return membership(reader, left, false);
    if (isWord(token, "not") && isWord(reader.cursor.peek(1), "in")) return membership(reader, left, true);
    if (isWord(token, "nocase")) return nocase(reader);
    return isWord(token, "is") ? nullCheck(reader) : null;
  }
  if (token.type !== "operator") return null;
  if (comparisons.has(token.text)) return comparison(reader, left);
  if (sums.has(token.text)) return arithmetic(reader, power.sum);
  return products.has(token.text) ? arithmetic(reader, power.product) : null;
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
      if (token.text === "=" && takeOperator(reader, "=")) {
        reader.report("double-equals", "error", "A single = was expected.", cover(token.span, reader.cursor.last()));
      }
      const operator = token.text as ComparisonOperator;
      const right = operand();
      return { type: "comparison", operator, left, right, nocase: false, span: both(reader, left, right) };
    },
  };
}

function membership(reader: Reader, before: Node, negated: boolean): Infix<Node> {
  return {
    power: power.comparison,
    combine: (left, operand) => {
      refuseChain(reader, before, reader.cursor.peek().span);
      takeWord(reader, "not");
      takeWord(reader, "in");
      const kind = takeWord(reader, "regex") ? "regex" : takeWord(reader, "cidr") ? "cidr" : "plain";
      const right = operand();
      if (right.type !== "list" && right.type !== "error") {
        reader.report("expected-list", "warning", "A list, %name, was expected after in.", right.span);
      }
      return { type: "in", kind, negated, left, right, nocase: false, span: both(reader, left, right) };
    },
  };
}

/** Belongs to the comparison, list or call before it. */
function nocase(reader: Reader): Infix<Node> {
  return {
    power: power.comparison,
    combine: (left) => {
      const { span } = reader.cursor.next();
      const takes = left.type === "comparison" || left.type === "in" || left.type === "call";
      if (takes && !left.nocase && !reader.extents.isBracketed(left)) {
        return { ...left, nocase: true, span: toHere(reader, left) };
      }
      reader.report("misplaced-nocase", "error", "nocase belongs after one comparison or function.", span);
      return errorFrom(reader, reader.extents.of(left).start);
    },
  };
}

function nullCheck(reader: Reader): Infix<Node> {
  return {
    power: power.comparison,
    combine: (left) => {
      takeWord(reader, "is");
      const negated = takeWord(reader, "not");
      if (!takeWord(reader, "null")) {
        reader.report("expected-null", "error", "null was expected after is.", reader.cursor.peek().span);
        return errorFrom(reader, reader.extents.of(left).start);
      }
      return { type: "null_check", operand: left, negated, span: toHere(reader, left) };
    },
  };
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

function refuseChain(reader: Reader, left: Node, at: Span): void {
  const compares = left.type === "comparison" || left.type === "in";
  if (!compares || reader.extents.isBracketed(left)) return;
  reader.report("chained-comparison", "error", "A comparison of two values was expected; here is a third.", at);
}

/** Does the token begin an expression rather than go on with one? */
export function beginsExpression(reader: Reader): boolean {
  const token = reader.cursor.peek();
  if (token.type !== "operator") return token.type !== "unknown" && token.type !== "end";
  return ["(", "!", "-", "["].some((one) => isOperator(token, one));
}
