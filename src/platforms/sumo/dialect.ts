import { isPattern, type Value } from "../../rule/expression.ts";
import { wholePattern } from "../condition/whole-pattern.ts";
import {
  type Dialect,
  type Refused,
  refused,
  type TargetField,
  type Test,
  type Written,
  writtenList,
} from "../platform.ts";
import { re2 } from "../regex/dialect.ts";
import { regexOfWord } from "../regex/pattern-regex.ts";
import { regexFor, regexOfText } from "../regex/write.ts";
import { cidrTest } from "./cidr.ts";
import { keywordTest } from "./keywords.ts";
import { searchName, sumoField, sumoPattern, sumoRegex, sumoString } from "./literals.ts";

/**
 * Conditions of `where`. Comparisons heed letter case and are false for a field without a value, so that `!( … )` is true
 * there (https://www.sumologic.com/help/docs/cse/rules/cse-rules-syntax/, = and !).
 */
export const sumoDialect: Dialect = {
  missing: "false",
  and: "and",
  or: "or",
  not: (operand) => (/^\(|^[A-Za-z]+\([^()]*\)$/su.test(operand) ? `!${operand}` : `!(${operand})`),
  takesSeveral: ({ field, operator, quantifier }) =>
    quantifier === "any" &&
    field !== null &&
    ["eq", "wildcard", "starts_with", "ends_with", "contains"].includes(operator),
  test: (test) => {
    const { field } = test;
    if (field === null) return keywordTest(test);
    const name = sumoField(field.name);
    return name === null ? refused("no-field", "Sumo Logic cannot name this field.") : testOf(test, field, name);
  },
};

function testOf(test: Test, field: TargetField, name: string): Written | Refused {
  switch (test.operator) {
    case "exists":
      return { text: `!isNull(${name})`, binds: "not" };
    case "is_null":
      return atom(`isNull(${name})`);
    case "eq":
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains":
      return holdsNumbers(field) && test.operator === "eq" ? numbers(test, field, name) : texts(test, field, name);
    case "regex_match":
      return regex(test, field, name);
    case "match":
      return words(test, field, name);
    case "cidr_match":
      return cidrTest(String(test.values[0] ?? ""), name);
    case "lt":
    case "le":
    case "gt":
    case "ge":
      return order(test, name);
    case "eq_field":
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field":
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
      return fields(test, name);
    default:
      return test.operator satisfies never;
  }
}

export function atom(text: string): Written {
  return { text, binds: "atom" };
}

/** Attributes of the schema that hold numbers; all else, and whatever the log says beyond it, is text. */
const numeric: ReadonlySet<string> = new Set(
  "pid parentPid grandparentPid srcPort dstPort file_size bytesIn bytesOut packetsIn packetsOut http_contentLength http_response_contentLength http_response_statusCode normalizedSeverity".split(
    " ",
  ),
);

function holdsNumbers({ name }: TargetField): boolean {
  return numeric.has(name);
}

/** What text functions are asked of. */
function textOf(field: TargetField, name: string): string {
  return holdsNumbers(field) ? `toString(${name})` : name;
}

function numbers({ values }: Test, { name: raw }: TargetField, name: string): Written | Refused {
  const each = values.map((one) => decimal(one));
  if (each.includes(null)) return refused("value-type", `${searchName(raw)} holds numbers.`);
  return atom(each.length === 1 ? `${name} = ${each[0]}` : `${name} in (${each.join(", ")})`);
}

/** Without exponents, which the language writes in a way of its own. */
function decimal(value: Value): string | null {
  const text = String(value).trim();
  const written = String(Number(text));
  return text !== "" && /^-?\d+(?:\.\d+)?$/u.test(written) ? written : null;
}

function order({ operator, values }: Test, name: string): Written | Refused {
  const number = decimal(values[0] ?? "");
  if (number === null) return refused("value-type", "Only numbers are compared by order.");
  return atom(`${name} ${{ lt: "<", le: "<=", gt: ">", ge: ">=" }[operator as "lt"]} ${number}`);
}

/** Letters that `toLowerCase` and the folding of regular expressions treat alike. */
const plainLetters = /^[\p{ASCII}]*$/u;

/**
 * One text as a string, where it can stand in one; several, and whatever needs escapes, as a regular expression. Whether
 * `matches` asks of the whole value or of a part of it the reference does not say: all expressions here mean the same
 * either way.
 */
function texts(test: Test, field: TargetField, name: string): Written {
  const { operator, values, caseSensitive } = test;
  const subject = textOf(field, name);
  const plain = caseSensitive || !values.some(hasLetters);
  const folded = plain ? subject : `toLowerCase(${subject})`;
  const strings = values.map((one) => stringOf(test, one));
  if (strings.every((one) => one !== null && !one.wild)) {
    const texts = strings.map((one) => one?.text);
    if (texts.length === 1) return atom(`${folded} = ${texts[0]}`);
    return writtenList(
      `${folded} in (`,
      texts.filter((one) => one !== undefined),
      ")",
    );
  }
  const [only] = strings;
  if (strings.length === 1 && only !== undefined && only !== null) return atom(`${folded} matches ${only.text}`);
  const bodies = values.map((one) => bodyOf(one));
  const body = bodies.length === 1 ? bodies[0] : `(?:${bodies.join("|")})`;
  const before = operator === "contains" || operator === "ends_with" ? ".*" : "^";
  const after = operator === "contains" || operator === "starts_with" ? ".*" : "$";
  const framed = `${before}${body}${after}`;
  return atom(`${subject} matches ${sumoRegex(`${flagsOf(caseSensitive, framed)}${framed}`)}`);
}

/** A value without letters is the same in both cases. */
function hasLetters(value: Value): boolean {
  const text = isPattern(value)
    ? value.tokens.map((one) => (one.type === "literal" ? one.text : "")).join("")
    : String(value);
  return text.toLowerCase() !== text.toUpperCase();
}

function stringOf({ operator, caseSensitive }: Test, value: Value): { text: string; wild: boolean } | null {
  const tokens = wholePattern(operator, value) ?? [];
  if (tokens.some((one) => one.type !== "literal" && one.type !== "any")) return null;
  const parts = tokens.map((one) => (one.type === "literal" ? one.text : null));
  if (!caseSensitive && !parts.every((one) => one === null || plainLetters.test(one))) return null;
  const own = caseSensitive ? parts : parts.map((one) => one?.toLowerCase() ?? null);
  const wild = parts.includes(null);
  const text = wild ? sumoPattern(own) : sumoString(own.join(""));
  return text === null ? null : { text, wild };
}

/** A value as part of a regular expression. */
export function bodyOf(value: Value): string {
  if (!isPattern(value)) return regexOfText(String(value));
  return value.tokens
    .map((one) => (one.type === "literal" ? regexOfText(one.text) : one.type === "any" ? ".*" : "."))
    .join("");
}

/** `s`: a dot is also a line end. */
export function flagsOf(caseSensitive: boolean, body: string): string {
  const flags = `${caseSensitive ? "" : "i"}${/\.\*|(?<!\\)\./u.test(body) ? "s" : ""}`;
  return flags === "" ? "" : `(?${flags})`;
}

/** https://www.sumologic.com/help/docs/search/search-query-language/search-operators/matches/ */
function regex({ values, regex: from, caseSensitive }: Test, field: TargetField, name: string): Written | Refused {
  const written = regexFor(String(values[0] ?? ""), from, re2);
  if (written.type === "refused") return written;
  const { text, ignoreCase } = written;
  const fold = ignoreCase || !caseSensitive ? "i" : "";
  const [, flags = "", framed] = /^(?:\(\?([a-z]+)\))?(\^\(\?:.*\)\$)$/su.exec(text) ?? [];
  const whole =
    framed === undefined
      ? `(?${fold}s).*(?-s:${text}).*`
      : `${`${fold}${flags}` === "" ? "" : `(?${fold}${flags})`}${framed}`;
  return atom(`${textOf(field, name)} matches ${sumoRegex(whole)}`);
}

function words({ values, caseSensitive }: Test, field: TargetField, name: string): Written {
  const [value = ""] = values;
  const word = regexOfWord(isPattern(value) ? value.tokens : [{ type: "literal", text: String(value) }]);
  return atom(`${textOf(field, name)} matches ${sumoRegex(`${caseSensitive ? "(?s)" : "(?is)"}.*${word}.*`)}`);
}

/** https://www.sumologic.com/help/docs/search/search-query-language/search-operators/contains/ */
function fields({ operator, others, caseSensitive }: Test, name: string): Written | Refused {
  const other = sumoField(others[0]?.name ?? "");
  if (other === null) return refused("no-field", "Sumo Logic cannot name this field.");
  const compared = { lt_field: "<", le_field: "<=", gt_field: ">", ge_field: ">=" }[operator as "lt_field"];
  if (compared !== undefined) return atom(`${name} ${compared} ${other}`);
  const [left, right] = caseSensitive ? [name, other] : [`toLowerCase(${name})`, `toLowerCase(${other})`];
  if (operator === "eq_field") return atom(`${left} = ${right}`);
  // contains holds of two empty texts as well, and of nothing in nothing.
  if (operator === "contains_field") return { text: `contains(${left}, ${right}) and !isNull(${other})`, binds: "and" };
  const [from, to] =
    operator === "starts_with_field"
      ? ["0", `length(${other})`]
      : [`length(${name}) - length(${other})`, `length(${name})`];
  return {
    text: `length(${name}) >= length(${other}) and substring(${left}, ${from}, ${to}) = ${right}`,
    binds: "and",
  };
}
