import type { Extents } from "../../kit/extents.ts";
import { limits } from "../../kit/limits.ts";
import { type Infix, type Nesting, type OperatorGrammar, parseOperators } from "../../kit/pratt.ts";
import { cover, type Span, span } from "../../kit/span.ts";
import type { TokenCursor } from "../../kit/tokens.ts";
import type { Junction, KueryNode, Operated, ValueNode } from "./ast.ts";
import type { KueryToken } from "./lexer.ts";

/** Binding powers; `not` binds tighter than both. A stray operand after an operand is taken up at once. */
export const powers = { or: 1, and: 2, not: 3, stray: 4 } as const;

/** What operators join: any node of a query, or of a group of values. */
type Operand = { readonly type: string; readonly span: Span };

/** Values and whole queries have the same operators; `N` is the node of either. */
export interface Level<N> {
  /** One operand that starts at the cursor, or null where none can. Parentheses are not its task. */
  readonly operand: () => N | null;
  /** What operators make is a node of the level like any other. */
  readonly node: (operated: Operated<N>) => N;
  readonly expected: string;
}

export interface Parser {
  readonly text: string;
  readonly tokens: TokenCursor<KueryToken>;
  readonly nesting: Nesting;
  readonly extents: Extents;
  readonly report: (code: string, message: string, at: Span, hint?: string) => void;
  readonly warn: (code: string, message: string, at: Span) => void;
  /** Brackets that wait for their end: a closing one without a partner ends nothing. */
  readonly open: { ")": number; "}": number };
  /** Set when the depth cap was met: what follows from it is not reported again. */
  overflowed: boolean;
  readonly query: Level<KueryNode>;
  readonly value: Level<ValueNode>;
}

export function parseLevel<N extends Operand>(parser: Parser, level: Level<N>, minimum: number): N {
  const grammar: OperatorGrammar<N> = {
    prefix: () => prefix(parser, level),
    infix: (left) => infix(parser, level, left),
    tooDeep: (left) => tooDeep(parser, level, left),
  };
  return parseOperators(grammar, parser.nesting, minimum, isJunction);
}

/** Chains of one operator make one node, which does not grow deeper. */
function isJunction(node: Operand): boolean {
  return node.type === "and" || node.type === "or";
}

function prefix<N extends Operand>(parser: Parser, level: Level<N>): N {
  const { tokens } = parser;
  const token = tokens.peek();
  if (token.type === "not" && !isEnd(parser, tokens.peek(1))) {
    tokens.next();
    warnUnlessSpaced(parser, token);
    const operand = parseLevel(parser, level, powers.not);
    return level.node({ type: "not", operand, span: cover(token.span, parser.extents.of(operand)) });
  }
  if (token.type === "(") return group(parser, ")", () => parseLevel(parser, level, 1));
  const operand = level.operand();
  if (operand !== null) return operand;
  return skip(parser, level, null, "kuery/missing-operand", `${level.expected} was expected here.`);
}

/** Reads what stands in brackets, which are no part of its span. */
export function group<N extends Operand>(parser: Parser, closer: ")" | "}", inner: () => N): N {
  const opening = parser.tokens.next();
  parser.open[closer]++;
  const result = inner();
  parser.open[closer]--;
  if (parser.tokens.peek().type === closer) parser.tokens.next();
  else if (!parser.overflowed) {
    parser.report("kuery/unclosed-group", `A closing \`${closer}\` was expected for this bracket.`, opening.span);
  }
  parser.extents.widen(result, cover(opening.span, parser.tokens.last()));
  return result;
}

function infix<N extends Operand>(parser: Parser, level: Level<N>, left: N): Infix<N> | null {
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
        const last = operands[operands.length - 1] ?? left;
        const at = cover(parser.extents.of(left), parser.extents.of(last));
        return level.node({ type, operands: operands.flatMap((one) => partsOf(one, type)), span: at });
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

/** The operands of a junction of the same kind, which is merged; any other node is its own. */
function partsOf<N extends Operand>(node: N, type: "and" | "or"): readonly N[] {
  return node.type === type ? (node as Operand as Junction<N>).operands : [node];
}

/** Does this token end the expression that the parser stands in? */
export function isEnd(parser: Parser, token: KueryToken): boolean {
  return token.type === "end" || ((token.type === ")" || token.type === "}") && parser.open[token.type] > 0);
}

/** Keeps everything up to the next operator of this nesting level as an error, with what was read before it. */
function skip<N extends Operand>(
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
  const { start } = parsed === null ? first.span : parser.extents.of(parsed);
  return level.node({ type: "error", text: parser.text.slice(start, end), parsed, span: span(start, end) });
}

function tooDeep<N extends Operand>(parser: Parser, level: Level<N>, left: N | null): N {
  const { tokens, text } = parser;
  const { start } = left === null ? tokens.peek().span : parser.extents.of(left);
  if (!parser.overflowed) {
    parser.overflowed = true;
    parser.report("kuery/too-deep", `At most ${limits.depth} levels of nesting were expected.`, tokens.peek().span);
  }
  while (tokens.peek().type !== "end") tokens.next();
  return level.node({ type: "error", text: text.slice(start), parsed: left, span: span(start, text.length) });
}

function warnUnlessSpaced(parser: Parser, keyword: KueryToken): void {
  const after = parser.text[keyword.span.end];
  const before = parser.text[keyword.span.start - 1];
  const glued = after === "(" || after === '"' || (keyword.type !== "not" && (before === ")" || before === '"'));
  if (glued)
    parser.warn("kuery/keyword-without-space", `Kibana expects white space around \`${keyword.text}\`.`, keyword.span);
}
