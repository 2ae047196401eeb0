import { parseOperators } from "../../kit/pratt.ts";
import { cover, type Span } from "../../kit/span.ts";
import type { TokenCursor } from "../../kit/tokens.ts";
import type { BinaryOperator, ErrorNode, EvalExpression } from "./ast.ts";
import { isWord, type SplToken } from "./lexer.ts";
import { readMacroCall } from "./macros.ts";
import { readSubsearch } from "./pipeline.ts";
import { type Reading, report } from "./reading.ts";

type Cursor = TokenCursor<SplToken>;

/**
 * Binding powers of where and eval: NOT, then AND, then OR, then XOR (Splunk, Search Manual, "Boolean expressions with
 * logical operators"); comparisons bind tighter than NOT, concatenation and arithmetic tighter than comparisons.
 */
export const powers = { xor: 1, or: 2, and: 3, not: 4, comparison: 5, concat: 6, sum: 7, product: 8, sign: 9 } as const;

const symbols: Readonly<Record<string, { readonly operator: BinaryOperator; readonly power: number }>> = {
  "=": { operator: "=", power: powers.comparison },
  "==": { operator: "==", power: powers.comparison },
  "!=": { operator: "!=", power: powers.comparison },
  "<": { operator: "<", power: powers.comparison },
  "<=": { operator: "<=", power: powers.comparison },
  ">": { operator: ">", power: powers.comparison },
  ">=": { operator: ">=", power: powers.comparison },
  ".": { operator: ".", power: powers.concat },
  "+": { operator: "+", power: powers.sum },
  "-": { operator: "-", power: powers.sum },
  "*": { operator: "*", power: powers.product },
  "/": { operator: "/", power: powers.product },
  "%": { operator: "%", power: powers.product },
};

export function powerOf(operator: BinaryOperator): number {
  return operator === "like" ? powers.comparison : (symbols[operator]?.power ?? powers.comparison);
}

/** Reads one expression; stops before the first token that cannot continue it. */
export function readEval(reading: Reading, cursor: Cursor, minimum: number = powers.xor): EvalExpression {
  const expression = parseOperators<EvalExpression>(
    {
      prefix: () => readOperand(reading, cursor),
      infix: (left) => {
        const token = cursor.peek();
        const junction = junctionAt(token);
        if (junction !== null) return { power: powers[junction], combine: joinAt(cursor, junction) };
        const symbol = token.type === "operator" ? symbols[token.text] : undefined;
        if (symbol !== undefined) return { power: symbol.power, combine: binaryAt(cursor, symbol.operator) };
        if (isWord(token, "like")) return { power: powers.comparison, combine: binaryAt(cursor, "like") };
        if (isListAt(cursor)) return { power: powers.comparison, combine: () => readList(reading, cursor, left) };
        return null;
      },
      tooDeep: (left) => tooDeep(reading, cursor, left),
    },
    reading.nesting,
    minimum,
    (node) => node.type === "and" || node.type === "or" || node.type === "xor",
  );
  return expression;
}

function junctionAt(token: SplToken): "and" | "or" | "xor" | null {
  if (isWord(token, "and")) return "and";
  if (isWord(token, "or")) return "or";
  return isWord(token, "xor") ? "xor" : null;
}

function joinAt(cursor: Cursor, type: "and" | "or" | "xor") {
  return (left: EvalExpression, operand: () => EvalExpression): EvalExpression => {
    cursor.next();
    const right = operand();
    return joinEval(type, [left, right], cover(left.span, right.span));
  };
}

/**
 * Groups of the same kind are one, however they were bracketed. A chain grows in place: the list on the left was made
 * here and nobody else holds it, and copying it at every operand would be quadratic.
 */
function joinEval(type: "and" | "or" | "xor", operands: readonly EvalExpression[], span: Span): EvalExpression {
  const [left, right] = operands;
  if (left?.type === type && right !== undefined && right.type !== type) {
    (left.operands as EvalExpression[]).push(right);
    return { type, operands: left.operands, span };
  }
  return { type, operands: operands.flatMap((one) => (one.type === type ? one.operands : [one])), span };
}

function binaryAt(cursor: Cursor, operator: BinaryOperator) {
  return (left: EvalExpression, operand: () => EvalExpression): EvalExpression => {
    cursor.next();
    const right = operand();
    return { type: "binary", operator, left, right, span: cover(left.span, right.span) };
  };
}

/** `x IN (…)`; a function call `in(x, …)` is read as a call. */
function isListAt(cursor: Cursor): boolean {
  return isWord(cursor.peek(), "in") && cursor.peek(1).text === "(";
}

function readList(reading: Reading, cursor: Cursor, left: EvalExpression): EvalExpression {
  cursor.next();
  const open = cursor.next();
  const values = readArguments(reading, cursor, open.span);
  return { type: "in", left, values, span: cover(left.span, cursor.last()) };
}

function readArguments(reading: Reading, cursor: Cursor, open: Span): readonly EvalExpression[] {
  const values: EvalExpression[] = [];
  if (cursor.peek().text === ")") {
    cursor.next();
    return values;
  }
  for (;;) {
    values.push(readEval(reading, cursor));
    const token = cursor.peek();
    if (token.type === "punctuation" && token.text === ",") {
      cursor.next();
      continue;
    }
    if (token.type === "punctuation" && token.text === ")") {
      cursor.next();
      return values;
    }
    if (token.type === "end") {
      report(reading, "unclosed-parenthesis", "error", "A closing parenthesis is expected.", open);
      return values;
    }
    report(
      reading,
      "list-separator",
      "error",
      "A comma is expected between the parts of a list.",
      token.span,
      "Add a comma here.",
    );
  }
}

function readOperand(reading: Reading, cursor: Cursor): EvalExpression {
  const token = cursor.next();
  switch (token.type) {
    case "string":
      return { type: "string", text: token.text, span: token.span };
    case "number":
      return { type: "number", text: token.text, span: token.span };
    case "quoted_field":
      return { type: "field", text: token.text, span: token.span };
    case "macro":
      return readMacroCall(reading, token);
    case "subsearch":
      return readSubsearch(reading, token);
    case "word":
      return readWord(reading, cursor, token);
    case "punctuation":
      if (token.text === "(") return readGroup(reading, cursor, token);
      break;
    case "operator":
      if (token.text === "-" || token.text === "+" || token.text === "!") return readSigned(reading, cursor, token);
      break;
    case "end":
      break;
    default:
      token.type satisfies never;
  }
  report(reading, "missing-operand", "error", "A field, a value or a function is expected.", token.span);
  return errorNode(reading, token.span);
}

function errorNode(reading: Reading, span: Span): ErrorNode {
  return { type: "error", text: reading.text.slice(span.start, span.end), span };
}

function readGroup(reading: Reading, cursor: Cursor, open: SplToken): EvalExpression {
  const inner = readEval(reading, cursor);
  if (cursor.peek().text === ")") cursor.next();
  else report(reading, "unclosed-parenthesis", "error", "A closing parenthesis is expected.", open.span);
  return inner;
}

function readSigned(reading: Reading, cursor: Cursor, sign: SplToken): EvalExpression {
  const not = sign.text === "!";
  const operand = readEval(reading, cursor, not ? powers.not : powers.sign);
  if (sign.text === "+") return operand;
  return { type: not ? "not" : "negative", operand, span: cover(sign.span, operand.span) };
}

function readWord(reading: Reading, cursor: Cursor, token: SplToken): EvalExpression {
  const open = cursor.peek();
  if (isWord(token, "not")) {
    const operand = readEval(reading, cursor, powers.not);
    return { type: "not", operand, span: cover(token.span, operand.span) };
  }
  if (open.type === "punctuation" && open.text === "(") {
    cursor.next();
    const values = readArguments(reading, cursor, open.span);
    return { type: "call", name: token.text, arguments: values, span: cover(token.span, cursor.last()) };
  }
  return { type: "field", text: token.text, span: token.span };
}

function tooDeep(reading: Reading, cursor: Cursor, left: EvalExpression | null): EvalExpression {
  const start = left?.span.start ?? cursor.peek().span.start;
  report(reading, "too-deep", "error", "This expression nests too deep to be read.", cursor.peek().span);
  while (cursor.peek().type !== "end") cursor.next();
  return errorNode(reading, { start, end: Math.max(start, cursor.last().end) });
}
