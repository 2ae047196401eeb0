import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { openExtents } from "../../kit/extents.ts";
import { limits } from "../../kit/limits.ts";
import { type Infix, parseOperators } from "../../kit/pratt.ts";
import { cover, type Span, span } from "../../kit/span.ts";
import { openTokens } from "../../kit/tokens.ts";
import { readAggregation } from "./aggregation.ts";
import type { ConditionExpression, SigmaAggregation, SigmaCondition } from "./ast.ts";
import { type ConditionReader, clip, isWord } from "./condition-reader.ts";
import { type ConditionToken, lexCondition } from "./lexer.ts";

export interface ConditionReading {
  readonly condition: SigmaCondition;
  /** At most one: what follows a fault has no meaning that could be trusted. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses a condition: `or` binds loosest, then `and`, then `not` (Sigma Rules Specification, "Condition"). `place`
 * says where a part of `text` stands. A condition that is not understood becomes one fault with the whole text.
 */
export function parseCondition(text: string, place: (at: Span) => Span = (at) => at): ConditionReading {
  const diagnostics: Diagnostic[] = [];
  const reader: ConditionReader = {
    cursor: openTokens(lexCondition(text, place)),
    nesting: { depth: 0 },
    extents: openExtents(),
    complain: (message, at, hint) => {
      if (diagnostics.length === 0) diagnostics.push(diagnostic("sigma/condition-syntax", "error", message, at, hint));
    },
    failed: () => diagnostics.length > 0,
  };
  const expression = readExpression(reader);
  const aggregation = readPipe(reader);
  const rest = reader.cursor.peek();
  if (rest.type !== "end") {
    reader.complain(`Expected "and", "or" or the end of the condition instead of "${clip(rest.text)}".`, rest.span);
  }
  const whole = place(span(0, text.length));
  if (reader.failed()) {
    return {
      condition: {
        type: "condition",
        expression: { type: "fault", content: text, span: whole },
        aggregation: null,
        span: whole,
      },
      diagnostics,
    };
  }
  return { condition: { type: "condition", expression, aggregation, span: whole }, diagnostics };
}

function readPipe(reader: ConditionReader): SigmaAggregation | null {
  if (reader.cursor.peek().type !== "pipe" || reader.failed()) return null;
  const pipe = reader.cursor.next();
  return readAggregation(reader, pipe.span, () => readExpression(reader));
}

/** Reads operands joined by `and` and `or`. */
function readExpression(reader: ConditionReader): ConditionExpression {
  return parseOperators<ConditionExpression>(
    {
      prefix: () => readOperand(reader),
      infix: () => infixAt(reader),
      tooDeep: () => tooDeep(reader),
    },
    reader.nesting,
    1,
    (node) => node.type === "and" || node.type === "or",
  );
}

const powers = { or: 1, and: 2 } as const;

function infixAt(reader: ConditionReader): Infix<ConditionExpression> | null {
  const token = reader.cursor.peek();
  const word = token.type === "word" ? token.text.toLowerCase() : "";
  if (reader.failed() || (word !== "and" && word !== "or")) return null;
  return {
    power: powers[word],
    combine: (left, operand) => {
      reader.cursor.next();
      const right = operand();
      return join(word, left, right, cover(reader.extents.of(left), reader.extents.of(right)));
    },
  };
}

/** A junction under construction: chains are appended in place, so that a long one costs linear time. */
interface OpenJunction {
  readonly type: "and" | "or";
  readonly operands: ConditionExpression[];
  span: Span;
}

function join(
  type: "and" | "or",
  left: ConditionExpression,
  right: ConditionExpression,
  at: Span,
): ConditionExpression {
  const added = right.type === type ? right.operands : [right];
  if (left.type !== type) return { type, operands: [left, ...added], span: at };
  const open = left as OpenJunction;
  for (const one of added) open.operands.push(one);
  open.span = at;
  return open;
}

function readOperand(reader: ConditionReader): ConditionExpression {
  const negations: Span[] = [];
  while (isWord(reader, "not")) negations.push(reader.cursor.next().span);
  if (reader.nesting.depth + negations.length > limits.depth) return tooDeep(reader);
  reader.nesting.depth += negations.length;
  let operand = readPrimary(reader);
  reader.nesting.depth -= negations.length;
  for (const at of negations.reverse()) operand = { type: "not", operand, span: cover(at, reader.extents.of(operand)) };
  return operand;
}

function readPrimary(reader: ConditionReader): ConditionExpression {
  const { cursor } = reader;
  const token = cursor.peek();
  if (token.type === "open") return readGroup(reader);
  if (token.type !== "word" || isReserved(token.text)) {
    const found = token.type === "end" ? "the end" : `"${clip(token.text)}"`;
    reader.complain(`Expected the name of a search identifier instead of ${found}.`, token.span);
    return skipAll(reader);
  }
  cursor.next();
  if (!isWord(reader, "of")) return { type: "reference", name: token.text, span: token.span };
  return readQuantified(reader, token);
}

function readGroup(reader: ConditionReader): ConditionExpression {
  const open = reader.cursor.next();
  const inner = readExpression(reader);
  if (reader.failed()) return inner;
  const close = reader.cursor.peek();
  if (close.type !== "close") {
    reader.complain('Expected ")" for this parenthesis.', open.span);
    return skipAll(reader);
  }
  reader.cursor.next();
  reader.extents.widen(inner, cover(open.span, close.span));
  return inner;
}

function readQuantified(reader: ConditionReader, first: ConditionToken): ConditionExpression {
  const { cursor } = reader;
  cursor.next();
  const quantity = quantityOf(first.text);
  if (quantity === null) {
    reader.complain(`Expected a number, "all" or "any" before "of" instead of "${clip(first.text)}".`, first.span);
    return skipAll(reader);
  }
  const target = cursor.peek();
  if (target.type !== "word" || isReserved(target.text)) {
    reader.complain('Expected "them" or a name after "of".', target.span, "Write for instance: 1 of selection_*");
    return skipAll(reader);
  }
  cursor.next();
  const name = target.text.toLowerCase() === "them" ? "them" : target.text;
  return { type: "of", quantity, target: name, span: cover(first.span, target.span) };
}

function quantityOf(text: string): number | "all" | "any" | null {
  const word = text.toLowerCase();
  if (word === "all" || word === "any") return word;
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

function tooDeep(reader: ConditionReader): ConditionExpression {
  const at = reader.cursor.peek().span;
  reader.complain(`A condition nests at most ${limits.depth} levels.`, at);
  return skipAll(reader);
}

/** Ends the reading after a complaint. */
function skipAll(reader: ConditionReader): ConditionExpression {
  while (reader.cursor.peek().type !== "end") reader.cursor.next();
  return { type: "fault", content: "", span: reader.cursor.peek().span };
}

const reserved: ReadonlySet<string> = new Set(["and", "or", "not", "of"]);

function isReserved(text: string): boolean {
  return reserved.has(text.toLowerCase());
}
