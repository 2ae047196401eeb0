import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { limits } from "../../kit/limits.ts";
import { type Infix, type Nesting, type OperatorGrammar, parseOperators } from "../../kit/pratt.ts";
import { cover, type Span, span } from "../../kit/span.ts";
import { openTokens, type TokenCursor } from "../../kit/tokens.ts";
import type { ParseResult } from "../language.ts";
import type { KueryNode, Literal, ValueNode } from "./ast.ts";
import { type KueryToken, lex } from "./lexer.ts";

/** Binding powers; `not` binds tighter than both. A stray operand after an operand is taken up at once. */
const powers = { or: 1, and: 2, not: 3, stray: 4 } as const;

/** Values and whole queries have the same operators; `N` is the node of either. */
interface Level<N> {
  /** One operand that starts at the cursor, or null where none can. Parentheses are not its task. */
  readonly operand: () => N | null;
  readonly junction: (type: "and" | "or", operands: readonly N[], at: Span) => N;
  readonly not: (operand: N, at: Span) => N;
  readonly error: (text: string, parsed: N | null, at: Span) => N;
  readonly expected: string;
  readonly grammar: OperatorGrammar<N>;
}

interface Parser {
  readonly text: string;
  readonly tokens: TokenCursor<KueryToken>;
  readonly nesting: Nesting;
  readonly report: (code: string, message: string, at: Span, hint?: string) => void;
  readonly warn: (code: string, message: string, at: Span) => void;
  /** Brackets that wait for their end: a closing one without a partner ends nothing. */
  readonly open: { ")": number; "}": number };
  /** Set when the depth cap was met: what follows from it is not reported again. */
  overflowed: boolean;
  readonly query: Level<KueryNode>;
  readonly value: Level<ValueNode>;
}

/** Parses a Kibana query. Never throws; what it cannot read is kept as an error node. */
export function parse(text: string): ParseResult<KueryNode> {
  const whole = span(0, text.length);
  if (text.length > limits.length) {
    return {
      ast: { type: "error", text, parsed: null, span: whole },
      diagnostics: [
        diagnostic("kuery/too-long", "error", `A query of at most ${limits.length} characters was expected.`, whole),
      ],
    };
  }
  const lexed = lex(text);
  const problems = collect(lexed.diagnostics);
  const parser: Parser = {
    text,
    tokens: openTokens(lexed.tokens),
    nesting: { depth: 0 },
    report: (code, message, at, hint) => problems.add(diagnostic(code, "error", message, at, hint)),
    warn: (code, message, at) => problems.add(diagnostic(code, "warning", message, at)),
    open: { ")": 0, "}": 0 },
    overflowed: false,
    query: queryLevel(() => parser),
    value: valueLevel(() => parser),
  };
  const ast: KueryNode =
    parser.tokens.peek().type === "end" ? { type: "all", span: whole } : parseLevel(parser, parser.query, 1);
  return { ast, diagnostics: problems.all() };
}

function collect(first: readonly Diagnostic[]): { add: (one: Diagnostic) => void; all: () => readonly Diagnostic[] } {
  const kept: Diagnostic[] = first.slice(0, limits.diagnostics - 1);
  let last: Span | null = null;
  let dropped = first.length - kept.length;
  return {
    add: (one) => {
      if (kept.length < limits.diagnostics - 1) kept.push(one);
      else dropped++;
      last = one.span;
    },
    all: () =>
      dropped === 0
        ? kept
        : [
            ...kept,
            diagnostic(
              "kuery/more",
              "error",
              `${dropped} further problems are not listed.`,
              last ?? kept.at(-1)?.span ?? span(0, 0),
            ),
          ],
  };
}

function parseLevel<N extends { readonly type: string; readonly span: Span }>(
  parser: Parser,
  level: Level<N>,
  minimum: number,
): N {
  return parseOperators<N>(level.grammar, parser.nesting, minimum, isJunction);
}

/** Chains of one operator make one node, which does not grow deeper. */
function isJunction(node: { readonly type: string }): boolean {
  return node.type === "and" || node.type === "or";
}

function grammarOf<N extends { readonly type: string; readonly span: Span }>(
  parser: () => Parser,
  level: () => Level<N>,
): OperatorGrammar<N> {
  return {
    prefix: () => prefix(parser(), level()),
    infix: (left) => infix(parser(), level(), left),
    tooDeep: (left) => tooDeep(parser(), level(), left),
  };
}

function prefix<N extends { readonly type: string; readonly span: Span }>(parser: Parser, level: Level<N>): N {
  const { tokens } = parser;
  const token = tokens.peek();
  if (token.type === "not" && !isEnd(parser, tokens.peek(1))) {
    tokens.next();
    warnUnlessSpaced(parser, token);
    const operand = parseLevel(parser, level, powers.not);
    return level.not(operand, cover(token.span, operand.span));
  }
  if (token.type === "(") return group(parser, ")", () => parseLevel(parser, level, 1));
  const operand = level.operand();
  if (operand !== null) return operand;
  return skip(parser, level, null, "kuery/missing-operand", `${level.expected} was expected here.`);
}

/** Reads what stands in brackets; the span of the result is that of the inner part. */
function group<N>(parser: Parser, closer: ")" | "}", inner: () => N): N {
  const opening = parser.tokens.next();
  parser.open[closer]++;
  const result = inner();
  parser.open[closer]--;
  if (parser.tokens.peek().type === closer) parser.tokens.next();
  else if (!parser.overflowed) {
    parser.report("kuery/unclosed-group", `A closing \`${closer}\` was expected for this bracket.`, opening.span);
  }
  return result;
}

function infix<N extends { readonly type: string; readonly span: Span }>(
  parser: Parser,
  level: Level<N>,
  left: N,
): Infix<N> | null {
  const { type } = parser.tokens.peek();
  if (type === "and" || type === "or") {
    return {
      power: powers[type],
      combine: (_, operand) => {
        const operands: N[] = [left];
        while (parser.tokens.peek().type === type) {
          warnUnlessSpaced(parser, parser.tokens.next());
          operands.push(operand());
        }
        return level.junction(type, operands, cover(left.span, operands[operands.length - 1]?.span ?? left.span));
      },
    };
  }
  if (isEnd(parser, parser.tokens.peek())) return null;
  const hint =
    "Kibana queries have no implicit operator: write `and` or `or` between two parts, or put the value in quotes.";
  return {
    power: powers.stray,
    combine: () =>
      skip(parser, level, left, "kuery/missing-operator", "`and`, `or` or the end was expected here.", hint),
  };
}

/** Does this token end the expression that the parser stands in? */
function isEnd(parser: Parser, token: KueryToken): boolean {
  return token.type === "end" || ((token.type === ")" || token.type === "}") && parser.open[token.type] > 0);
}

/** Keeps everything up to the next operator of this nesting level as an error, with what was read before it. */
function skip<N extends { readonly span: Span }>(
  parser: Parser,
  level: Level<N>,
  parsed: N | null,
  code: string,
  message: string,
  hint?: string,
): N {
  const { tokens } = parser;
  const first = tokens.peek();
  parser.report(code, message, isEnd(parser, first) ? span(first.span.start, first.span.start) : first.span, hint);
  let inside = 0;
  let end = first.span.start;
  for (;;) {
    const { type, span: at } = tokens.peek();
    if (type === "end" || (inside === 0 && (isEnd(parser, tokens.peek()) || type === "and" || type === "or"))) break;
    if (type === "(" || type === "{") inside++;
    else if ((type === ")" || type === "}") && inside > 0) inside--;
    end = at.end;
    tokens.next();
  }
  const start = parsed?.span.start ?? first.span.start;
  return level.error(parser.text.slice(start, end), parsed, span(start, end));
}

function tooDeep<N extends { readonly span: Span }>(parser: Parser, level: Level<N>, left: N | null): N {
  const { tokens, text } = parser;
  const start = left?.span.start ?? tokens.peek().span.start;
  if (!parser.overflowed) {
    parser.overflowed = true;
    parser.report("kuery/too-deep", `At most ${limits.depth} levels of nesting were expected.`, tokens.peek().span);
  }
  while (tokens.peek().type !== "end") tokens.next();
  return level.error(text.slice(start), left, span(start, text.length));
}

function queryLevel(parser: () => Parser): Level<KueryNode> {
  return {
    operand: () => clause(parser()),
    junction: (type, operands, at) => ({
      type,
      operands: operands.flatMap((one) => (one.type === type ? one.operands : [one])),
      span: at,
    }),
    not: (operand, at) => ({ type: "not", operand, span: at }),
    error: (text, parsed, at) => ({ type: "error", text, parsed, span: at }),
    expected: "A field, a value, `not` or an opening bracket",
    grammar: grammarOf(parser, () => parser().query),
  };
}

function valueLevel(parser: () => Parser): Level<ValueNode> {
  return {
    operand: () => literal(parser()),
    junction: (type, operands, at) => ({
      type,
      operands: operands.flatMap((one) => (one.type === type ? one.operands : [one])),
      span: at,
    }),
    not: (operand, at) => ({ type: "not", operand, span: at }),
    error: (text, parsed, at) => ({ type: "error", text, parsed, span: at }),
    expected: "A value, `not` or an opening bracket",
    grammar: grammarOf(parser, () => parser().value),
  };
}

/** `field:value`, `field:( … )`, `field:{ … }`, `field >= value`, or a value alone. */
function clause(parser: Parser): KueryNode | null {
  const { tokens } = parser;
  const field = literal(parser);
  if (field === null) return null;
  const { type } = tokens.peek();
  if (type === "<" || type === "<=" || type === ">" || type === ">=") {
    tokens.next();
    const value = literal(parser);
    if (value !== null) return { type: "range", field, operator: type, value, span: cover(field.span, value.span) };
    parser.report("kuery/missing-value", `A value was expected after \`${type}\`.`, tokens.peek().span);
    return errorSince(parser, field);
  }
  if (type !== ":") return { type: "bare", value: field, span: field.span };
  tokens.next();
  if (tokens.peek().type === "{") {
    const query = group(parser, "}", () => parseLevel(parser, parser.query, 1));
    return { type: "nested", field, query, span: cover(field.span, parser.tokens.last()) };
  }
  if (isEnd(parser, tokens.peek())) {
    parser.report(
      "kuery/missing-value",
      "A value was expected after `:`.",
      tokens.last(),
      "Write `field:*` to ask whether the field is there.",
    );
    return errorSince(parser, field);
  }
  const value = fieldValue(parser);
  return { type: "is", field, value, span: cover(cover(field.span, value.span), tokens.last()) };
}

function errorSince(parser: Parser, field: Literal): KueryNode {
  const at = cover(field.span, parser.tokens.last());
  return { type: "error", text: parser.text.slice(at.start, at.end), parsed: null, span: at };
}

/** One value, or a bracketed group: `f:a and g:b` must not read `and g` as a part of the value. */
function fieldValue(parser: Parser): ValueNode {
  const token = parser.tokens.peek();
  const after = parser.tokens.peek(1);
  const alone = after.type === "and" || after.type === "or" || isEnd(parser, after);
  const only = alone ? literal(parser) : null;
  if (only !== null) return only;
  if (token.type === "not" && !alone) {
    parser.warn(
      "kuery/not-outside-group",
      "Kibana expects a `not` among values within brackets: `field:(not value)`.",
      token.span,
    );
  }
  return parseLevel(parser, parser.value, powers.not);
}

/** Only called where an operand may stand: there, a keyword that nothing follows is a value (`state:(ca or or)`). */
function literal(parser: Parser): Literal | null {
  const token = parser.tokens.peek();
  const keyword = token.type === "and" || token.type === "or" || token.type === "not";
  if (keyword ? !isEnd(parser, parser.tokens.peek(1)) : token.type !== "literal" && token.type !== "quoted")
    return null;
  parser.tokens.next();
  if (keyword)
    parser.warn("kuery/keyword-as-value", "This keyword is read as a value; put it in quotes to say so.", token.span);
  if (token.type === "literal" && token.text.includes("\n")) {
    parser.warn("kuery/value-over-lines", "This value runs over a line end; an operator may be missing.", token.span);
  }
  return {
    type: "literal",
    quoted: token.type === "quoted",
    text: token.text,
    tokens: keyword ? [{ type: "literal", text: token.text }] : token.value,
    span: token.span,
  };
}

function warnUnlessSpaced(parser: Parser, keyword: KueryToken): void {
  const after = parser.text[keyword.span.end];
  const before = parser.text[keyword.span.start - 1];
  const glued = after === "(" || after === '"' || (keyword.type !== "not" && (before === ")" || before === '"'));
  if (glued)
    parser.warn("kuery/keyword-without-space", `Kibana expects white space around \`${keyword.text}\`.`, keyword.span);
}
