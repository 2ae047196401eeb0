import { isFullText } from "../../languages/kuery/fields.ts";
import type { PatternToken, Value } from "../../rule/expression.ts";
import { wholePattern } from "../condition/whole-pattern.ts";
import { mappedField } from "../elastic/field-types.ts";
import { networkOf } from "../elastic/ip-prefix.ts";
import { foldedRegex } from "../elastic/letters.ts";
import { escapeLucene, luceneWords, phrase } from "../elastic/lucene-words.ts";
import { atom, hasLetters, scalar, troubleWithWords, wordsRemark } from "../elastic/query-string.ts";
import { wordRegex, wordRemark } from "../elastic/word-regex.ts";
import { type Dialect, type Refused, refused, type TargetField, type Test, type Written } from "../platform.ts";
import { re2 } from "../regex/dialect.ts";
import { luceneRegexFor } from "../regex/lucene.ts";
import { regexOfPattern } from "../regex/pattern-regex.ts";

/** Longest regular expression that an index takes, unless told otherwise (`index.max_regex_length`). */
const longestRegex = 1000;

/**
 * Conditions of Lucene's query strings: keywords mind letter case, and only a regular expression can say otherwise
 * (https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-query-string-query).
 */
export const luceneDialect: Dialect = {
  missing: "false",
  and: "AND",
  or: "OR",
  not: (operand) => `NOT ${operand}`,
  takesSeveral: ({ operator, quantifier, values, field }) =>
    field !== null &&
    quantifier === "any" &&
    values.length > 0 &&
    ["eq", "wildcard", "starts_with", "ends_with", "contains", "cidr_match", "regex_match"].includes(operator),
  test: (test) => {
    if (test.field === null) {
      const words = luceneWords(test.operator, test.values[0] ?? "", test.caseSensitive);
      return "type" in words ? words : atom(words.text, words.remarks);
    }
    const field = mappedField(test.field, test.values);
    return troubleWithWords(test, field) ?? testOf(test, field, luceneField(field.name));
  },
};

export function luceneField(name: string): string {
  return name.replace(/[^\p{L}\p{N}_.]/gu, (char) => `\\${char}`);
}

function testOf(test: Test, field: TargetField, name: string): Written | Refused {
  const { operator, values } = test;
  switch (operator) {
    case "exists":
      return atom(`_exists_:${name}`);
    case "is_null":
      return atom(`(*:* AND NOT _exists_:${name})`);
    case "eq":
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains":
      return textTest(test, field, name);
    case "match":
      return wordTest(test, field, name);
    case "regex_match":
      return regexTest(test, name);
    case "cidr_match":
      return among(
        name,
        values.map((one) => phrase(String(one))),
      );
    case "lt":
    case "le":
    case "gt":
    case "ge": {
      const number = scalar(values[0] ?? "", { ...field, type: "number" });
      if (number === null) return refused("value-type", `${String(values[0])} is no number to be ordered by.`);
      return atom(`${name}:${{ lt: "<", le: "<=", gt: ">", ge: ">=" }[operator]}${number}`);
    }
    case "eq_field":
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field":
      return refused("operator", "A query string does not compare fields.");
    default:
      return operator satisfies never;
  }
}

function among(name: string, values: readonly string[], remarks: Written["remarks"] = []): Written {
  return atom(`${name}:${values.length === 1 ? values[0] : `(${values.join(" OR ")})`}`, remarks);
}

function textTest(test: Test, field: TargetField, name: string): Written | Refused {
  const { operator, values, caseSensitive } = test;
  const typed = ["number", "boolean", "ip"].includes(field.type);
  const words = isFullText(field.name);
  if (caseSensitive && words && values.some(hasLetters)) {
    return refused("letter-case", `${field.name} is found in letters of either case only.`);
  }
  const texts: string[] = [];
  const remarks = [...wordsRemark(test, field)];
  for (const value of values) {
    const network = field.type === "ip" ? networkOf(operator, value) : null;
    if (typed && operator !== "eq" && network === null) {
      return refused("value-type", `${field.name} holds no text, which would have to be compared.`);
    }
    if (field.type === "number" && scalar(value, field) === null) {
      return refused("value-type", `${field.name} never has such a value.`);
    }
    const tokens = wholePattern(operator, value) ?? [];
    const fold = !typed && !words && !caseSensitive && hasLetters(value);
    const folded = fold ? foldedPattern(tokens) : null;
    if (fold && folded === null && test.negated === true) {
      return refused("length", "The text is too long for all spellings, and one of them would be left in.");
    }
    if (fold && folded === null) {
      remarks.push({
        code: "length",
        why: "The text is too long for all spellings, and found in the rule's own only.",
      });
    }
    // What looks like a network is taken for one, unless it is an expression.
    const plain = /^[\da-f.:]+\/\d+$/iu.test(String(value)) && !typed ? regexText(tokens) : written(tokens);
    texts.push(network !== null ? phrase(network) : (scalar(value, field) ?? folded ?? plain));
  }
  return among(name, texts, remarks);
}

function regexText(tokens: readonly PatternToken[]): string {
  const whole = luceneRegexFor(regexOfPattern(tokens, re2), "re2");
  if (whole.type === "refused") throw new Error(`A pattern is always an expression: ${whole.why}`);
  return slashed(whole.text);
}

/** Letters of either case; null where that is longer than an index takes. */
function foldedPattern(tokens: readonly PatternToken[]): string | null {
  const whole = luceneRegexFor(regexOfPattern(tokens, re2), "re2");
  if (whole.type === "refused") throw new Error(`A pattern is always an expression: ${whole.why}`);
  const text = foldedRegex(whole.text);
  return text.length > longestRegex ? null : slashed(text);
}

/** Between slashes, where `\\/` is a slash whatever stands before it: a backslash there goes into a class of its own. */
function slashed(regex: string): string {
  const inner = regex
    .replace(/\\.|\//gsu, (part) => (part === "/" ? "\\/" : part))
    .replace(/\\\\(?=\\\/|$)/gu, "[\\\\]");
  return `/${inner}/`;
}

function written(tokens: readonly PatternToken[]): string {
  if (tokens.every((one) => one.type === "literal")) {
    return phrase(tokens.map((one) => (one.type === "literal" ? one.text : "")).join(""));
  }
  return tokens
    .map((one) => (one.type === "literal" ? escapeLucene(one.text) : one.type === "any" ? "*" : "?"))
    .join("");
}

function wordTest({ values, caseSensitive }: Test, field: TargetField, name: string): Written | Refused {
  const [value = ""] = values;
  const tokens: readonly PatternToken[] =
    typeof value === "object" ? value.tokens : [{ type: "literal", text: String(value) }];
  if (isFullText(field.name)) return atom(`${name}:${written(tokens)}`);
  const regex = wordRegex(tokens);
  return atom(`${name}:${slashed(caseSensitive ? regex : foldedRegex(regex))}`, [wordRemark]);
}

function regexTest({ values, caseSensitive, regex }: Test, name: string): Written | Refused {
  const texts: string[] = [];
  for (const value of values as readonly Value[]) {
    const whole = luceneRegexFor(String(value), regex);
    if (whole.type === "refused") return whole;
    const text = caseSensitive && !whole.ignoreCase ? whole.text : foldedRegex(whole.text);
    if (text.length > longestRegex) return refused("length", "The expression is longer than an index takes.");
    texts.push(slashed(text));
  }
  return among(name, texts);
}
