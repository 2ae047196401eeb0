import type { Span } from "../../../kit/span.ts";
import type { Expression, FieldRef, Operator, PatternToken, Predicate, Value } from "../../../rule/expression.ts";
import { patternExpression, tidy, type WrittenPattern } from "../../../rule/pattern.ts";
import { numberOrText, unquoteSearch } from "../text.ts";
import { type Home, originOf, place } from "./context.ts";

/** In a search `*` is the one wildcard, also in quotes, and cannot be escaped; `?` is a character like any other. */
export function searchPattern(raw: string): WrittenPattern {
  const tokens = unquoteSearch(raw)
    .split("*")
    .flatMap((text, index): PatternToken[] =>
      index === 0 ? [{ type: "literal", text }] : [{ type: "any" }, { type: "literal", text }],
    );
  return { tokens: tidy(tokens), raw };
}

/** like(): `%` any run of characters, `_` exactly one. */
export function likePattern(text: string, raw: string): WrittenPattern {
  const tokens: PatternToken[] = [];
  let run = 0;
  for (let at = 0; at <= text.length; at++) {
    const char = text[at];
    if (char !== "%" && char !== "_" && char !== undefined) continue;
    tokens.push({ type: "literal", text: text.slice(run, at) });
    if (char !== undefined) tokens.push({ type: char === "%" ? "any" : "one" });
    run = at + 1;
  }
  return { tokens: tidy(tokens), raw };
}

interface Written {
  readonly field: FieldRef | null;
  readonly raws: readonly string[];
  readonly span: Span;
  readonly home: Home;
  readonly caseSensitive?: boolean;
}

/** One value or one of several, as a search compares them: case does not matter, unquoted numbers are numbers. */
export function searchExpression({ field, raws, span, home, caseSensitive = false }: Written): Expression {
  const [only] = raws;
  // The common case, and the one that a hostile text repeats ten thousand times.
  if (only !== undefined && raws.length === 1 && !only.includes("*")) {
    const text = unquoteSearch(only);
    const value = field !== null && text === only ? numberOrText(text) : text;
    return plainPredicate(field, field === null ? "match" : "eq", [value], raws, caseSensitive, span, home);
  }
  const expression = patternExpression({
    field,
    patterns: raws.map(searchPattern),
    quantifier: "any",
    caseSensitive,
    span: place(home, span),
    plain: field === null ? "match" : "eq",
    ...originOf(home),
  });
  return withNumbers(expression);
}

function withNumbers(expression: Expression): Expression {
  if (expression.type === "or") return { ...expression, operands: expression.operands.map(withNumbers) };
  if (expression.type !== "predicate" || expression.operator !== "eq") return expression;
  return {
    ...expression,
    values: expression.values.map((value, index) => (value === expression.raw[index] ? numberOrText(value) : value)),
  };
}

/** A predicate of where and eval, which compare exactly. */
export function plainPredicate(
  field: FieldRef | null,
  operator: Operator,
  values: readonly Value[],
  raw: readonly string[],
  caseSensitive: boolean,
  span: Span,
  home: Home,
): Predicate {
  return {
    type: "predicate",
    field,
    operator,
    values,
    raw,
    quantifier: "any",
    caseSensitive,
    span: place(home, span),
    ...originOf(home),
  };
}

export const orderings: Readonly<Record<string, Operator>> = { "<": "lt", "<=": "le", ">": "gt", ">=": "ge" };
