import { matchesEmpty } from "../../languages/yara-l/lower/matches-empty.ts";
import { isRepeated } from "../../languages/yara-l/repeated-fields.ts";
import { isPattern, type PatternToken, type Value } from "../../rule/expression.ts";
import { wholePattern } from "../condition/whole-pattern.ts";
import {
  type Dialect,
  isRefused,
  type Refused,
  refused,
  type TargetField,
  type Test,
  type Written,
} from "../platform.ts";
import { re2 } from "../regex/dialect.ts";
import { regexOfPattern, regexOfWord } from "../regex/pattern-regex.ts";
import { regexFor, regexOfText } from "../regex/write.ts";
import type { Remark } from "../translation.ts";
import { kindOf } from "./field-kinds.ts";
import { fieldTest } from "./field-tests.ts";
import { isSayable, yaraField, yaraRegex, yaraString } from "./literals.ts";
import { orderTest, scalarTest } from "./scalar-tests.ts";

/**
 * Conditions of YARA-L 2.0. A field that an event does not have holds the zero value of its type, so that a test which
 * that value meets asks for another one as well (https://docs.cloud.google.com/chronicle/docs/detection/yara-l-best-practices).
 */
export const yaraDialect: Dialect = {
  missing: "false",
  emptyIsMissing: true,
  textField: "message",
  and: "and",
  or: "or",
  // A field of one value that is not equal to a text: as everybody writes it.
  not: (operand) =>
    comparison.test(operand)
      ? operand.replace(/ (!?=) /u, (_sign, own) => (own === "=" ? " != " : " = "))
      : `not ${operand}`,
  takesSeveral: ({ field, operator, quantifier, values }) =>
    field !== null &&
    quantifier === "any" &&
    values.length > mostLines &&
    kindOf(field.name) === "text" &&
    Object.hasOwn(listable, operator),
  test: (test) => {
    const { field } = test;
    if (field === null) return refused("keyword", "A rule of SecOps cannot look through whole events.");
    const name = yaraField(field.name);
    if (name === null) return refused("no-field", `${field.name} is no field of UDM.`);
    return testOf(test, field, name);
  },
};

/** A comparison of a field without a key, whose first sign is its own. */
const comparison = /^\0\.[A-Za-z0-9_.]+ !?= /u;

/** Values that still stand on a line each; more of them become one expression. */
const mostLines = 60;

/** Operators whose values an expression can list, with its anchors. */
const listable: Readonly<Record<string, readonly [string, string]>> = {
  eq: ["^", "$"],
  contains: ["", ""],
  starts_with: ["^", ""],
  ends_with: ["", "$"],
};

/** Many values in one expression; null where one of them is more than a text. */
function listTest({ operator, values, caseSensitive }: Test, name: string, subject: string): Written | null {
  const anchors = listable[operator];
  const texts = values.filter((one) => !isPattern(one) && String(one) !== "").map((one) => regexOfText(String(one)));
  if (anchors === undefined || texts.length !== values.length) return null;
  return asRegex(`${anchors[0]}(?:${texts.join("|")})${anchors[1]}`, !caseSensitive, name, subject);
}

function testOf(test: Test, field: TargetField, name: string): Written | Refused {
  const kind = kindOf(field.name);
  const subject = subjectOf(test, field, name);
  switch (test.operator) {
    case "exists":
    case "is_null":
      return kind === "text" || kind === "enumeration"
        ? atom(`${name} ${test.operator === "exists" ? "!=" : "="} ""`)
        : scalarTest(test, kind, name, subject);
    case "lt":
    case "le":
    case "gt":
    case "ge":
      return orderTest(test, kind, name, subject);
    case "eq_field":
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field":
      return fieldTest(test, kind, name, subject);
    case "eq":
    case "contains":
    case "starts_with":
    case "ends_with":
    case "wildcard":
      if (kind !== "text") return scalarTest(test, kind, name, subject);
      return textTest(test, name, subject);
    case "regex_match":
      if (kind !== "text") return noText(field);
      return regexTest(test, name, subject);
    case "match":
      if (kind !== "text") return noText(field);
      return wordTest(test, name, subject);
    case "cidr_match":
      return networkTest(test, subject);
    default:
      return test.operator satisfies never;
  }
}

/**
 * Each value of a repeated field is looked at as if the event had no other: so under `not` one value that differs would
 * be enough, unless `any` asks whether there is one that does not.
 */
function subjectOf({ several, negated }: Test, { name: path }: TargetField, name: string): string {
  if (!isRepeated(path)) return name;
  return several === "all" ? `all ${name}` : negated === true ? `any ${name}` : name;
}

function atom(text: string, remarks: readonly Remark[] = []): Written {
  return { text, binds: "atom", remarks };
}

function noText({ name }: TargetField): Refused {
  return refused("value-type", `${name} holds no text, which the test would have to look into.`);
}

/** Does letter case change the text? Escapes of an expression are no letters. */
function hasLetters(expression: string): boolean {
  const text = expression.replace(/\\[a-zA-Z]/gu, "");
  return text.toLowerCase() !== text.toUpperCase();
}

const functions = {
  contains: "strings.contains",
  starts_with: "strings.starts_with",
  ends_with: "strings.ends_with",
} as const;

function textTest(test: Test, name: string, subject: string): Written | Refused {
  if (test.values.length > 1) return severalTexts(test, name, subject);
  const { operator } = test;
  const value = test.values[0] ?? "";
  // Logs write truth values as they like, and the rule means any of them.
  const caseSensitive = test.caseSensitive && typeof value !== "boolean";
  const tokens = wholePattern(operator, value) ?? [];
  const [only] = tokens;
  if (tokens.length === 0 || (only?.type === "literal" && only.text === "")) return emptyText(test, name);
  if (tokens.every((one) => one.type === "any")) return atom(`${name} != ""`);
  if (tokens.length === 1 && only?.type === "literal" && isSayable(only.text)) {
    const fold = !caseSensitive && hasLetters(only.text);
    return atom(`${subject} = ${yaraString(only.text)}${fold ? " nocase" : ""}`);
  }
  const plain = plainPart(tokens);
  if (plain === null || !isSayable(plain.text))
    return asRegex(regexOfPattern(tokens, re2), !caseSensitive, name, subject);
  const call = functions[plain.operator];
  const folded = plain.text.toLowerCase();
  if (caseSensitive || !hasLetters(plain.text)) return atom(`${call}(${subject}, ${yaraString(plain.text)})`);
  return atom(`${call}(strings.to_lower(${subject}), ${yaraString(folded)})`);
}

function severalTexts(test: Test, name: string, subject: string): Written | Refused {
  const listed = listTest(test, name, subject);
  if (listed !== null) return listed;
  const remarks: Remark[] = [];
  const texts: string[] = [];
  for (const value of test.values) {
    const one = textTest({ ...test, values: [value] }, name, subject);
    if (isRefused(one)) return one;
    texts.push(one.binds === "atom" ? one.text : `(${one.text})`);
    remarks.push(...(one.remarks ?? []));
  }
  return { text: texts.join(" or "), binds: "or", remarks };
}

/** A text that stands at the beginning, at the end or anywhere; null for other patterns. */
function plainPart(
  tokens: readonly PatternToken[],
): { readonly operator: keyof typeof functions; readonly text: string } | null {
  const [first, last] = [tokens[0], tokens.at(-1)];
  const inner = tokens.slice(first?.type === "any" ? 1 : 0, last?.type === "any" ? -1 : undefined);
  const [only] = inner;
  if (inner.length !== 1 || only?.type !== "literal") return null;
  const operator = first?.type !== "any" ? "starts_with" : last?.type === "any" ? "contains" : "ends_with";
  return { operator, text: only.text };
}

/** UDM does not tell an empty text from none. */
function emptyText({ negated }: Test, name: string): Written | Refused {
  const why = "UDM does not tell an empty text from a field that is not there";
  if (negated !== true) return refused("missing-field", `${why}.`);
  return atom(`${name} = ""`, [{ code: "missing-field", why: `${why}: both are left out.` }]);
}

/** An expression that finds something in the empty text would also hold where the field is missing. */
function asRegex(
  expression: string,
  fold: boolean,
  name: string,
  subject: string,
  remarks: readonly Remark[] = [],
): Written {
  const text = `re.regex(${subject}, ${yaraRegex(expression)})${fold && hasLetters(expression) ? " nocase" : ""}`;
  if (!matchesEmpty(expression)) return atom(text, remarks);
  return { text: `${text} and ${name} != ""`, binds: "and", remarks };
}

function regexTest({ values, caseSensitive, regex }: Test, name: string, subject: string): Written | Refused {
  const written = regexFor(String(values[0] ?? ""), regex, re2);
  if (written.type === "refused") return written;
  return asRegex(written.text, !caseSensitive || written.ignoreCase, name, subject);
}

function wordTest({ values, caseSensitive }: Test, name: string, subject: string): Written {
  const value: Value = values[0] ?? "";
  const tokens: readonly PatternToken[] = isPattern(value) ? value.tokens : [{ type: "literal", text: String(value) }];
  const why = "Words are told apart by letters and digits, as a regular expression does it.";
  return asRegex(regexOfWord(tokens), !caseSensitive, name, subject, [{ code: "words", why }]);
}

/** An address alone is a network of one. */
function networkTest({ values }: Test, subject: string): Written | Refused {
  const network = String(values[0] ?? "");
  if (!/^[0-9a-f.:]+(?:\/\d{1,3})?$/iu.test(network)) return refused("value-type", `${network} is no network.`);
  const whole = network.includes("/") ? network : `${network}/${network.includes(":") ? 128 : 32}`;
  return atom(`net.ip_in_range_cidr(${subject}, ${yaraString(whole)})`);
}
