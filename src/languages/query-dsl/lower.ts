import type { Span } from "../../kit/span.ts";
import { conjoin, disjoin, fieldRef, negate, opaque } from "../../rule/build.ts";
import { atLeast } from "../../rule/choice.ts";
import type { Expression, Operator, PatternToken, Predicate, Value } from "../../rule/expression.ts";
import type { Logic } from "../../rule/logic.ts";
import { anchored, patternExpression, tidy } from "../../rule/pattern.ts";
import { isFullText } from "../kuery/fields.ts";
import { isNetwork } from "../kuery/values.ts";
import type { BoolQuery, DslNode, FieldQuery, QueryDsl, RangeBound } from "./ast.ts";
import type { JsonScalar } from "./json.ts";
import { print } from "./print.ts";
import { keptQueries } from "./queries.ts";

const bounds: Readonly<Record<RangeBound, Operator>> = { gt: "gt", gte: "ge", lt: "lt", lte: "le" };

/** One filter stage, negated where the pill says so; a disabled filter has none. */
export function lower(ast: QueryDsl): Logic {
  if (ast.disabled) return { stages: [] };
  const inner = expression(ast.body);
  return { stages: [{ type: "filter", expression: ast.negate ? negate(inner, ast.span) : inner, span: ast.span }] };
}

function expression(node: DslNode): Expression {
  switch (node.type) {
    case "bool":
      return boolExpression(node);
    case "field":
      return fieldExpression(node);
    case "terms":
      return equals(node.field, node.values, false, node.span);
    case "range": {
      const parts = node.bounds.flatMap(({ name, value }): readonly Expression[] =>
        value === null ? [] : [predicate(node.field, bounds[name], [value], true, node.span)],
      );
      return parts.length === 0 ? opaque(textOf(node), "a range without bounds", node.span) : conjoin(parts, node.span);
    }
    case "exists":
      return predicate(node.field, "exists", [], true, node.span, ["*"]);
    case "match_all":
      return predicate(null, "exists", [], true, node.span, ["*"]);
    case "wrapper":
      if (node.queries.length === 0) return opaque(textOf(node), "an empty list of queries", node.span);
      return disjoin(node.queries.map(expression), node.span);
    case "unknown":
      return opaque(textOf(node), keptQueries.has(node.name) ? `query ${node.name}` : "an unknown query", node.span);
    case "error":
      return opaque(node.text, "text that is no query", node.span);
    default:
      return node satisfies never;
  }
}

function textOf(node: DslNode): string {
  return print({ type: "filter", negate: false, disabled: false, meta: null, rest: {}, body: node, span: node.span });
}

/** `should` alone asks for one of its queries; beside `must` or `filter` it changes scores, and none must match. */
function boolExpression(node: BoolQuery): Expression {
  const required = [...node.must, ...node.filter].map(expression);
  const excluded = node.mustNot.map((one) => negate(expression(one), one.span));
  const optional = required.length > 0 && node.minimumShouldMatch === null;
  const least = minimum(node.minimumShouldMatch ?? 1, node.should.length);
  const hole = (reason: string): Expression =>
    opaque(textOf({ ...node, must: [], filter: [], mustNot: [] }), reason, node.span);
  const should = (): Expression | null => {
    if (node.should.length === 0 || optional || least === 0) return null;
    if (least === null) return hole("some of several queries (minimum_should_match)");
    if (least > node.should.length) return hole("more queries asked for than there are (minimum_should_match)");
    return atLeast(least, node.should.map(expression), node.span) ?? hole("a choice of too many queries");
  };
  const asked = should();
  const parts = [...required, ...(asked === null ? [] : [asked]), ...excluded];
  if (parts.length > 0) return conjoin(parts, node.span);
  return predicate(null, "exists", [], true, node.span, ["*"]);
}

/** A number or a share of the whole, rounded down; negative ones say how many may be missing. null for combinations. */
function minimum(written: JsonScalar, of: number): number | null {
  const text = typeof written === "number" ? String(written) : typeof written === "string" ? written : "";
  const [, digits, percent] = /^(-?\d{1,9})(%?)$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const amount = Math.abs(Number(digits));
  const count = percent === "%" ? Math.floor((amount * of) / 100) : amount;
  return digits.startsWith("-") ? Math.max(0, of - count) : count;
}

function fieldExpression(node: FieldQuery): Expression {
  const { field, value, options, span: at } = node;
  const folded = options.case_insensitive === true;
  if (value === null) return opaque(textOf(node), "a null value, which Elasticsearch refuses", at);
  const pattern = (tokens: readonly PatternToken[]): Expression =>
    patternExpression({
      field: fieldRef(field),
      patterns: [{ tokens, raw: JSON.stringify(value) }],
      quantifier: "any",
      caseSensitive: !folded && !isFullText(field),
      ...(isFullText(field) ? { plain: "match" as const } : {}),
      span: at,
    });
  switch (node.query) {
    case "term":
      return equals(field, [value], folded, at);
    case "match":
    case "match_phrase":
      return isFullText(field) ? terms(node, value) : equals(field, [value], folded, at);
    case "match_phrase_prefix":
      return isFullText(field)
        ? opaque(textOf(node), "query match_phrase_prefix", at)
        : pattern([{ type: "literal", text: String(value) }, { type: "any" }]);
    case "prefix":
      return pattern([{ type: "literal", text: String(value) }, { type: "any" }]);
    case "wildcard":
      return pattern(wildcard(String(value)));
    case "regexp":
      return predicate(field, "regex_match", [anchored(String(value))], !folded, at, [JSON.stringify(value)]);
    default:
      return node.query satisfies never;
  }
}

/** `*` and `?` are wildcards unless a backslash stands before them; a backslash before anything escapes it. */
function wildcard(text: string): readonly PatternToken[] {
  const tokens: PatternToken[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "*") tokens.push({ type: "any" });
    else if (char === "?") tokens.push({ type: "one" });
    else if (char === "\\" && at + 1 < text.length) tokens.push({ type: "literal", text: text[++at] ?? "" });
    else tokens.push({ type: "literal", text: char });
  }
  return tidy(tokens);
}

/** A phrase is one value. Of a plain match, one word is enough, unless all are asked for. */
function terms(node: FieldQuery, value: Exclude<JsonScalar, null>): Expression {
  const phrase = node.query === "match_phrase" || node.options.type === "phrase" || typeof value !== "string";
  const words = phrase ? [value] : value.split(/\s+/).filter((one) => one !== "");
  const found = predicate(node.field, "match", words.length === 0 ? [value] : words, false, node.span);
  const all = words.length > 1 && String(node.options.operator).toLowerCase() === "and";
  return all ? { ...found, quantifier: "all" } : found;
}

/** Networks among the values become a predicate of their own. */
function equals(field: string, values: readonly JsonScalar[], folded: boolean, at: Span): Expression {
  const networks: Value[] = [];
  const others: Value[] = [];
  for (const one of values) {
    if (one === null) continue;
    if (typeof one === "string" && isNetwork(one)) networks.push(one);
    else others.push(one);
  }
  const parts = [
    ...(others.length === 0 ? [] : [predicate(field, "eq", others, !folded, at)]),
    ...(networks.length === 0 ? [] : [predicate(field, "cidr_match", networks, true, at)]),
  ];
  return parts.length === 0 ? opaque(JSON.stringify(values), "an empty list of values", at) : disjoin(parts, at);
}

function predicate(
  field: string | null,
  operator: Operator,
  values: readonly Value[],
  caseSensitive: boolean,
  at: Span,
  raw: readonly string[] = values.map((one) => JSON.stringify(one)),
): Predicate {
  return {
    type: "predicate",
    field: field === null ? null : fieldRef(field),
    operator,
    values,
    raw,
    quantifier: "any",
    caseSensitive,
    span: at,
  };
}
