import { isFullText } from "../../languages/kuery/fields.ts";
import type { PatternToken, Value } from "../../rule/expression.ts";
import { isPattern } from "../../rule/expression.ts";
import { wholePattern } from "../condition/whole-pattern.ts";
import { isList, mappedField } from "../elastic/field-types.ts";
import { smallRegex } from "../elastic/letters.ts";
import { luceneWords } from "../elastic/lucene-words.ts";
import { wordRegex, wordRemark } from "../elastic/word-regex.ts";
import {
  type Dialect,
  type Refused,
  refused,
  type TargetField,
  type Test,
  type Written,
  writtenList,
} from "../platform.ts";
import { luceneRegexFor } from "../regex/lucene.ts";
import type { Remark } from "../translation.ts";
import { esqlField, esqlString } from "./literals.ts";

/**
 * Conditions of ES|QL. A comparison with a missing field, or with one that has several values, is unknown, also under
 * `not`; letter case matters (https://www.elastic.co/docs/reference/query-languages/esql/esql-multivalued-fields).
 */
export const esqlDialect: Dialect = {
  missing: "unknown",
  and: "AND",
  or: "OR",
  not: (operand) => `NOT ${operand}`,
  takesSeveral: ({ operator, quantifier, values, field }) =>
    field !== null &&
    quantifier === "any" &&
    values.length > 0 &&
    ["eq", "wildcard", "starts_with", "ends_with", "contains", "regex_match", "cidr_match"].includes(operator),
  test: (test) => {
    if (test.field === null) return wholeEvent(test);
    // The parts of a name stand between dots, each of them something.
    if ([test.field, ...test.others].some((one) => one.name.split(".").includes(""))) {
      return refused("no-field", "ES|QL has no names with an empty part.");
    }
    const field = mappedField(test.field, test.values);
    const name = esqlField(field.name);
    if (test.operator === "exists") return atom(`${name} IS NOT NULL`);
    if (test.operator === "is_null") return atom(`${name} IS NULL`);
    const written = plainTest(test, field, name);
    if ("type" in written || !test.guarded || written.known) return written;
    const inner = written.binds === "or" ? `(${written.text})` : written.text;
    return { text: `${name} IS NOT NULL AND ${inner}`, binds: "and", remarks: written.remarks ?? [] };
  },
};

interface Plain extends Written {
  /** It is never unknown. */
  readonly known?: true;
}

function atom(text: string, remarks: Written["remarks"] = []): Plain {
  return { text, binds: "atom", remarks };
}

/** Words anywhere in the event are for the index, in Lucene's own syntax. */
function wholeEvent({ operator, values, caseSensitive }: Test): Plain | Refused {
  const words = luceneWords(operator, values[0] ?? "", caseSensitive);
  if ("type" in words) return words;
  return atom(`QSTR(${esqlString(words.text)})`, words.remarks);
}

function plainTest(test: Test, field: TargetField, name: string): Plain | Refused {
  switch (test.operator) {
    case "eq":
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains":
      return textTest(test, field, name);
    case "regex_match":
      return regexTest(test, field, name);
    case "match":
      return wordTest(test, field, name);
    case "cidr_match": {
      const subject = field.type === "ip" ? name : `TO_IP(${name})`;
      return writtenList(
        `CIDR_MATCH(${subject}, `,
        test.values.map((one) => esqlString(String(one))),
        ")",
      );
    }
    case "lt":
    case "le":
    case "gt":
    case "ge":
      return orderTest(test, field, name);
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

const signs = { eq: "==", lt: "<", le: "<=", gt: ">", ge: ">=" } as const;

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

/** What may be lost where the field has several values. */
function ofLists(field: TargetField): readonly Remark[] {
  if (!isList(field)) return [];
  return [
    {
      code: "several-values",
      why: `Events with several values of ${field.name} are not found: ES|QL compares single ones.`,
    },
  ];
}

function textTest(test: Test, field: TargetField, name: string): Plain | Refused {
  const { operator, values, caseSensitive } = test;
  if (field.type === "number" || field.type === "boolean") {
    if (operator !== "eq") return patternTest(test, field, `TO_STRING(${name})`);
    const fits = (one: Value): boolean =>
      field.type === "number" ? isNumber(String(one)) : /^(?:true|false)$/iu.test(String(one));
    if (!values.every(fits)) return refused("value-type", `${field.name} never has such a value.`);
    return among(
      name,
      values.map((one) => (field.type === "number" ? String(Number(one)) : String(one).toLowerCase())),
    );
  }
  if (field.type === "ip") {
    if (operator !== "eq") return patternTest(test, field, `TO_STRING(${name})`);
    return among(
      name,
      values.map((one) => esqlString(String(one))),
    );
  }
  if (operator !== "eq") return patternTest(test, field, name);
  const fold = !caseSensitive && values.some(hasCase);
  const texts = values.map((one) => esqlString(fold ? String(one).toLowerCase() : String(one)));
  if (!fold && isList(field)) {
    const each = texts.map((one) => `${name} : ${one}`);
    return { text: each.join(" OR "), binds: each.length === 1 ? "atom" : "or", known: true };
  }
  return { ...among(fold ? `TO_LOWER(${name})` : name, texts), remarks: ofLists(field) };
}

function among(subject: string, values: readonly string[]): Plain {
  return values.length === 1 ? atom(`${subject} == ${values[0]}`) : writtenList(`${subject} IN (`, values, ")");
}

function hasCase(value: Value): boolean {
  const text = isPattern(value) ? value.tokens.map((one) => (one.type === "literal" ? one.text : "")).join("") : value;
  return String(text).toLowerCase() !== String(text).toUpperCase();
}

function patternTest({ operator, values, caseSensitive }: Test, field: TargetField, subject: string): Plain {
  const fold = !caseSensitive && values.some(hasCase);
  const texts = values.map((one) => esqlString(likeText(wholePattern(operator, one) ?? [], fold)));
  const side = fold ? `TO_LOWER(${subject})` : subject;
  if (texts.length === 1) return atom(`${side} LIKE ${texts[0]}`, ofLists(field));
  return writtenList(`${side} LIKE (`, texts, ")", ofLists(field));
}

function likeText(tokens: readonly PatternToken[], fold: boolean): string {
  return tokens
    .map((one) => {
      if (one.type !== "literal") return one.type === "any" ? "*" : "?";
      const text = one.text.replace(/[*?\\]/gu, (char) => `\\${char}`);
      return fold ? text.toLowerCase() : text;
    })
    .join("");
}

function regexTest({ values, caseSensitive, regex }: Test, field: TargetField, name: string): Plain | Refused {
  const plain: string[] = [];
  let fold = !caseSensitive;
  for (const value of values) {
    const written = luceneRegexFor(String(value), regex);
    if (written.type === "refused") return written;
    fold ||= written.ignoreCase;
    plain.push(written.text);
  }
  const small = fold ? plain.map(smallRegex) : plain;
  const texts = small.filter((one) => one !== null).map(esqlString);
  if (texts.length < small.length) {
    return refused("regex", "A range of letters and signs cannot be asked of folded letters.");
  }
  const side = fold ? `TO_LOWER(${name})` : name;
  if (texts.length === 1) return atom(`${side} RLIKE ${texts[0]}`, ofLists(field));
  return writtenList(`${side} RLIKE (`, texts, ")", ofLists(field));
}

/** Words of a field that the index has cut into words are for the index; in others they are looked for as a text. */
function wordTest({ values, caseSensitive }: Test, field: TargetField, name: string): Plain | Refused {
  const [value] = values;
  if (value === undefined) return refused("words", "There is no word to look for.");
  if (isFullText(field.name)) {
    if (isPattern(value)) return refused("words", `Words of ${field.name} are found as a whole only.`);
    return { ...atom(`MATCH_PHRASE(${name}, ${esqlString(String(value))})`), known: true };
  }
  const regex = wordRegex(isPattern(value) ? value.tokens : [{ type: "literal", text: String(value) }]);
  const small = caseSensitive ? regex : smallRegex(regex);
  if (small === null) return refused("words", "The word cannot be asked of folded letters.");
  return atom(`${caseSensitive ? name : `TO_LOWER(${name})`} RLIKE ${esqlString(small)}`, [wordRemark]);
}

function orderTest({ operator, values }: Test, field: TargetField, name: string): Plain {
  const text = String(values[0] ?? "");
  const sign = signs[operator as "lt"];
  if (!isNumber(text)) return atom(`${name} ${sign} ${esqlString(text)}`);
  return atom(`${field.type === "number" ? name : `TO_DOUBLE(${name})`} ${sign} ${Number(text)}`);
}

const functions: Readonly<Record<string, string>> = {
  contains_field: "CONTAINS",
  starts_with_field: "STARTS_WITH",
  ends_with_field: "ENDS_WITH",
};

function fieldTest({ operator, others, caseSensitive }: Test, name: string): Plain {
  const fold = (one: string): string => (caseSensitive ? one : `TO_LOWER(${one})`);
  const call = functions[operator];
  const each = others.map((one) => {
    const other = fold(esqlField(one.name));
    if (call !== undefined) return `${call}(${fold(name)}, ${other})`;
    return `${fold(name)} ${signs[operator.replace("_field", "") as keyof typeof signs]} ${other}`;
  });
  return { text: each.join(" OR "), binds: each.length === 1 ? "atom" : "or" };
}
