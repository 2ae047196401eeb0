import ipaddr from "ipaddr.js";
import type { Span } from "../../kit/span.ts";
import { conjoin, disjoin, opaque } from "../../rule/build.ts";
import type { Expression, FieldRef, PatternToken } from "../../rule/expression.ts";
import { valuesExpression as joinValues, normalForm, tidy, type WrittenValue } from "../../rule/pattern.ts";
import type { Literal } from "./ast.ts";

/** The field that values are looked for in; null where they may stand in any field. */
export interface Target {
  readonly field: FieldRef | null;
  /** Is the field analysed into terms? Values without a field are looked for in the default fields, which are. */
  readonly fullText: boolean;
}

/** One predicate for each operator that the values need, joined as the quantifier says; what has no meaning comes last. */
export function valuesExpression(
  target: Target,
  values: readonly Literal[],
  quantifier: "any" | "all",
  at: Span,
): Expression {
  const frame = { field: target.field, quantifier, caseSensitive: !target.fullText, span: at };
  const parts: Expression[] = [];
  const holes: Expression[] = [];
  const written: WrittenValue[] = [];
  for (const value of values) {
    const found = writtenValues(value, target.fullText);
    if (found === null) holes.push(opaque(value.text, "a null value, which Elasticsearch refuses", value.span));
    else if (quantifier === "all" && found.length > 1)
      parts.push(joinValues({ ...frame, quantifier: "any", span: value.span }, found));
    else written.push(...found);
  }
  if (written.length > 0) parts.push(joinValues(frame, written));
  parts.push(...holes);
  return quantifier === "all" ? conjoin(parts, at) : disjoin(parts, at);
}

/** What a literal asks for: several things where it is looked for word by word; null for `null`. */
function writtenValues(value: Literal, fullText: boolean): readonly WrittenValue[] | null {
  if (!value.quoted && value.text === "null") return null;
  if (fullText) return value.quoted ? [textValue(value.tokens, value.text, "match")] : words(value);
  const simple = value.quoted ? null : scalar(value.text);
  if (simple !== null) return [{ operator: "eq", value: simple, raw: value.text }];
  return [textValue(value.tokens, value.text, "eq")];
}

/** Text without a wildcard is compared as a whole, or by terms where the field is analysed. */
function textValue(tokens: readonly PatternToken[], raw: string, plain: "eq" | "match"): WrittenValue {
  const { operator, value } = normalForm(tokens, plain);
  const network = operator === "eq" && typeof value === "string" && isNetwork(value);
  return { operator: network ? "cidr_match" : operator, value, raw };
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
function words(value: Literal): readonly WrittenValue[] {
  if (!/[\s\\]/.test(value.text)) return [textValue(value.tokens, value.text, "match")];
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
  if (kept.length <= 1) return [textValue(value.tokens, value.text, "match")];
  const raw = value.text.split(/\s+/);
  return kept.map((tokens, index) =>
    textValue(tokens, raw.length === kept.length ? (raw[index] ?? value.text) : value.text, "match"),
  );
}
