import { isFullText } from "../../languages/kuery/fields.ts";
import { isPattern, type PatternToken, type Value } from "../../rule/expression.ts";
import { holdsLiteral, wholePattern } from "../condition/whole-pattern.ts";
import { mappedField } from "../elastic/field-types.ts";
import { networkOf } from "../elastic/ip-prefix.ts";
import { wordRegex, wordRemark } from "../elastic/word-regex.ts";
import {
  type Dialect,
  isRefused,
  type Refused,
  refused,
  type TargetField,
  type Test,
  type Written,
  writtenList,
} from "../platform.ts";
import { re2 } from "../regex/dialect.ts";
import { luceneRegexFor } from "../regex/lucene.ts";
import { regexOfPattern } from "../regex/pattern-regex.ts";
import type { Remark } from "../translation.ts";
import { eqlField, eqlString } from "./literals.ts";

/**
 * Conditions of EQL. A comparison with a field that an event does not have is false, `:` folds letters and takes `*` and
 * `?` for wildcards that nothing escapes (https://www.elastic.co/docs/reference/query-languages/eql/eql-syntax).
 */
export const eqlDialect: Dialect = {
  missing: "false",
  textField: "message",
  and: "and",
  or: "or",
  not: (operand) => `not ${operand}`,
  takesSeveral: ({ operator, quantifier, values }) =>
    quantifier === "any" &&
    values.length > 0 &&
    operator !== "match" &&
    !operator.startsWith("l") &&
    !operator.startsWith("g"),
  test: (test) => {
    const { field } = test;
    if (field === null) return refused("keyword", "EQL cannot look through whole events.");
    // The parts of a name stand between dots, each of them something.
    if ([field, ...test.others].some((one) => one.name.split(".").includes(""))) {
      return refused("no-field", "EQL has no names with an empty part.");
    }
    const written = testOf(test, mappedField(field, test.values));
    if (isRefused(written) || !isFullText(field.name)) return written;
    return { ...written, remarks: [...(written.remarks ?? []), wordsOnly(field.name)] };
  },
};

/** EQL does not search fields that the index has cut into words. */
function wordsOnly(name: string): Remark {
  return { code: "words", why: `EQL finds ${name} only where the index keeps it as a whole beside its words.` };
}

function testOf(test: Test, field: TargetField): Written | Refused {
  const name = eqlField(field.name);
  switch (test.operator) {
    case "exists":
      return atom(`${name} != null`);
    case "is_null":
      return atom(`${name} == null`);
    case "eq":
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains":
      return textTest(test, field, name);
    case "regex_match":
      return regexTest(test, name);
    case "match":
      return wordTest(test, name);
    case "cidr_match":
      return writtenList(
        `cidrMatch(${name}, `,
        test.values.map((one) => eqlString(String(one))),
        ")",
      );
    case "lt":
    case "le":
    case "gt":
    case "ge":
      return atom(
        `${name} ${{ lt: "<", le: "<=", gt: ">", ge: ">=" }[test.operator]} ${scalar(test.values[0] ?? "", field)}`,
      );
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field":
      return fieldTest(test, name);
    case "eq_field":
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
      return equalFields(test, name);
    default:
      return test.operator satisfies never;
  }
}

function atom(text: string, remarks: Written["remarks"] = []): Written {
  return { text, binds: "atom", remarks };
}

/** Numbers and booleans as themselves where the field holds such, else as text. */
function scalar(value: Value, { type }: TargetField): string {
  const text = String(value);
  if (type === "number" && text.trim() !== "" && Number.isFinite(Number(text))) return String(Number(text));
  if (type === "boolean" && /^(?:true|false)$/iu.test(text)) return text.toLowerCase();
  return eqlString(text);
}

function textTest(test: Test, field: TargetField, name: string): Written | Refused {
  const { operator, values, caseSensitive } = test;
  if (field.type === "number" || field.type === "boolean") {
    if (operator !== "eq")
      return refused("value-type", `${field.name} holds no text, which EQL would have to compare.`);
    return among(
      name,
      values.map((one) => scalar(one, field)),
      "==",
      "in",
    );
  }
  if (field.type === "ip" && operator !== "eq") return addressTest(test, field, name);
  const patterns = values.map((one) => wholePattern(operator, one) ?? []);
  const wild = patterns.some((tokens) => holdsLiteral(tokens, /[*?]/u));
  if (operator === "eq" && (caseSensitive || wild)) {
    const texts = values.map((one) => eqlString(String(one)));
    if (caseSensitive) return among(name, texts, "==", "in");
    return writtenList(`${name} in~ (`, texts, ")");
  }
  if (wild) return literalWildcards(test, name);
  const texts = patterns.map((tokens) =>
    eqlString(tokens.map((one) => (one.type === "literal" ? one.text : one.type === "any" ? "*" : "?")).join("")),
  );
  return among(name, texts, caseSensitive ? "like" : ":", caseSensitive ? "like" : ":");
}

/** Addresses are no text; those that begin alike are a network, and others are compared as the text of the address. */
function addressTest(test: Test, field: TargetField, name: string): Written | Refused {
  const networks = test.values.map((one) => networkOf(test.operator, one));
  if (!networks.includes(null))
    return atom(`cidrMatch(${name}, ${networks.map((one) => eqlString(one ?? "")).join(", ")})`);
  return textTest(test, { ...field, type: "keyword" }, `string(${name})`);
}

function among(name: string, values: readonly string[], one: string, several: string): Written {
  return values.length === 1 ? atom(`${name} ${one} ${values[0]}`) : writtenList(`${name} ${several} (`, values, ")");
}

const textFunctions: Readonly<Record<string, string>> = {
  contains: "stringContains",
  starts_with: "startsWith",
  ends_with: "endsWith",
};

/** A literal `*` or `?` cannot be escaped in a pattern. */
function literalWildcards({ operator, values, caseSensitive }: Test, name: string): Written {
  const call = textFunctions[operator];
  const each = values.map((value) => {
    if (call !== undefined && !isPattern(value))
      return `${call}${caseSensitive ? "" : "~"}(${name}, ${eqlString(String(value))})`;
    const whole = luceneRegexFor(regexOfPattern(wholePattern(operator, value) ?? [], re2), "re2");
    if (whole.type === "refused") throw new Error(`A pattern is always an expression: ${whole.why}`);
    return `${name} ${caseSensitive ? "regex" : "regex~"} ${eqlString(whole.text)}`;
  });
  return { text: each.join(" or "), binds: each.length === 1 ? "atom" : "or" };
}

function regexTest({ values, caseSensitive, regex }: Test, name: string): Written | Refused {
  const texts: string[] = [];
  let folds = !caseSensitive;
  for (const value of values) {
    const written = luceneRegexFor(String(value), regex);
    if (written.type === "refused") return written;
    folds ||= written.ignoreCase;
    texts.push(eqlString(written.text));
  }
  const word = folds ? "regex~" : "regex";
  return among(name, texts, word, word);
}

function wordTest({ values, caseSensitive }: Test, name: string): Written {
  const texts = values.map((one) => eqlString(wordRegex(isPattern(one) ? one.tokens : [literal(String(one))])));
  const word = caseSensitive ? "regex" : "regex~";
  return { ...among(name, texts, word, word), remarks: [wordRemark] };
}

function literal(text: string): PatternToken {
  return { type: "literal", text };
}

function fieldTest({ operator, others, caseSensitive }: Test, name: string): Written {
  const call = textFunctions[operator.replace("_field", "")];
  const each = others.map((one) => `${call}${caseSensitive ? "" : "~"}(${name}, ${eqlField(one.name)})`);
  return { text: each.join(" or "), binds: each.length === 1 ? "atom" : "or" };
}

/** Elasticsearch refuses to compare two fields, but texts that hold each other are equal. */
function equalFields({ operator, others, caseSensitive }: Test, name: string): Written | Refused {
  if (operator !== "eq_field") return refused("operator", "EQL does not compare fields by order.");
  const call = `stringContains${caseSensitive ? "" : "~"}`;
  const each = others.map(({ name: raw }) => {
    const other = eqlField(raw);
    return `${call}(${name}, ${other}) and ${call}(${other}, ${name})`;
  });
  return {
    text: each.map((one) => (each.length === 1 ? one : `(${one})`)).join(" or "),
    binds: each.length === 1 ? "and" : "or",
  };
}
