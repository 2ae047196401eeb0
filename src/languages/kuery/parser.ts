import { collectDiagnostics, diagnostic, tooLong } from "../../kit/diagnostic.ts";
import { openExtents } from "../../kit/extents.ts";
import { cover, span } from "../../kit/span.ts";
import { openTokens } from "../../kit/tokens.ts";
import type { ParseResult } from "../language.ts";
import type { KueryNode, Literal, ValueNode } from "./ast.ts";
import { lex } from "./lexer.ts";
import { group, isEnd, type Parser, parseLevel, powers } from "./operators.ts";

/** Parses a Kibana query. Never throws; what it cannot read is kept as an error node. */
export function parse(text: string): ParseResult<KueryNode> {
  const whole = span(0, text.length);
  const refusal = tooLong("kuery", text);
  if (refusal !== null) return { ast: { type: "error", text, parsed: null, span: whole }, diagnostics: [refusal] };
  const lexed = lex(text);
  const problems = collectDiagnostics("kuery");
  for (const one of lexed.diagnostics) problems.add(one);
  const parser: Parser = {
    text,
    tokens: openTokens(lexed.tokens),
    nesting: { depth: 0 },
    extents: openExtents(),
    report: (code, message, at, hint) => problems.add(diagnostic(code, "error", message, at, hint)),
    warn: (code, message, at) => problems.add(diagnostic(code, "warning", message, at)),
    open: { ")": 0, "}": 0 },
    overflowed: false,
    query: {
      operand: () => clause(parser),
      node: (operated) => operated,
      expected: "A field, a value, `not` or an opening bracket",
    },
    value: {
      operand: () => literal(parser),
      node: (operated) => operated,
      expected: "A value, `not` or an opening bracket",
    },
  };
  const ast: KueryNode =
    parser.tokens.peek().type === "end" ? { type: "all", span: whole } : parseLevel(parser, parser.query, 1);
  return { ast, diagnostics: problems.all() };
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
