import { type Infix, parseOperators } from "../../kit/pratt.ts";
import { type Span, span } from "../../kit/span.ts";
import type { Arithmetic, Expression } from "./ast.ts";
import {
  type ComparisonSpelling,
  comparisons,
  type MembershipSpelling,
  memberships,
  power,
} from "./comparison-operators.ts";
import { readOperand } from "./operands.ts";
import {
  isSymbol,
  isWord,
  lacksOperand,
  missing,
  needSymbol,
  needWord,
  type Reader,
  readList,
  since,
  tooDeep,
} from "./reader.ts";
import { readUnquoted } from "./unquoted.ts";

/** A scalar expression, or a table where one may stand: no pipe outside of parentheses. */
export function readExpression(reader: Reader): Expression {
  return parseOperators<Expression>(
    {
      prefix: () => readPrefix(reader),
      infix: (left) => infixAt(reader, left),
      tooDeep: (left) => {
        tooDeep(reader);
        return left ?? missing(reader);
      },
    },
    reader.nesting,
    1,
    (node) => (node.type === "and" || node.type === "or") && !reader.extents.isBracketed(node),
  );
}

function readPrefix(reader: Reader): Expression {
  const token = reader.peek();
  if (isSymbol(token, "-") || isSymbol(token, "+")) {
    reader.next();
    const operand = readOperand(reader);
    const operator = token.text === "-" ? "-" : "+";
    return { type: "sign", operator, operand, span: since(reader, token.span.start) };
  }
  if (isSymbol(token, "*") && (comparisons.has(reader.peek(1).text) || isWord(reader.peek(1), "and"))) {
    reader.next();
    return { type: "star", span: token.span };
  }
  return readOperand(reader);
}

function infixAt(reader: Reader, left: Expression): Infix<Expression> | null {
  const token = reader.peek();
  if (token.type !== "word" && token.type !== "symbol") return null;
  const { text } = token;
  const comparison = comparisons.get(text);
  if (comparison !== undefined)
    return chains(reader, left, comparison.power) ? null : comparing(reader, left, comparison, 1);
  const membership = memberships.get(text);
  if (membership !== undefined) {
    if (chains(reader, left, power.equality) || isWord(reader.peek(1), "range")) return null;
    return { power: power.equality, combine: () => readMembership(reader, left, membership) };
  }
  switch (text) {
    case "and":
    case "or":
      return { power: power[text], combine: (_, operand) => readJunction(reader, text, left, operand) };
    case "=":
      return chains(reader, left, power.equality) ? null : comparingWithOneSign(reader, left);
    case "+":
    case "-":
      return calculating(reader, left, text, power.sum);
    case "*":
    case "/":
    case "%":
      return calculating(reader, left, text, power.product);
    case "between":
    case "!between":
      if (chains(reader, left, power.equality)) return null;
      return { power: power.equality, combine: () => readBetween(reader, left, text === "!between") };
    case "matches": {
      if (!isWord(reader.peek(1), "regex") || chains(reader, left, power.string)) return null;
      return comparing(reader, left, { operator: "matches regex", negated: false, power: power.string }, 2);
    }
    default:
      return null;
  }
}

/** Is the left side itself a comparison of this strength, without parentheses? Then the operator does not belong here. */
function chains(reader: Reader, left: Expression, binding: number): boolean {
  if (reader.extents.isBracketed(left)) return false;
  switch (left.type) {
    case "comparison":
      return (
        (left.operator === "matches regex" ? power.string : (comparisons.get(left.operator)?.power ?? 0)) === binding
      );
    case "membership":
    case "between":
      return binding === power.equality;
    default:
      return false;
  }
}

/** `a = 1` where nothing can be named is meant as `a == 1`. Microsoft's parser lets it pass, the engine does not. */
function comparingWithOneSign(reader: Reader, left: Expression): Infix<Expression> {
  const comparison = comparing(reader, left, { operator: "==", negated: false, power: power.equality }, 1);
  return {
    ...comparison,
    combine: (...given) => {
      const message = "Two equals signs were expected; Kusto refuses a comparison with one.";
      reader.report("single-equals", "warning", message, reader.peek().span, "Write == for a comparison, or =~.");
      return comparison.combine(...given);
    },
  };
}

function comparing(reader: Reader, left: Expression, spelling: ComparisonSpelling, words: number): Infix<Expression> {
  const { operator, negated } = spelling;
  return {
    power: spelling.power,
    combine: (_, operand) => {
      for (let taken = 0; taken < words; taken++) reader.next();
      const written = operand();
      const isText = spelling.power === power.equality || spelling.power === power.string;
      const right = isText ? readUnquoted(reader, written) : written;
      return { type: "comparison", operator, negated, left, right, span: from(reader, left) };
    },
  };
}

function calculating(
  reader: Reader,
  left: Expression,
  operator: Arithmetic["operator"],
  binding: number,
): Infix<Expression> {
  return {
    power: binding,
    combine: (_, operand) => {
      reader.next();
      const right = operand();
      return { type: "arithmetic", operator, left, right, span: from(reader, left) };
    },
  };
}

/** One node for a whole chain. Its operands grow in place: a copy for each would make long chains slow. */
function readJunction(reader: Reader, type: "and" | "or", left: Expression, operand: () => Expression): Expression {
  reader.next();
  const right = lacksOperand(reader) ? missing(reader) : operand();
  const operands: Expression[] = left.type === type ? (left.operands as Expression[]) : [left];
  if (right.type === type) for (const one of right.operands) operands.push(one);
  else operands.push(right);
  return { type, operands, span: from(reader, left) };
}

function readMembership(reader: Reader, left: Expression, { operator, negated }: MembershipSpelling): Expression {
  reader.next();
  needSymbol(reader, "(");
  const values = reader.failed()
    ? []
    : readList(reader, () => reader.grammar.pipeline(reader, { ends: [",", ")"], body: false, statement: false }));
  if (isSymbol(reader.peek(), ";")) reader.failToClose(")", "Put commas between the values.");
  needSymbol(reader, ")");
  return { type: "membership", operator, negated, left, values, span: from(reader, left) };
}

function readBetween(reader: Reader, left: Expression, negated: boolean): Expression {
  reader.next();
  needSymbol(reader, "(");
  const low = readExpression(reader);
  needSymbol(reader, "..");
  const high = readExpression(reader);
  needSymbol(reader, ")");
  return { type: "between", negated, left, low, high, span: from(reader, left) };
}

function from(reader: Reader, left: Expression): Span {
  const { start } = reader.extents.of(left);
  return span(start, Math.max(start, reader.lastEnd()));
}

/** A condition with the word before it, or nothing. */
export function readClause(reader: Reader, word: string): Expression | null {
  if (!isWord(reader.peek(), word)) return null;
  needWord(reader, word);
  return readExpression(reader);
}
