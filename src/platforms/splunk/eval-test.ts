import type { PatternToken, Value } from "../../rule/expression.ts";
import { holdsLiteral, wholePattern } from "../condition/whole-pattern.ts";
import {
  type Condition,
  type Refused,
  refused,
  type TargetField,
  type Test,
  type Written,
  writtenList,
} from "../platform.ts";
import { pcre } from "../regex/dialect.ts";
import { regexOfPattern, regexOfWord } from "../regex/pattern-regex.ts";
import { regexFor } from "../regex/write.ts";
import type { Remark } from "../translation.ts";
import { evalField, plainNumber, splString } from "./literals.ts";
import { hasCase } from "./search-test.ts";

/**
 * A test as `where` has it: letter case matters, a missing field makes it unknown, and `not` leaves that so
 * (https://docs.splunk.com/Documentation/Splunk/latest/SearchReference/Where).
 */
export function evalTest(test: Test, field: TargetField): EvalTest | Refused {
  const name = evalField(field.name);
  if (name === null)
    return refused("no-field", `A name with an apostrophe or a backquote cannot be compared: ${field.name}.`);
  const there = atom(`isnotnull(${name})`);
  if (test.operator === "exists") return asked(there);
  if (test.operator === "is_null") return asked(atom(`isnull(${name})`));
  const plain = plainTest(test, field, name);
  if ("code" in plain || !test.guarded) return plain;
  return { ...plain, condition: { type: "and", operands: [leaf(there), plain.condition] } };
}

/** A test that may ask for any of several things, which are laid out as such. */
export interface EvalTest {
  readonly condition: Condition;
  readonly remarks: readonly Remark[];
}

function leaf(written: Written): Condition {
  return { type: "written", written };
}

function asked(written: Written, remarks: readonly Remark[] = []): EvalTest {
  return { condition: leaf(written), remarks };
}

function plainTest(test: Test, field: TargetField, name: string): EvalTest | Refused {
  switch (test.operator) {
    case "eq":
      return asked(equalTest(test, field, name));
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains":
      return anyOf(test.values.map((one) => likeTest(test, one, name)));
    case "regex_match":
      return anyOrRefused(test.values.map((one) => regexTest(test, String(one), name)));
    case "match":
      return anyOf(test.values.map((one) => match(name, regexOfWord(tokensOf(one)), true)));
    case "cidr_match":
      return anyOf(test.values.map((one) => `cidrmatch(${splString(String(one))}, ${name})`));
    case "lt":
    case "le":
    case "gt":
    case "ge": {
      const text = String(test.values[0] ?? "");
      return asked(atom(`${name}${signs[test.operator]}${plainNumber(text) ?? splString(text)}`));
    }
    case "eq_field":
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field":
      return fieldTest(test, name);
    case "exists":
    case "is_null":
      return refused("operator", "Existence is asked for before.");
    default:
      return test.operator satisfies never;
  }
}

const signs = { eq: "=", lt: "<", le: "<=", gt: ">", ge: ">=" } as const;

function atom(text: string): Written {
  return { text, binds: "atom" };
}

function anyOf(each: readonly string[], remarks: readonly Remark[] = []): EvalTest {
  const operands = each.map((one) => leaf(atom(one)));
  const [only] = operands;
  return { condition: only !== undefined && operands.length === 1 ? only : { type: "or", operands }, remarks };
}

function anyOrRefused(each: readonly (string | Refused)[]): EvalTest | Refused {
  const bad = each.find((one): one is Refused => typeof one !== "string");
  return bad ?? anyOf(each.filter((one) => typeof one === "string"));
}

function tokensOf(value: Value): readonly PatternToken[] {
  return typeof value === "object" ? value.tokens : [{ type: "literal", text: String(value) }];
}

/** Whether the letters of the field have to be folded, as those of the values are. */
function folds({ caseSensitive, values }: Test): boolean {
  return !caseSensitive && values.some(hasCase);
}

function equalTest(test: Test, { type }: TargetField, name: string): Written {
  const fold = folds(test);
  const values = test.values.map((one) => {
    const text = String(one);
    if (type === "number") return plainNumber(text) ?? splString(text);
    return splString(fold ? text.toLowerCase() : text);
  });
  const subject = fold ? `lower(${name})` : name;
  return values.length === 1 ? atom(`${subject}=${values[0]}`) : writtenList(`${subject} IN (`, values, ")");
}

/** like() has no escape for its own wildcards, so that texts with them are said as regular expressions. */
function likeTest(test: Test, value: Value, name: string): string {
  const tokens = wholePattern(test.operator, value) ?? [];
  const fold = !test.caseSensitive && hasCase(value);
  if (holdsLiteral(tokens, /[%_]/u)) return match(name, regexOfPattern(tokens, pcre), fold);
  const text = tokens.map((one) => (one.type === "literal" ? one.text : one.type === "any" ? "%" : "_")).join("");
  return `like(${fold ? `lower(${name})` : name}, ${splString(fold ? text.toLowerCase() : text)})`;
}

function match(name: string, regex: string, fold: boolean): string {
  const flags = /^\(\?([a-z]+)\)/u.exec(regex);
  const text = !fold ? regex : flags === null ? `(?i)${regex}` : `(?i${flags[1]})${regex.slice(flags[0].length)}`;
  return `match(${name}, ${splString(text)})`;
}

function regexTest({ caseSensitive, regex }: Test, value: string, name: string): string | Refused {
  const written = regexFor(value, regex, pcre);
  if (written.type === "refused") return written;
  return match(name, written.text, !caseSensitive || written.ignoreCase);
}

function fieldTest({ operator, others, caseSensitive }: Test, name: string): EvalTest | Refused {
  const each: string[] = [];
  const fold = (one: string): string => (caseSensitive ? one : `lower(${one})`);
  for (const { name: raw } of others) {
    const other = evalField(raw);
    if (other === null)
      return refused("no-field", `A name with an apostrophe or a backquote cannot be compared: ${raw}.`);
    const before = operator === "contains_field" || operator === "ends_with_field" ? `"%" . ` : "";
    const after = operator === "contains_field" || operator === "starts_with_field" ? ` . "%"` : "";
    if (before + after !== "") each.push(`like(${fold(name)}, ${before}${fold(other)}${after})`);
    else each.push(`${fold(name)}${signs[operator.replace("_field", "") as keyof typeof signs]}${fold(other)}`);
  }
  const wild = operator.includes("_with_") || operator === "contains_field";
  const why = "A % or _ in the other field's value would stand for other characters.";
  return anyOf(each, wild ? [{ code: "operator", why }] : []);
}
