import ipaddr from "ipaddr.js";
import type { Span } from "../../kit/span.ts";
import { conjoin, disjoin, opaque } from "../../rule/build.ts";
import type { Expression, FieldRef, Operator, PatternToken, Value } from "../../rule/expression.ts";
import { patternExpression, tidy, type WrittenPattern } from "../../rule/pattern.ts";
import type { Literal } from "./ast.ts";

/** The field that values are looked for in; null where they may stand in any field. */
export interface Target {
  readonly field: FieldRef | null;
  /** Is the field analysed into terms? Values without a field are looked for in the default fields, which are. */
  readonly fullText: boolean;
}

type Meaning =
  | { readonly type: "patterns"; readonly patterns: readonly WrittenPattern[] }
  | { readonly type: "typed"; readonly operator: "eq" | "cidr_match"; readonly value: Value }
  | { readonly type: "unknown"; readonly reason: string };

/** One predicate for each operator that the values need, in order of first use, joined as the quantifier says. */
export function valuesExpression(
  target: Target,
  values: readonly Literal[],
  quantifier: "any" | "all",
  at: Span,
): Expression {
  const parts: Expression[] = [];
  const patterns: WrittenPattern[] = [];
  const typed = new Map<Operator, { values: Value[]; raw: string[] }>();
  for (const value of values) {
    const meaning = meaningOf(value, target.fullText);
    if (meaning.type === "unknown") parts.push(opaque(value.text, meaning.reason, value.span));
    else if (meaning.type === "typed") {
      const group = typed.get(meaning.operator) ?? { values: [], raw: [] };
      typed.set(meaning.operator, group);
      group.values.push(meaning.value);
      group.raw.push(value.text);
    } else if (quantifier === "all" && meaning.patterns.length > 1) {
      parts.push(patternsExpression(target, meaning.patterns, "any", value.span));
    } else for (const one of meaning.patterns) patterns.push(one);
  }
  if (patterns.length > 0) parts.push(patternsExpression(target, patterns, quantifier, at));
  for (const [operator, group] of typed) {
    parts.push({
      type: "predicate",
      field: target.field,
      operator,
      values: group.values,
      raw: group.raw,
      quantifier: group.values.length > 1 ? quantifier : "any",
      caseSensitive: !target.fullText,
      span: at,
    });
  }
  return quantifier === "all" ? conjoin(parts, at) : disjoin(parts, at);
}

function patternsExpression(
  target: Target,
  patterns: readonly WrittenPattern[],
  quantifier: "any" | "all",
  at: Span,
): Expression {
  const plain = target.fullText ? "match" : "eq";
  return patternExpression({
    field: target.field,
    patterns,
    quantifier,
    caseSensitive: !target.fullText,
    plain,
    span: at,
  });
}

function meaningOf(value: Literal, fullText: boolean): Meaning {
  if (!value.quoted && value.text === "null")
    return { type: "unknown", reason: "a null value, which Elasticsearch refuses" };
  if (fullText)
    return { type: "patterns", patterns: value.quoted ? [{ tokens: value.tokens, raw: value.text }] : words(value) };
  const plain = plainText(value.tokens);
  if (plain !== null && isNetwork(plain)) return { type: "typed", operator: "cidr_match", value: plain };
  const simple = value.quoted ? null : scalar(value.text);
  if (simple !== null) return { type: "typed", operator: "eq", value: simple };
  return { type: "patterns", patterns: [{ tokens: value.tokens, raw: value.text }] };
}

/** The text of tokens without wildcards; null where there are some. */
function plainText(tokens: readonly PatternToken[]): string | null {
  const [first] = tokens;
  if (first === undefined) return "";
  return tokens.length === 1 && first.type === "literal" ? first.text : null;
}

/** A number or boolean as it is written outside quotes; null for all other text, also for `007` and `1e5`. */
export function scalar(text: string): number | boolean | null {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return Number.isFinite(number) && String(number) === text ? number : null;
}

/** `10.0.0.0/8`, `fe80::/10`: on an address field, Elasticsearch matches every address of the network. */
export function isNetwork(text: string): boolean {
  if (!/^[0-9a-f:.]{2,45}\/\d{1,3}$/i.test(text)) return false;
  return (text.includes(":") || text.split(".").length === 4) && ipaddr.isValidCIDR(text);
}

/** An analysed field is asked for each word by itself: one of them is enough. */
function words(value: Literal): readonly WrittenPattern[] {
  const found: PatternToken[][] = [[]];
  for (const token of value.tokens) {
    if (token.type !== "literal") found[found.length - 1]?.push(token);
    else {
      token.text.split(/\s+/).forEach((text, index) => {
        if (index > 0) found.push([]);
        if (text !== "") found[found.length - 1]?.push({ type: "literal", text });
      });
    }
  }
  const kept = found.map((tokens) => tidy(tokens)).filter((tokens) => tokens.length > 0);
  const raw = value.text.split(/[\s\u00a0]+/);
  if (kept.length <= 1) return [{ tokens: value.tokens, raw: value.text }];
  return kept.map((tokens, index) => ({
    tokens,
    raw: raw.length === kept.length ? (raw[index] ?? value.text) : value.text,
  }));
}
