import type { FieldRef } from "../../rule/expression.ts";
import { anchored, normalForm, type WrittenValue } from "../../rule/pattern.ts";
import { isNetwork, scalar } from "../kuery/values.ts";
import type { Bound, LuceneValue, Phrase, Range, Regex, Term } from "./ast.ts";

/** The field that values are looked for in; null where they may stand in any field. */
export interface Target {
  readonly field: FieldRef | null;
  /** Is the field analysed into terms? Values without a field are looked for in the default fields, which are. */
  readonly fullText: boolean;
}

/** What one value asks for, several things where one of several words is enough; null for what is no plain value. */
export function writtenValues(node: LuceneValue, target: Target): readonly WrittenValue[] | null {
  switch (node.type) {
    case "term":
      return termValues(node, target);
    case "phrase":
      return phraseValues(node, target);
    case "regex":
      return regexValues(node, target);
    case "range": {
      const bounds = rangeValues(node);
      return bounds.length === 1 ? bounds : null;
    }
    case "group":
    case "error":
      return null;
    default:
      return node satisfies never;
  }
}

const comparisons = [
  [">=", "ge"],
  ["<=", "le"],
  [">", "gt"],
  ["<", "lt"],
] as const;

function termValues({ tokens, text, fuzzy }: Term, { field, fullText }: Target): readonly WrittenValue[] | null {
  const [only] = tokens;
  const plain = tokens.length === 1 && only?.type === "literal" ? only.text : null;
  if (plain === null) return [{ ...normalForm(tokens, fullText ? "match" : "eq"), raw: text }];
  if (fuzzy !== null) return null;
  const comparison = field === null ? null : comparisonOf(plain, text);
  if (comparison !== null) return [comparison];
  if (fullText && plain.includes(" ")) return plain.split(" ").map((word) => plainValue(word, word, true));
  if (fullText) return [plainValue(plain, text, true)];
  const simple = scalar(text);
  return [simple === null ? plainValue(plain, text, false) : { operator: "eq", value: simple, raw: text }];
}

/** `>10`, `>=10`: an escape does not take these signs for themselves, and both need something behind them. */
function comparisonOf(plain: string, raw: string): WrittenValue | null {
  const found = comparisons.find(([sign]) => plain.startsWith(sign) && plain.length > sign.length);
  if (found === undefined) return null;
  const [sign, operator] = found;
  const value = plain.slice(sign.length);
  return { operator, value: scalar(value) ?? value, raw };
}

/** Text without a wildcard is compared as a whole, or by terms where the field is analysed. */
function plainValue(value: string, raw: string, fullText: boolean): WrittenValue {
  if (fullText) return { operator: "match", value, raw };
  return { operator: isNetwork(value) ? "cidr_match" : "eq", value, raw };
}

/** On a field that is not analysed, a phrase is one value, and room between its words means nothing. */
function phraseValues({ value, text, slop }: Phrase, { fullText }: Target): readonly WrittenValue[] | null {
  const apart = slop !== null && !/^~(?:0(?:\.0*)?)?$/.test(slop) && /\s/.test(value.trim());
  return fullText && apart ? null : [plainValue(value, text, fullText)];
}

function regexValues({ pattern, text }: Regex, { fullText }: Target): readonly WrittenValue[] | null {
  if (fullText || hasOwnOperator(pattern)) return null;
  return [{ operator: "regex_match", value: anchored(pattern), raw: text }];
}

/** Lucene's expressions have operators that no others have: `~ & @ # < >`, and quotes around literal text. */
function hasOwnOperator(pattern: string): boolean {
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? "";
    if (char === "\\") at++;
    else if (inClass) inClass = char !== "]";
    else if (char === "[") inClass = true;
    else if ('~&@#<>"'.includes(char)) return true;
  }
  return false;
}

/** One comparison for each side that has a bound. */
export function rangeValues({ low, high }: Range): readonly WrittenValue[] {
  const bounds = [...boundValue(low, low.inclusive ? "ge" : "gt"), ...boundValue(high, high.inclusive ? "le" : "lt")];
  return bounds.length > 0 ? bounds : [{ operator: "exists", value: null, raw: "*" }];
}

function boundValue({ value, text, quoted }: Bound, operator: "ge" | "gt" | "le" | "lt"): readonly WrittenValue[] {
  if (value === null) return [];
  return [{ operator, value: (quoted ? null : scalar(text)) ?? value, raw: text }];
}
