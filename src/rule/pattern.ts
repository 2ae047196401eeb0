import type { Span } from "../kit/span.ts";
import { conjoin, disjoin } from "./build.ts";
import type { Expression, FieldRef, Operator, Pattern, PatternToken, Predicate, Value } from "./expression.ts";

/** One written value of a predicate: the tokens it means and the way it was spelled. */
export interface WrittenPattern {
  readonly tokens: readonly PatternToken[];
  readonly raw: string;
}

export interface PatternPredicate {
  readonly field: FieldRef | null;
  readonly patterns: readonly WrittenPattern[];
  readonly quantifier: "any" | "all";
  readonly caseSensitive: boolean;
  readonly span: Span;
  readonly origin?: string;
  readonly missing?: Predicate["missing"];
  /** What a value without a wildcard means: `eq`, or `match` for full-text terms. */
  readonly plain?: "eq" | "match";
}

/** Joins neighbouring literals, drops empty ones, folds `**` into `*`. */
export function tidy(tokens: readonly PatternToken[]): readonly PatternToken[] {
  const out: PatternToken[] = [];
  for (const token of tokens) {
    const last = out[out.length - 1];
    if (token.type === "literal") {
      if (token.text === "") continue;
      if (last?.type === "literal") out[out.length - 1] = { type: "literal", text: last.text + token.text };
      else out.push(token);
    } else if (token.type !== "any" || last?.type !== "any") out.push(token);
  }
  return out;
}

/** The tokens of a text in which `*` and `?` are wildcards and nothing is escaped. */
export function glob(text: string): readonly PatternToken[] {
  const tokens: PatternToken[] = [];
  let run = 0;
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    if (char !== "*" && char !== "?" && char !== undefined) continue;
    if (i > run) tokens.push({ type: "literal", text: text.slice(run, i) });
    if (char !== undefined) tokens.push({ type: char === "*" ? "any" : "one" });
    run = i + 1;
  }
  return tidy(tokens);
}

/**
 * A regular expression that matches anywhere, for one that must match the whole value: Lucene's are such, and so are
 * those of all languages that run on it.
 */
export function anchored(regex: string): string {
  return `^(?:${regex})$`;
}

export interface NormalValue {
  readonly operator: Extract<
    Operator,
    "eq" | "match" | "contains" | "starts_with" | "ends_with" | "wildcard" | "exists"
  >;
  /** null for `exists`. */
  readonly value: string | Pattern | null;
}

/**
 * The normal form of design §3: `*x*` contains, `x*` starts_with, `*x` ends_with, a lone `*` exists. In a text that is
 * looked through word by word (`match`), other wildcards stand for the rest of a word, not of the value.
 */
export function normalForm(tokens: readonly PatternToken[], plain: "eq" | "match" = "eq"): NormalValue {
  const tidied = tidy(tokens);
  const [first, second, third] = tidied;
  if (first === undefined) return { operator: plain, value: "" };
  if (tidied.length === 1) {
    if (first.type === "literal") return { operator: plain, value: first.text };
    if (first.type === "any") return { operator: "exists", value: null };
  }
  if (tidied.length === 2 && plain === "eq") {
    if (first.type === "any" && second?.type === "literal") return { operator: "ends_with", value: second.text };
    if (first.type === "literal" && second?.type === "any") return { operator: "starts_with", value: first.text };
  }
  if (tidied.length === 3 && first.type === "any" && second?.type === "literal" && third?.type === "any") {
    return { operator: "contains", value: second.text };
  }
  return { operator: plain === "match" ? "match" : "wildcard", value: { type: "pattern", tokens: tidied } };
}

/** One written value of a predicate in normal form; null where the operator alone says it (`exists`, `is_null`). */
export interface WrittenValue {
  readonly operator: Operator;
  readonly value: Value | null;
  readonly raw: string;
}

/** What all values of one predicate share. */
export interface ValueFrame extends Omit<PatternPredicate, "patterns" | "plain"> {
  readonly encoding?: readonly string[];
}

/**
 * One predicate for each operator that the patterns normalise to, in order of first use, joined as the quantifier says.
 * An `exists` among several values stays a predicate of its own.
 */
export function patternExpression(input: PatternPredicate): Expression {
  return valuesExpression(
    input,
    input.patterns.map(({ tokens, raw }) => ({ ...normalForm(tokens, input.plain), raw })),
  );
}

/** The same for values that need not be patterns. */
export function valuesExpression(frame: ValueFrame, written: readonly WrittenValue[]): Expression {
  const [first] = written;
  // By far the most common case, and long queries are full of it.
  if (first !== undefined && written.length === 1) {
    return predicate(frame, first.operator, first.value === null ? [] : [first.value], [first.raw]);
  }
  const groups: { readonly operator: Operator; readonly values: Value[]; readonly raw: string[] }[] = [];
  for (const { operator, value, raw } of written) {
    let group = groups.find((one) => one.operator === operator);
    if (group === undefined) {
      group = { operator, values: [], raw: [] };
      groups.push(group);
    }
    if (value !== null) group.values.push(value);
    group.raw.push(raw);
  }
  const predicates = groups.map(({ operator, values, raw }) => predicate(frame, operator, values, raw));
  return frame.quantifier === "all" ? conjoin(predicates, frame.span) : disjoin(predicates, frame.span);
}

function predicate(
  { field, quantifier, caseSensitive, span, origin, missing, encoding }: ValueFrame,
  operator: Operator,
  values: readonly Value[],
  raw: readonly string[],
): Predicate {
  const plain: Predicate = {
    type: "predicate",
    field,
    operator,
    values,
    raw,
    quantifier: values.length > 1 ? quantifier : "any",
    caseSensitive,
    span,
  };
  const coded = encoding !== undefined && encoding.length > 0;
  if (origin === undefined && missing === undefined && !coded) return plain;
  return {
    ...plain,
    ...(origin === undefined ? {} : { origin }),
    ...(missing === undefined ? {} : { missing }),
    ...(coded ? { encoding } : {}),
  };
}

/** A pattern as text in which `*` and `?` are wildcards and literal ones are escaped with `\`. */
export function showPattern(pattern: Pattern): string {
  return pattern.tokens
    .map((token) => {
      switch (token.type) {
        case "literal":
          return token.text.replace(/[*?]|\\(?=[*?\\]|$)/g, (char) => `\\${char}`);
        case "any":
          return "*";
        case "one":
          return "?";
        case "placeholder":
          return `%${token.name}%`;
        default:
          return token satisfies never;
      }
    })
    .join("");
}

/** Any value as one line of text, for tables and keys. */
export function showValue(value: Value): string {
  return typeof value === "object" ? showPattern(value) : String(value);
}
