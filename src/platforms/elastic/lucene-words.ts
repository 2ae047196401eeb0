import type { Operator, PatternToken, Value } from "../../rule/expression.ts";
import { isPattern } from "../../rule/expression.ts";
import { wholePattern } from "../condition/whole-pattern.ts";
import { type Refused, refused } from "../platform.ts";
import type { Remark } from "../translation.ts";

/** Words anywhere in an event, as a query string of Lucene asks for them. */
export interface LuceneWords {
  readonly text: string;
  readonly remarks: readonly Remark[];
}

export function luceneWords(operator: Operator, value: Value, caseSensitive: boolean): LuceneWords | Refused {
  if (caseSensitive && hasLetters(value)) return refused("keyword", "Words are found in letters of either case only.");
  if (operator !== "match" && operator !== "contains") {
    return refused("keyword", `A search for words cannot say ${operator.replaceAll("_", " ")}.`);
  }
  const tokens = operator === "match" ? own(value) : (wholePattern(operator, value) ?? []);
  if (tokens.every((one) => one.type === "literal")) {
    return { text: phrase(tokens.map((one) => (one.type === "literal" ? one.text : "")).join("")), remarks: [] };
  }
  const text = tokens
    .map((one) => (one.type === "literal" ? escapeLucene(one.text) : one.type === "any" ? "*" : "?"))
    .join("");
  const words = tokens.some((one) => one.type === "literal" && /[^\p{L}\p{N}_]/u.test(one.text));
  const why = "A text over several words is found only in fields that the index has not cut into words.";
  return { text, remarks: words ? [{ code: "words", why }] : [] };
}

function own(value: Value): readonly PatternToken[] {
  return isPattern(value) ? value.tokens : [{ type: "literal", text: String(value) }];
}

function hasLetters(value: Value): boolean {
  const text = own(value)
    .map((one) => (one.type === "literal" ? one.text : ""))
    .join("");
  return text.toLowerCase() !== text.toUpperCase();
}

/** In quotes, where only they and the backslash need one before them. */
export function phrase(text: string): string {
  return `"${text.replace(/["\\]/gu, (char) => `\\${char}`)}"`;
}

/** Outside of quotes every sign, and every blank, can have a backslash before it. */
export function escapeLucene(text: string): string {
  return text.replace(/[^\p{L}\p{N}_]/gu, (char) => `\\${char}`);
}
