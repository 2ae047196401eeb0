import { isFullText } from "../../languages/kuery/fields.ts";
import type { PatternToken, Value } from "../../rule/expression.ts";
import { wholePattern } from "../condition/whole-pattern.ts";
import { mappedField } from "../elastic/field-types.ts";
import { networkOf } from "../elastic/ip-prefix.ts";
import { atom, hasLetters, scalar, troubleWithWords, wordsRemark } from "../elastic/query-string.ts";
import { type Dialect, type Refused, refused, type TargetField, type Test, type Written } from "../platform.ts";
import type { Remark } from "../translation.ts";
import { kueryField, kueryString, kueryText } from "./literals.ts";

/**
 * Conditions of the Kibana Query Language: a missing field makes them false, keywords mind letter case, `*` outside of
 * quotes is the one wildcard (https://www.elastic.co/docs/reference/query-languages/kql).
 */
export const kueryDialect: Dialect = {
  missing: "false",
  and: "and",
  or: "or",
  not: (operand) => `not ${operand}`,
  takesSeveral: ({ operator, quantifier, values, field }) =>
    field !== null &&
    quantifier === "any" &&
    values.length > 0 &&
    ["eq", "wildcard", "starts_with", "ends_with", "contains", "cidr_match"].includes(operator),
  test: (test) => {
    if (test.field === null) return wholeEvent(test);
    const field = mappedField(test.field, test.values);
    if (/[\s"]/u.test(field.name)) {
      return refused("no-field", "The Kibana Query Language has no names with blanks or quotes.");
    }
    return troubleWithWords(test, field) ?? testOf(test, field, kueryField(field.name));
  },
};

function wholeEvent({ operator, values, caseSensitive }: Test): Written | Refused {
  const [value] = values;
  if (value === undefined || (operator !== "match" && operator !== "contains")) {
    return refused("keyword", `A search for words cannot say ${operator.replaceAll("_", " ")}.`);
  }
  if (caseSensitive && hasLetters(value)) return refused("keyword", "Words are found in letters of either case only.");
  const tokens = operator === "contains" ? (wholePattern(operator, value) ?? []) : tokensOf(value);
  const text = written(tokens);
  return text === null ? lacking() : atom(text);
}

function tokensOf(value: Value): readonly PatternToken[] {
  return typeof value === "object" ? value.tokens : [{ type: "literal", text: String(value) }];
}

function lacking(): Refused {
  return refused("operator", "The Kibana Query Language has no wildcard for one character, nor one beside a blank.");
}

/** In quotes where there is no wildcard; null for what cannot be written. */
function written(tokens: readonly PatternToken[]): string | null {
  if (tokens.every((one) => one.type === "literal")) {
    return kueryString(tokens.map((one) => (one.type === "literal" ? one.text : "")).join(""));
  }
  if (tokens.some((one) => one.type === "one")) return null;
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first?.type === "literal" && /^\s/u.test(first.text)) return null;
  if (last?.type === "literal" && /\s$/u.test(last.text)) return null;
  return kueryText(tokens);
}

function testOf(test: Test, field: TargetField, name: string): Written | Refused {
  const { operator, values } = test;
  switch (operator) {
    case "exists":
      return atom(`${name}:*`);
    case "is_null":
      return { text: `not ${name}:*`, binds: "not" };
    case "eq":
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains":
      return textTest(test, field, name);
    case "match": {
      if (!isFullText(field.name)) return refused("words", `${field.name} is not cut into words.`);
      const text = written(tokensOf(values[0] ?? ""));
      return text === null ? lacking() : atom(`${name}:${text}`);
    }
    case "cidr_match":
      return among(
        name,
        values.map((one) => kueryString(String(one))),
      );
    case "lt":
    case "le":
    case "gt":
    case "ge": {
      const number = scalar(values[0] ?? "", { ...field, type: "number" });
      if (number === null) return refused("value-type", `${String(values[0])} is no number to be ordered by.`);
      return atom(`${name} ${{ lt: "<", le: "<=", gt: ">", ge: ">=" }[operator]} ${number}`);
    }
    case "regex_match":
      return refused("regex", "The Kibana Query Language has no regular expressions.");
    case "eq_field":
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field":
      return refused("operator", "The Kibana Query Language does not compare fields.");
    default:
      return operator satisfies never;
  }
}

function among(name: string, values: readonly string[], remarks: readonly Remark[] = []): Written {
  return atom(`${name}:${values.length === 1 ? values[0] : `(${values.join(" or ")})`}`, remarks);
}

function textTest(test: Test, field: TargetField, name: string): Written | Refused {
  const { operator, values, caseSensitive } = test;
  const typed = ["number", "boolean", "ip"].includes(field.type);
  const texts: string[] = [];
  for (const value of values) {
    const network = field.type === "ip" ? networkOf(operator, value) : null;
    if (typed && operator !== "eq" && network === null) {
      return refused("value-type", `${field.name} holds no text, which would have to be compared.`);
    }
    const text =
      network === null ? (scalar(value, field) ?? written(wholePattern(operator, value) ?? [])) : kueryString(network);
    if (text === null) return lacking();
    if (field.type === "number" && scalar(value, field) === null) {
      return refused("value-type", `${field.name} never has such a value.`);
    }
    texts.push(text);
  }
  const remarks: Remark[] = [...wordsRemark(test, field)];
  if (!typed && !caseSensitive && values.some(hasLetters) && !isFullText(field.name)) {
    remarks.push({ code: "letter-case", why: "Letters are only found in the case in which the rule has them." });
  }
  if (caseSensitive && values.some(hasLetters) && isFullText(field.name)) {
    return refused("letter-case", `${field.name} is found in letters of either case only.`);
  }
  return among(name, texts, remarks);
}
