import { type Infix, type OperatorGrammar, parseOperators } from "../../kit/pratt.ts";
import { cover } from "../../kit/span.ts";
import { isOperator, isWord, takeOperator, takeWord } from "../../kit/tokens.ts";
import type { Arithmetic, ComparisonOperator, Expression } from "./ast.ts";
import { items, primary } from "./operands.ts";
import { power } from "./power.ts";
import { dangling, endsPart, fault, type Reader } from "./reader.ts";
import { beginsSubquery, subquery } from "./subquery.ts";

const comparisons: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);
const sums: ReadonlySet<string> = new Set(["+", "-"]);
const products: ReadonlySet<string> = new Set(["*", "/", "%"]);

/** One grammar a text: a text has thousands of expressions. */
const grammars = new WeakMap<Reader, OperatorGrammar<Expression>>();

function grammarOf(reader: Reader): OperatorGrammar<Expression> {
  const known = grammars.get(reader);
  if (known !== undefined) return known;
  const grammar: OperatorGrammar<Expression> = {
    prefix: () => prefix(reader),
    infix: (left) => infix(reader, left),
    tooDeep: () => tooDeep(reader),
  };
  grammars.set(reader, grammar);
  return grammar;
}

/** Reads one condition or value, operators and all. */
export function expression(reader: Reader, minimum: number = power.or): Expression {
  return parseOperators(grammarOf(reader), reader.nesting, minimum, isJunction);
}

function isJunction(node: Expression): boolean {
  return node.type === "and" || node.type === "or";
}

export function tooDeep(reader: Reader): Expression {
  const message = "This nests deeper than any rule needs; the rest is not read.";
  reader.report("too-deep", message, reader.cursor.peek().span);
  reader.giveUp();
  while (reader.cursor.peek().type !== "end") reader.cursor.next();
  return fault(reader);
}

function prefix(reader: Reader): Expression {
  const token = reader.cursor.peek();
  if (takeWord(reader, "not")) {
    const operand = expression(reader, power.not);
    return { type: "not", operand, span: cover(token.span, reader.extents.of(operand)) };
  }
  if (takeOperator(reader, "-")) {
    const operand = expression(reader, power.negative);
    const span = cover(token.span, reader.extents.of(operand));
    if (operand.type !== "number" || operand.text.startsWith("-") || reader.extents.isBracketed(operand)) {
      return { type: "negative", operand, span };
    }
    return { type: "number", value: operand.value === 0 ? 0 : -operand.value, text: `-${operand.text}`, span };
  }
  if (takeOperator(reader, "+")) {
    const operand = expression(reader, power.negative);
    reader.extents.widen(operand, cover(token.span, reader.extents.of(operand)));
    return operand;
  }
  return primary(reader);
}

function infix(reader: Reader, left: Expression): Infix<Expression> | null {
  const token = reader.cursor.peek();
  if (token.type === "word") {
    if (isWord(token, "and")) return junction(reader, "and");
    if (isWord(token, "or")) return junction(reader, "or");
    const after = isWord(token, "not") ? reader.cursor.peek(1) : token;
    if (isWord(after, "in")) return test(() => membership(reader, left));
    if (isWord(after, "like")) return test(() => pattern(reader, left, "like"));
    if (isWord(after, "rlike")) return test(() => pattern(reader, left, "rlike"));
    return isWord(token, "is") ? test(() => nullTest(reader, left)) : null;
  }
  if (token.type !== "operator") return null;
  if (token.text === ":") return test(() => match(reader, left));
  if (token.text === "::") return { power: power.cast, combine: () => cast(reader, left) };
  if (comparisons.has(token.text) || token.text === "=") return comparison(reader);
  if (sums.has(token.text)) return arithmetic(reader, power.sum);
  return products.has(token.text) ? arithmetic(reader, power.product) : null;
}

/** Comparisons of all kinds bind alike, and each takes its right side itself. */
function test(read: () => Expression): Infix<Expression> {
  return { power: power.comparison, combine: read };
}

function junction(reader: Reader, type: "and" | "or"): Infix<Expression> {
  return {
    power: power[type],
    combine: (left, operand) => {
      const operands = [left];
      for (let token = reader.cursor.peek(); takeWord(reader, type); token = reader.cursor.peek()) {
        if (endsPart(reader.cursor.peek())) dangling(reader, token);
        else operands.push(operand());
      }
      if (operands.length === 1) return left;
      const last = operands[operands.length - 1] ?? left;
      const span = cover(reader.extents.of(left), reader.extents.of(last));
      return { type, operands: operands.flatMap((one) => (one.type === type ? one.operands : [one])), span };
    },
  };
}

function comparison(reader: Reader): Infix<Expression> {
  return {
    power: power.comparison,
    combine: (left, operand) => {
      const token = reader.cursor.next();
      if (token.text === "=") {
        const message = "Elasticsearch compares with `==`, and refuses a single `=` here.";
        reader.note("single-equals", "warning", message, token.span, "Write == for =.");
      }
      const operator = token.text === "=" ? "==" : (token.text as ComparisonOperator);
      const right = operand();
      const span = cover(reader.extents.of(left), reader.extents.of(right));
      return { type: "comparison", operator, left, right, span };
    },
  };
}

function arithmetic(reader: Reader, binding: number): Infix<Expression> {
  return {
    power: binding,
    combine: (left, operand) => {
      const operator = reader.cursor.next().text as Arithmetic["operator"];
      const right = operand();
      const span = cover(reader.extents.of(left), reader.extents.of(right));
      return { type: "arithmetic", operator, left, right, span };
    },
  };
}

function membership(reader: Reader, left: Expression): Expression {
  const negated = takeWord(reader, "not");
  const { cursor } = reader;
  cursor.next();
  const opening = cursor.peek();
  if (!isOperator(opening, "(")) {
    reader.report("expected-list", "A list in brackets was expected after `in`.", opening.span, 'Write ("a", "b").');
    return fault(reader);
  }
  if (beginsSubquery(reader)) {
    const query = subquery(reader);
    return { type: "in_subquery", negated, left, query, span: cover(reader.extents.of(left), cursor.last()) };
  }
  const values = items(reader, ")");
  if (values.length === 0) reader.report("empty-list", "At least one value was expected in this list.", opening.span);
  return { type: "in", negated, left, values, span: cover(reader.extents.of(left), cursor.last()) };
}

function pattern(reader: Reader, left: Expression, operator: "like" | "rlike"): Expression {
  const negated = takeWord(reader, "not");
  const { cursor } = reader;
  cursor.next();
  const list = isOperator(cursor.peek(), "(");
  const patterns = list ? items(reader, ")") : [expression(reader, power.sum)];
  for (const one of patterns) {
    if (one.type === "string" || one.type === "parameter" || one.type === "fault") continue;
    reader.report("expected-pattern", `A pattern in quotes was expected after \`${operator}\`.`, one.span);
  }
  if (patterns.length === 0) reader.report("empty-list", "At least one pattern was expected here.", cursor.last());
  return {
    type: "pattern",
    operator,
    negated,
    left,
    list,
    patterns,
    span: cover(reader.extents.of(left), cursor.last()),
  };
}

function nullTest(reader: Reader, operand: Expression): Expression {
  reader.cursor.next();
  const negated = takeWord(reader, "not");
  const token = reader.cursor.peek();
  if (!takeWord(reader, "null")) reader.report("expected-null", "`null` was expected after `is`.", token.span);
  return { type: "is_null", negated, operand, span: cover(reader.extents.of(operand), reader.cursor.last()) };
}

function match(reader: Reader, left: Expression): Expression {
  const { span: at } = reader.cursor.next();
  const inner = left.type === "cast" ? left.operand : left;
  if (inner.type !== "field" && inner.type !== "fault") {
    reader.report("match-without-field", "A field was expected before `:`.", at);
  }
  const right = expression(reader, power.sum);
  return { type: "match", left, right, span: cover(reader.extents.of(left), reader.extents.of(right)) };
}

function cast(reader: Reader, operand: Expression): Expression {
  const { cursor } = reader;
  cursor.next();
  const token = cursor.peek();
  if (token.type !== "word" && token.type !== "quoted") {
    reader.report("expected-type", "The name of a type was expected after `::`.", token.span);
    return operand;
  }
  cursor.next();
  const to = token.type === "quoted" ? token.value : token.text;
  return { type: "cast", operand, to, span: cover(reader.extents.of(operand), token.span) };
}
