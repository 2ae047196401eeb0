import type { Span } from "../../../kit/span.ts";
import type { Expression, FieldRef, Operator, PatternToken, Predicate, Value } from "../../../rule/expression.ts";
import { normalForm, tidy, valuesExpression, type WrittenPattern, type WrittenValue } from "../../../rule/pattern.ts";
import { numberOrText, unquoteSearch } from "../text.ts";
import { type Home, originOf, place } from "./context.ts";

/**
 * One value of a search. `*` is the one wildcard, also in quotes, and cannot be escaped; `?` is a character like any
 * other; a network such as `10.0.0.0/8` holds its addresses; unquoted numbers are numbers.
 */
function searchValue(raw: string, isTerm: boolean): WrittenValue {
  const text = unquoteSearch(raw);
  const plain = isTerm ? "match" : "eq";
  if (!text.includes("*")) {
    if (!isTerm && isNetwork(text)) return { operator: "cidr_match", value: text, raw };
    return { operator: plain, value: !isTerm && text === raw ? numberOrText(text) : text, raw };
  }
  const tokens = text
    .split("*")
    .flatMap((part, index): PatternToken[] =>
      index === 0 ? [{ type: "literal", text: part }] : [{ type: "any" }, { type: "literal", text: part }],
    );
  return { ...normalForm(tokens, plain), raw };
}

const network = /^(?:\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}|(?=[^/]*:)[0-9a-f:.]{2,45}\/\d{1,3})$/i;

/** An IPv4 or IPv6 network in CIDR notation. */
function isNetwork(text: string): boolean {
  return text.length <= 50 && network.test(text);
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

/** One value or one of several, as a search compares them: case does not matter. */
export function searchExpression({ field, raws, span, home, caseSensitive = false }: Written): Expression {
  const values = raws.map((raw) => searchValue(raw, field === null));
  const [only] = values;
  // The common case, and the one that a hostile text repeats ten thousand times.
  if (values.length === 1 && only !== undefined && only.value !== null)
    return plainPredicate(field, only.operator, [only.value], raws, caseSensitive, span, home);
  return valuesExpression(
    { field, quantifier: "any", caseSensitive, span: place(home, span), ...originOf(home) },
    values,
  );
}

/**
 * A comparison in where or eval: with a field that has no value it is null, and so is NOT of it, and where keeps only
 * what is true.
 */
export function evalPredicate(...parts: Parameters<typeof plainPredicate>): Predicate {
  return { ...plainPredicate(...parts), missing: "unknown" };
}

/** A predicate of a search, which is true or false; `is_null` and `exists` are so everywhere. */
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
