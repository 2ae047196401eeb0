import type { Span } from "../../kit/span.ts";
import { computedField, fieldRef, negate, opaque } from "../../rule/build.ts";
import type { Expression, FieldOperator, FieldRef, PatternToken } from "../../rule/expression.ts";
import { normalForm, type ValueFrame, valuesExpression, type WrittenValue } from "../../rule/pattern.ts";
import type { SigmaItem, SigmaValue } from "./ast.ts";
import { acceptedTypes, chainFaults, type ModifierRole, modifierOf } from "./modifiers.ts";
import { sigmaTokens } from "./text.ts";

/** Everything that a chain of modifiers says. */
interface Chain {
  readonly kind: string;
  readonly shape: string | null;
  readonly part: string | null;
  readonly flags: readonly string[];
  readonly encoding: readonly string[];
  readonly has: (name: string) => boolean;
}

/** The expression of one `field|modifiers: values` item. */
export function lowerItem(item: SigmaItem): Expression {
  const key = [item.field ?? "", ...item.modifiers].join("|");
  const hole = (reason: string): Expression => opaque(key, reason, item.span);
  if (item.values.length === 0) return hole("an empty list of values");
  if (chainFaults(item.modifiers).some((one) => one.code !== "sigma/repeated-modifier"))
    return hole("modifiers without a meaning");
  const accepted = acceptedTypes(item.modifiers);
  if (item.values.some((value) => !accepted.has(value.type))) return hole("a value that the modifiers do not fit");
  const chain = chainOf(item.modifiers);
  const expression = valuesExpression(
    frameOf(item, chain),
    item.values.map((value) => writtenValue(item.field, value, chain)),
  );
  const positive = chain.kind === "exists" ? existence(item, expression) : expression;
  return chain.has("neq") ? negation(positive, item.span) : positive;
}

/** Keywords that stand bare in a list: any of them anywhere in the event. */
export function lowerKeywords(values: readonly SigmaValue[], at: Span): Expression {
  return lowerItem({ type: "item", field: null, modifiers: [], values, list: true, span: at });
}

/** `not` without a `not` below it. */
export function negation(operand: Expression, at: Span): Expression {
  return operand.type === "not" ? operand.operand : negate(operand, at);
}

function chainOf(modifiers: readonly string[]): Chain {
  const ofRole = (role: ModifierRole): readonly string[] => modifiers.filter((name) => modifierOf(name)?.role === role);
  return {
    kind: ofRole("kind")[0] ?? "plain",
    shape: ofRole("shape")[0] ?? null,
    part: ofRole("part")[0] ?? null,
    flags: ofRole("flag"),
    encoding: [...new Set(ofRole("encode"))],
    has: (name) => modifiers.includes(name),
  };
}

function frameOf(item: SigmaItem, chain: Chain): ValueFrame {
  const sensitive = chain.kind === "re" ? !chain.flags.includes("i") : chain.has("cased");
  return {
    field: item.field === null ? null : fieldOf(item.field, chain.part),
    quantifier: chain.has("all") ? "all" : "any",
    caseSensitive: sensitive,
    span: item.span,
    encoding: chain.encoding,
  };
}

/** A part of a date is a number that the rule computes. */
function fieldOf(field: string, part: string | null): FieldRef {
  if (part === null) return fieldRef(field);
  return computedField(field, `${field}|${part}`, [field]);
}

const comparisons: Readonly<Record<string, "lt" | "le" | "gt" | "ge">> = { lt: "lt", lte: "le", gt: "gt", gte: "ge" };

const fieldOperators: Readonly<Record<string, FieldOperator>> = {
  contains: "contains_field",
  startswith: "starts_with_field",
  endswith: "ends_with_field",
};

function writtenValue(field: string | null, value: SigmaValue, chain: Chain): WrittenValue {
  if (value.type === "null" || value.type === "fault") return { operator: "is_null", value: null, raw: "null" };
  const raw = value.text;
  const comparison = comparisons[chain.kind];
  if (comparison !== undefined && value.type === "number") return { operator: comparison, value: value.value, raw };
  switch (chain.kind) {
    case "exists":
      return { operator: "exists", value: null, raw };
    case "re":
      return { operator: "regex_match", value: inlineFlags(chain.flags) + value.text, raw };
    case "cidr":
      return { operator: "cidr_match", value: value.text, raw };
    case "fieldref":
      return { operator: fieldOperators[chain.shape ?? ""] ?? "eq_field", value: value.text, raw };
    default:
      return plainValue(field, value, chain);
  }
}

function plainValue(
  field: string | null,
  value: Exclude<SigmaValue, { type: "null" | "fault" }>,
  chain: Chain,
): WrittenValue {
  const raw = value.text;
  const asText = value.type === "string" || chain.shape !== null || chain.encoding.length > 0 || field === null;
  if (!asText) return { operator: "eq", value: value.value, raw };
  const written = sigmaTokens(value.text, chain.has("expand"));
  // A keyword may stand anywhere in the event; with wildcards in it that is all that can be said of it.
  const keyword = field === null && written.some((token) => token.type === "any" || token.type === "one");
  const tokens = shaped(written, keyword ? "contains" : chain.shape);
  return { ...normalForm(tokens, field === null && !keyword ? "match" : "eq"), raw };
}

function shaped(tokens: readonly PatternToken[], shape: string | null): readonly PatternToken[] {
  const before: readonly PatternToken[] = shape === "contains" || shape === "endswith" ? [{ type: "any" }] : [];
  const after: readonly PatternToken[] = shape === "contains" || shape === "startswith" ? [{ type: "any" }] : [];
  return [...before, ...tokens, ...after];
}

/** `m` and `s` have no place in a predicate: they become the inline flags that mean the same. */
function inlineFlags(flags: readonly string[]): string {
  const inline = ["m", "s"].filter((flag) => flags.includes(flag)).join("");
  return inline === "" ? "" : `(?${inline})`;
}

/** `exists: false` is the negation; the last of several values counts. */
function existence(item: SigmaItem, expression: Expression): Expression {
  const last = item.values[item.values.length - 1];
  return last?.type === "boolean" && !last.value ? negation(expression, item.span) : expression;
}
