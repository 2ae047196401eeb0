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
import { arrayTest, isArray } from "./arrays.ts";
import { asksForDrive, onVolumes, tokensOnVolumes, withVolumes } from "./falcon-paths.ts";
import { cqlField, cqlString, cqlValue, fieldInExpression, isQuotable } from "./literals.ts";
import { patternTest, regexTest, textsTest } from "./regex.ts";
import { wholeEvent, words } from "./whole-event.ts";

/** Characters of values up to which they stand in one expression. A list of strings may be longer. */
const mostInOne = 400;

/**
 * Conditions of the CrowdStrike Query Language. A comparison with a field that an event does not have is false; `=` keeps
 * letter case and takes `*` for a wildcard that nothing escapes
 * (https://library.humio.com/data-analysis/syntax-operators.html). So texts whose letter case does not matter, and such
 * with a `*` of their own, are asked for by a regular expression.
 */
export const cqlDialect: Dialect = {
  missing: "false",
  and: "and",
  or: "or",
  not: (operand) => (isAbsence(operand) ? operand.replace(/!=\*$/u, "=*") : `not ${operand}`),
  takesSeveral: ({ field, operator, quantifier, values }) =>
    quantifier === "any" &&
    values.length > 0 &&
    (operator === "cidr_match" ||
      (field !== null &&
        ["eq", "starts_with", "ends_with", "contains"].includes(operator) &&
        values.every((one) => !isPattern(one)) &&
        ((operator === "eq" && values.every((one) => standsInString(field, String(one)))) ||
          values.reduce<number>((sum, one) => sum + String(one).length + 4, 0) <= mostInOne))),
  test: (test) => {
    const { field, others } = test;
    if ([field, ...others].some((one) => one !== null && !isQuotable(one.name))) {
      return refused("no-field", "The field's name holds a character that LogScale cannot quote.");
    }
    if (field === null) return wholeEvent(test);
    if (others.some((one) => isArray(one.name)))
      return refused("operator", "A field of several values cannot be compared.");
    if (!isArray(field.name)) return testOf(test, field);
    return arrayTest(test, field.name, (inner, name) => testOf(inner, { ...field, name }));
  },
};

/** `field!=*` asks that an event does not have the field. */
function isAbsence(operand: string): boolean {
  return /^(?:"(?:[^"\\]|\\.)*"|[^\s"(),]+)!=\*$/u.test(operand);
}

function atom(text: string, remarks: Written["remarks"] = []): Written {
  return { text, binds: "atom", remarks };
}

function testOf(test: Test, field: TargetField): Written | Refused {
  const name = cqlField(field.name);
  const { operator, values, caseSensitive } = test;
  switch (operator) {
    case "exists":
      return atom(`${name}=*`);
    case "is_null":
      return atom(`${name}!=*`);
    case "eq":
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains":
      return textTest(test, field, name);
    case "regex_match": {
      const expression = String(values[0] ?? "");
      if (asksForDrive(field, expression)) {
        return refused("regex", `${field.name} names the volume of a device and no drive, for which the rule asks.`);
      }
      const written = regexTest(expression, test.regex, caseSensitive);
      return typeof written === "string" ? atom(`${name}=${written}`) : written;
    }
    case "match":
      return { ...words(test), text: `${name}=${words(test).text}` };
    case "cidr_match":
      return cidrTest(values, name);
    case "lt":
    case "le":
    case "gt":
    case "ge":
      return numberTest(operator, values[0] ?? "", name);
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field":
    case "eq_field":
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
      return fieldTest(test, field);
    default:
      return operator satisfies never;
  }
}

const ends = { eq: ["^", "$"], starts_with: ["^", ""], ends_with: ["", "$"], contains: ["", ""] } as const;

function textTest({ operator, values, caseSensitive }: Test, field: TargetField, name: string): Written {
  const [first] = values;
  if (values.length === 1 && first !== undefined && (isPattern(first) || operator === "wildcard")) {
    const tokens = wholePattern(operator, first) ?? [];
    const drives = tokens.some((one) => one.type === "literal" && asksForDrive(field, one.text));
    const expression = patternTest(drives ? tokensOnVolumes(tokens) : tokens, caseSensitive);
    return onVolume(name, expression, drives);
  }
  const texts = values.map(String);
  const folds = !caseSensitive && texts.some((one) => one.toLowerCase() !== one.toUpperCase());
  const plain = texts.every((one) => standsInString(field, one));
  if (plain && operator === "eq" && (!folds || texts.length > 1)) {
    if (texts.length === 1) return atom(`${name}=${cqlValue(texts[0] ?? "")}`);
    return writtenList(`in(${name}, values=[`, texts.map(cqlString), `]${folds ? ", ignoreCase=true" : ""})`);
  }
  if (plain && texts.length === 1 && !folds) {
    const [before, after] = ends[operator as keyof typeof ends];
    const text = texts[0] ?? "";
    return atom(`${name}=${cqlValue(`${before === "" ? "*" : ""}${text}${after === "" ? "*" : ""}`)}`);
  }
  const [before, after] = ends[operator as keyof typeof ends];
  const drives = texts.some((one) => asksForDrive(field, one));
  const expression = textsTest(drives ? texts.map(onVolumes) : texts, before, after, !folds);
  return onVolume(name, expression, drives);
}

/** Can a value be a string? `*` is a wildcard there. */
function standsInString(field: TargetField, text: string): boolean {
  return !text.includes("*") && isQuotable(text) && !asksForDrive(field, text);
}

function onVolume(name: string, expression: string, drives: boolean): Written {
  if (!drives) return atom(`${name}=${expression}`);
  return atom(`${name}=${withVolumes(expression)}`, [
    { code: "other-log", why: "Paths name the volume of a device and no drive, so that any volume is asked for." },
  ]);
}

function cidrTest(values: readonly Value[], name: string): Written | Refused {
  const texts = values.map(String);
  if (!texts.every((one) => /^[0-9A-Fa-f:.]+(?:\/\d{1,3})?$/u.test(one))) {
    return refused("value-type", "A network has digits, dots, colons and a length.");
  }
  const list = texts.map((one) => cqlString(one.includes("/") ? one : `${one}/${one.includes(":") ? 128 : 32}`));
  return list.length === 1
    ? atom(`cidr(${name}, subnet=${list[0]})`)
    : writtenList(`cidr(${name}, subnet=[`, list, "])");
}

function numberTest(operator: "lt" | "le" | "gt" | "ge", value: Value, name: string): Written | Refused {
  const text = String(value).trim();
  if (!/^-?\d+(?:\.\d+)?$/u.test(text)) return refused("value-type", "LogScale orders numbers only.");
  return atom(`${name}${{ lt: "<", le: "<=", gt: ">", ge: ">=" }[operator]}${text}`);
}

const textFunctions: Readonly<Record<string, string>> = {
  contains_field: "text:contains",
  starts_with_field: "text:startsWith",
  ends_with_field: "text:endsWith",
};
const comparisons: Readonly<Record<string, string>> = {
  eq_field: "==",
  lt_field: "<",
  le_field: "<=",
  gt_field: ">",
  ge_field: ">=",
};

/** Fields are compared by functions: a filter takes what stands on its right for a value. */
function fieldTest({ operator, others, caseSensitive }: Test, field: TargetField): Written {
  const call = textFunctions[operator];
  const ordered = call === undefined && operator !== "eq_field";
  const each = others.map((other) => {
    const [left, right] = [field, other].map((one) =>
      caseSensitive || ordered ? fieldInExpression(one.name) : `lower(${cqlField(one.name)})`,
    );
    return call === undefined
      ? `test(${left} ${comparisons[operator]} ${right})`
      : `${call}(string=${left}, substring=${right})`;
  });
  return { text: each.join(" or "), binds: each.length === 1 ? "atom" : "or" };
}
