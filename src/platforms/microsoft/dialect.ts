import { isPattern, type PatternToken, type Value } from "../../rule/expression.ts";
import { wholePattern } from "../condition/whole-pattern.ts";
import { type Dialect, type Refused, refused, type Test, type Written, writtenList } from "../platform.ts";
import { re2 } from "../regex/dialect.ts";
import { regexOfPattern, regexOfWord } from "../regex/pattern-regex.ts";
import { regexFor } from "../regex/write.ts";
import type { Remark } from "../translation.ts";
import { rangeTest } from "./addresses.ts";
import { type Column, columnOf } from "./columns.ts";
import { kustoString } from "./literals.ts";

/**
 * Conditions of Kusto. A text is never null, so a missing one is the empty text and fails every test but that for it;
 * comparisons of numbers and addresses give null (https://learn.microsoft.com/kusto/query/scalar-data-types/null-values).
 */
export const kustoDialect: Dialect = {
  missing: "unknown",
  emptyIsMissing: true,
  and: "and",
  or: "or",
  not: (operand) => opposite(operand) ?? (operand.startsWith("(") ? `not${operand}` : `not(${operand})`),
  takesSeveral: ({ field, operator, quantifier, values, caseSensitive }) => {
    if (field === null || values.some(isPattern)) return false;
    if (operator === "match") return !caseSensitive;
    return quantifier === "any" && (operator === "eq" || operator === "cidr_match");
  },
  test: (test) => {
    if (test.field === null) return keywordTest(test);
    const column = columnOf(test.field);
    const written = testOf(test, column);
    if ("type" in written || column.lists.length === 0) return written;
    return { ...written, remarks: [...(written.remarks ?? []), ...column.lists.map(firstItem)] };
  },
};

/** What Kusto says the other way round; null for anything else. */
function opposite(operand: string): string | null {
  const [, call = "", inner] =
    /^(isempty|isnotempty|isnull|isnotnull)\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/u.exec(operand) ?? [];
  if (inner === undefined) return null;
  return `${call.startsWith("isnot") ? call.replace("isnot", "is") : call.replace("is", "isnot")}(${inner})`;
}

function firstItem(list: string): Remark {
  return { code: "several-values", why: `Only the first item of ${list} is looked at.` };
}

function testOf(test: Test, column: Column): Written | Refused {
  const { operator } = test;
  switch (operator) {
    case "exists":
    case "is_null":
      return presence(operator === "exists", column);
    case "eq":
      return equality(test, column);
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains":
      return textTest(test, column);
    case "regex_match":
      return regexTest(test, column);
    case "match":
      return wordTest(test, column);
    case "cidr_match":
      return rangeTest(test, column);
    case "lt":
    case "le":
    case "gt":
    case "ge":
      return orderTest(test, operator, column);
    case "eq_field":
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field":
      return fieldTest(test, operator, column);
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
      return fieldOrder(test, operator, column);
    default:
      return operator satisfies never;
  }
}

function atom(text: string, remarks: Written["remarks"] = []): Written {
  return { text, binds: "atom", remarks };
}

const emptyIsMissing: Remark = {
  code: "missing-field",
  why: "Kusto cannot tell an empty text from a missing one.",
};

function presence(exists: boolean, { type, own }: Column): Written {
  const isText = type === "text" || type === "dynamic";
  if (!isText) return atom(`${exists ? "isnotnull" : "isnull"}(${own})`);
  return atom(`${exists ? "isnotempty" : "isempty"}(${own})`, [emptyIsMissing]);
}

function numberOf(value: Value): string | null {
  if (isPattern(value)) return null;
  const text = String(value).trim();
  if (/^[+-]?\d{1,18}(?:\.\d+)?$/u.test(text)) return text.replace(/^\+/u, "").replace(/^(-?)0+(?=\d)/u, "$1");
  return /^0x[0-9a-f]{1,15}$/iu.test(text) ? String(Number(text)) : null;
}

function booleanOf(value: Value): string | null {
  const text = String(value).toLowerCase();
  return !isPattern(value) && (text === "true" || text === "false") ? text : null;
}

/** Numbers and truth values are compared as such where the column holds them and the rule asks for them, else as texts. */
function equality({ values, caseSensitive }: Test, column: Column): Written {
  const own =
    column.type === "number" ? values.map(numberOf) : column.type === "boolean" ? values.map(booleanOf) : [null];
  if (own.every((one) => one !== null)) return among(column.own, own, "==", "in");
  if (values.length === 1 && values[0] === "") return atom(`isempty(${column.own})`, [emptyIsMissing]);
  const texts = values.map((one) => kustoString(String(one)));
  const folds = values.some((one) => typeof one === "boolean" || (!caseSensitive && hasCase(String(one))));
  const written = among(column.text, texts, folds ? "=~" : "==", folds ? "in~" : "in");
  return values.includes("") ? { ...written, remarks: [emptyIsMissing] } : written;
}

/** Does letter case make a difference? Without any, the plain comparison reads better. */
function hasCase(text: string): boolean {
  return text.toLowerCase() !== text.toUpperCase();
}

function among(name: string, values: readonly string[], one: string, several: string): Written {
  const [only] = values;
  return values.length === 1 ? atom(`${name} ${one} ${only}`) : writtenList(`${name} ${several} (`, values, ")");
}

const textOperators: Readonly<Record<string, string>> = {
  contains: "contains",
  starts_with: "startswith",
  ends_with: "endswith",
};

/** One value: Kusto has no list of parts. What has wildcards inside becomes a regular expression. */
function textTest(test: Test, column: Column): Written | Refused {
  const [value = ""] = test.values;
  const tokens = wholePattern(test.operator, value) ?? [];
  const simple = simplePart(tokens);
  if (simple === null) return matches(column, regexOfPattern(tokens, re2), !test.caseSensitive);
  if (simple.text === "") {
    return simple.operator === "eq" ? equality({ ...test, values: [""] }, column) : presence(true, column);
  }
  if (simple.operator === "eq") return equality({ ...test, values: [simple.text] }, column);
  const suffix = test.caseSensitive ? "_cs" : "";
  return atom(`${column.text} ${textOperators[simple.operator]}${suffix} ${kustoString(simple.text)}`);
}

/** A literal that is open at one end, both or none; null for wildcards elsewhere. */
function simplePart(
  tokens: readonly PatternToken[],
): { readonly operator: "eq" | "contains" | "starts_with" | "ends_with"; readonly text: string } | null {
  const [first, last] = [tokens[0]?.type === "any", tokens.length > 1 && tokens.at(-1)?.type === "any"];
  const inner = tokens.slice(first ? 1 : 0, last ? -1 : undefined);
  if (inner.some((one) => one.type !== "literal")) return null;
  const text = inner.map((one) => (one.type === "literal" ? one.text : "")).join("");
  if (tokens.length === 1 && first) return { operator: "contains", text: "" };
  return { operator: first ? (last ? "contains" : "ends_with") : last ? "starts_with" : "eq", text };
}

function matches({ text }: Column, regex: string, folds: boolean): Written {
  const flags = folds ? (regex.startsWith("(?s)") ? `(?is)${regex.slice(4)}` : `(?i)${regex}`) : regex;
  return atom(`${text} matches regex ${kustoString(flags)}`);
}

function regexTest({ values, caseSensitive, regex }: Test, column: Column): Written | Refused {
  const written = regexFor(String(values[0] ?? ""), regex, re2);
  if (written.type === "refused") return written;
  return matches(column, written.text, !caseSensitive || written.ignoreCase);
}

/** Whole words, or words open at an end. */
function wordTest(test: Test, column: Column): Written {
  const { values, quantifier, caseSensitive } = test;
  if (values.length > 1) {
    return among(
      column.text,
      values.map((one) => kustoString(String(one))),
      "has",
      quantifier === "all" ? "has_all" : "has_any",
    );
  }
  const [value = ""] = values;
  const tokens = wholePattern("eq", value) ?? [];
  const simple = simplePart(tokens);
  const operator =
    simple === null
      ? undefined
      : { eq: "has", starts_with: "hasprefix", ends_with: "hassuffix", contains: undefined }[simple.operator];
  if (simple === null || operator === undefined) return matches(column, regexOfWord(tokens), !caseSensitive);
  return atom(`${column.text} ${operator}${caseSensitive ? "_cs" : ""} ${kustoString(simple.text)}`);
}

/** The whole event: any of its columns. */
function keywordTest({ operator, values, caseSensitive }: Test): Written | Refused {
  const [value = ""] = values;
  const suffix = caseSensitive ? "_cs" : "";
  const tokens = wholePattern(operator === "match" ? "eq" : operator, value);
  const simple = tokens === null ? null : simplePart(tokens);
  if (simple === null || simple.text === "")
    return refused("keyword", "Kusto does not search all columns for patterns.");
  const word =
    operator === "match"
      ? { eq: "has", starts_with: "hasprefix", ends_with: "hassuffix", contains: "contains" }[simple.operator]
      : textOperators[simple.operator];
  if (word !== undefined) return atom(`* ${word}${suffix} ${kustoString(simple.text)}`);
  return atom(caseSensitive ? `* == ${kustoString(simple.text)}` : `* =~ ${kustoString(simple.text)}`);
}

const orders = { lt: "<", le: "<=", gt: ">", ge: ">=" } as const;

function orderTest(
  { values, guarded }: Test,
  operator: keyof typeof orders,
  { number, type }: Column,
): Written | Refused {
  const value = numberOf(values[0] ?? "");
  if (value === null || type === "time") return refused("value-type", "Kusto orders only numbers as rules mean it.");
  return sure(`${number} ${orders[operator]} ${value}`, guarded);
}

/** False where the comparison gives null, as it must be under `not`. */
function sure(text: string, guarded: boolean): Written {
  return atom(guarded ? `coalesce(${text}, false)` : text);
}

/** Two empty texts are no equal values: there are none. */
function fieldTest(
  { others, caseSensitive, quantifier }: Test,
  operator: "eq_field" | "contains_field" | "starts_with_field" | "ends_with_field",
  column: Column,
): Written {
  const each = others.map((one) => {
    const other = columnOf(one);
    if (operator === "eq_field") {
      const numbers = column.type === "number" && other.type === "number";
      if (numbers) return `${column.own} == ${other.own}`;
      return `isnotempty(${column.own}) and ${column.text} ${caseSensitive ? "==" : "=~"} ${other.text}`;
    }
    const word = textOperators[operator.replace("_field", "")];
    return `isnotempty(${other.own}) and ${column.text} ${word}${caseSensitive ? "_cs" : ""} ${other.text}`;
  });
  if (each.length === 1) return { text: each[0] ?? "", binds: each[0]?.includes(" and ") === true ? "and" : "atom" };
  return {
    text: each.map((one) => `(${one})`).join(quantifier === "all" ? " and " : " or "),
    binds: quantifier === "all" ? "and" : "or",
  };
}

function fieldOrder(
  { others, guarded }: Test,
  operator: "lt_field" | "le_field" | "gt_field" | "ge_field",
  column: Column,
): Written | Refused {
  const [first] = others;
  if (first === undefined) return refused("operator", "There is nothing to compare with.");
  const other = columnOf(first);
  const times = column.type === "time" && other.type === "time";
  const sign = orders[operator.replace("_field", "") as keyof typeof orders];
  return sure(times ? `${column.own} ${sign} ${other.own}` : `${column.number} ${sign} ${other.number}`, guarded);
}
