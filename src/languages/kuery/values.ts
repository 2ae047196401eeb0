import ipaddr from "ipaddr.js";
import type { Span } from "../../kit/span.ts";
import { conjoin, disjoin, opaque } from "../../rule/build.ts";
import type { Expression, FieldRef, Operator, PatternToken, Value } from "../../rule/expression.ts";
import { patternExpression, tidy } from "../../rule/pattern.ts";
import type { Literal } from "./ast.ts";

/** The field that values are looked for in; null where they may stand in any field. */
export interface Target {
  readonly field: FieldRef | null;
  /** Is the field analysed into terms? Values without a field are looked for in the default fields, which are. */
  readonly fullText: boolean;
}

/** One thing to look for. Text without a wildcard is compared as a whole, or by terms where the field is analysed. */
type Meaning =
  | {
      readonly type: "plain";
      readonly operator: "eq" | "match" | "cidr_match";
      readonly value: Value;
      readonly raw: string;
    }
  | { readonly type: "pattern"; readonly tokens: readonly PatternToken[]; readonly raw: string }
  | { readonly type: "unknown"; readonly reason: string; readonly value: Literal };

/** One predicate for each operator that the values need, plain ones first, joined as the quantifier says. */
export function valuesExpression(
  target: Target,
  values: readonly Literal[],
  quantifier: "any" | "all",
  at: Span,
): Expression {
  const parts: Expression[] = [];
  const meanings: Meaning[] = [];
  for (const value of values) {
    const found = meaningsOf(value, target.fullText);
    if (quantifier === "all" && found.length > 1) parts.push(joined(target, found, "any", value.span));
    else for (const one of found) meanings.push(one);
  }
  if (meanings.length > 0) parts.push(joined(target, meanings, quantifier, at));
  return quantifier === "all" ? conjoin(parts, at) : disjoin(parts, at);
}

function joined(target: Target, meanings: readonly Meaning[], quantifier: "any" | "all", at: Span): Expression {
  const [first] = meanings;
  if (meanings.length === 1 && first?.type === "plain")
    return predicate(target, first.operator, [first], quantifier, at);
  const plain = Map.groupBy(
    meanings.filter((one) => one.type === "plain"),
    (one) => one.operator,
  );
  const patterns = meanings.filter((one) => one.type === "pattern");
  const parts: Expression[] = [...plain].map(([operator, group]) => predicate(target, operator, group, quantifier, at));
  if (patterns.length > 0) {
    parts.push(
      patternExpression({ field: target.field, patterns, quantifier, caseSensitive: !target.fullText, span: at }),
    );
  }
  for (const one of meanings)
    if (one.type === "unknown") parts.push(opaque(one.value.text, one.reason, one.value.span));
  return quantifier === "all" ? conjoin(parts, at) : disjoin(parts, at);
}

function predicate(
  target: Target,
  operator: Operator,
  group: readonly { readonly value: Value; readonly raw: string }[],
  quantifier: "any" | "all",
  at: Span,
): Expression {
  return {
    type: "predicate",
    field: target.field,
    operator,
    values: group.map((one) => one.value),
    raw: group.map((one) => one.raw),
    quantifier: group.length > 1 ? quantifier : "any",
    caseSensitive: !target.fullText,
    span: at,
  };
}

function meaningsOf(value: Literal, fullText: boolean): readonly Meaning[] {
  if (!value.quoted && value.text === "null") {
    return [{ type: "unknown", reason: "a null value, which Elasticsearch refuses", value }];
  }
  if (fullText) return value.quoted ? [textMeaning(value.tokens, value.text, "match")] : words(value);
  const simple = value.quoted ? null : scalar(value.text);
  if (simple !== null) return [{ type: "plain", operator: "eq", value: simple, raw: value.text }];
  return [textMeaning(value.tokens, value.text, "eq")];
}

function textMeaning(tokens: readonly PatternToken[], raw: string, plain: "eq" | "match"): Meaning {
  const text = plainText(tokens);
  if (text === null) return { type: "pattern", tokens, raw };
  return { type: "plain", operator: plain === "eq" && isNetwork(text) ? "cidr_match" : plain, value: text, raw };
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
function words(value: Literal): readonly Meaning[] {
  if (!/[\s\\]/.test(value.text)) return [textMeaning(value.tokens, value.text, "match")];
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
  if (kept.length <= 1) return [textMeaning(value.tokens, value.text, "match")];
  const raw = value.text.split(/\s+/);
  return kept.map((tokens, index) =>
    textMeaning(tokens, raw.length === kept.length ? (raw[index] ?? value.text) : value.text, "match"),
  );
}
