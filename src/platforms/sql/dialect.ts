import { isPattern, type PatternToken, type Value } from "../../rule/expression.ts";
import { wholePattern } from "../condition/whole-pattern.ts";
import { type Dialect, type Refused, refused, type TargetField, type Test, type Written } from "../platform.ts";
import { regexOfWord } from "../regex/pattern-regex.ts";
import { regexFor } from "../regex/write.ts";
import type { Remark } from "../translation.ts";
import { hasCase, isAscii, likeText, listed, lowered, type SqlEngine, textsOf, type Where } from "./engine.ts";
import type { EventsTable } from "./events-table.ts";
import { networkOf } from "./network.ts";

/**
 * Conditions of SQL. A comparison with a column that is NULL is NULL, which selects nothing; `not` takes NULL for false, so
 * that no test needs a guard of its own.
 */
export function sqlDialect(engine: SqlEngine, table: EventsTable): Dialect {
  return {
    missing: "false",
    and: "AND",
    or: "OR",
    not: engine.not,
    takesSeveral: ({ operator, quantifier }) =>
      quantifier === "any" &&
      (operator === "eq" ||
        operator === "contains" ||
        operator === "starts_with" ||
        operator === "ends_with" ||
        operator === "wildcard" ||
        operator === "cidr_match"),
    test: (test) => {
      const { field } = test;
      return field === null
        ? keyword(engine, table, test)
        : testOf(engine, table, test, table.value(engine, field.name));
    },
  };
}

/** Never an atom: a test under `not` stands in parentheses. */
function written(text: string): Written {
  return { text, binds: "not" };
}

function testOf(engine: SqlEngine, table: EventsTable, test: Test, value: string): Written | Refused {
  const other = (field: TargetField): string => table.value(engine, field.name);
  switch (test.operator) {
    case "exists":
      return written(`${value} IS NOT NULL`);
    case "is_null":
      return written(`${value} IS NULL`);
    case "eq":
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains":
      return textTest(engine, test, value);
    case "regex_match":
      return regexTest(engine, test, value);
    case "match":
      return wordTest(engine, test, value);
    case "cidr_match":
      return networkTest(engine, test, value);
    case "lt":
    case "le":
    case "gt":
    case "ge":
      return orderTest(engine, test, value);
    case "eq_field":
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field":
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
      return fieldTest(engine, test, value, test.others.map(other));
    default:
      return test.operator satisfies never;
  }
}

/** What a pattern of the whole value asks for. */
type Shape =
  | { readonly type: "equal"; readonly text: string }
  | { readonly type: "part"; readonly where: Where; readonly text: string }
  | { readonly type: "like"; readonly pattern: string }
  | { readonly type: "present" };

function shapeOf(tokens: readonly PatternToken[]): Shape {
  const [first, second, third] = tokens;
  if (first === undefined) return { type: "equal", text: "" };
  if (tokens.length === 1) {
    if (first.type === "literal") return { type: "equal", text: first.text };
    if (first.type === "any") return { type: "present" };
  }
  if (tokens.length === 2) {
    if (first.type === "literal" && second?.type === "any") return { type: "part", where: "start", text: first.text };
    if (first.type === "any" && second?.type === "literal") return { type: "part", where: "end", text: second.text };
  }
  if (tokens.length === 3 && first.type === "any" && second?.type === "literal" && third?.type === "any") {
    return { type: "part", where: "anywhere", text: second.text };
  }
  const pattern = tokens.map((one) => (one.type === "literal" ? likeText(one.text) : one.type === "any" ? "%" : "_"));
  return { type: "like", pattern: pattern.join("") };
}

function textTest(engine: SqlEngine, { operator, values, caseSensitive }: Test, value: string): Written {
  const shapes = values.map((one) => shapeOf(wholePattern(operator, one) ?? []));
  return ofShapes(engine, shapes, value, !caseSensitive);
}

/** Values of one shape are asked for together where the engine can. */
function ofShapes(engine: SqlEngine, shapes: readonly Shape[], value: string, fold: boolean): Written {
  const tests: string[] = [];
  const equal = shapes.flatMap((one) => (one.type === "equal" ? [one.text] : []));
  if (equal.length > 0) tests.push(...equalTests(engine, equal, value, fold));
  for (const where of ["anywhere", "start", "end"] as const) {
    const texts = shapes.flatMap((one) => (one.type === "part" && one.where === where ? [one.text] : []));
    const together = texts.length > 1 ? engine.holdsAny(where, value, texts, fold) : null;
    if (together !== null) tests.push(together);
    else tests.push(...texts.map((one) => engine.holds(where, value, one, fold)));
  }
  for (const shape of shapes) if (shape.type === "like") tests.push(engine.like(value, shape.pattern, fold));
  if (shapes.some((one) => one.type === "present")) tests.push(`${value} IS NOT NULL`);
  return disjunction(tests);
}

function equalTests(engine: SqlEngine, texts: readonly string[], value: string, fold: boolean): readonly string[] {
  const cased = fold ? texts.filter(hasCase) : [];
  const plain = fold ? texts.filter((one) => !hasCase(one)) : texts;
  // One list is easier to read than two, and a text without letters is the same in both.
  const groups = cased.length > 0 ? [[true, [...cased, ...plain]] as const] : [[false, plain] as const];
  return groups.map(([folds, all]) => {
    const side = folds ? engine.lower(value, all.every(isAscii)) : value;
    const literals = textsOf(engine, folds ? all.map(lowered) : all);
    if (literals.length === 0) return engine.never;
    return literals.length === 1 ? `${side} = ${literals[0]}` : `${side} IN ${listed("(", literals, ")")}`;
  });
}

/** Below each other where they are long. */
function disjunction(tests: readonly string[]): Written {
  const line = tests.join(" OR ");
  return {
    text: line.length <= 100 ? line : tests.join("\n    OR "),
    binds: tests.length > 1 ? "or" : "not",
  };
}

function regexTest(engine: SqlEngine, { values, caseSensitive, regex }: Test, value: string): Written | Refused {
  const tests: string[] = [];
  for (const one of values) {
    const carried = regexFor(String(one), regex, engine.regex);
    if (carried.type === "refused") return carried;
    const fold = !caseSensitive || carried.ignoreCase;
    tests.push(engine.matches(value, carried.text, fold));
  }
  return disjunction(tests);
}

function wordTest(engine: SqlEngine, { values, caseSensitive }: Test, value: string): Written {
  const { inside, outside } = engine.wordSigns;
  const tests = values.map((one) => {
    const regex = regexOfWord(tokensOf(one))
      .replaceAll("[^\\p{L}\\p{N}]", outside)
      .replaceAll("[\\p{L}\\p{N}]", inside);
    return engine.matches(value, regex, !caseSensitive);
  });
  return disjunction(tests);
}

function tokensOf(value: Value): readonly PatternToken[] {
  return isPattern(value) ? value.tokens : [{ type: "literal", text: String(value) }];
}

function networkTest(engine: SqlEngine, { values }: Test, value: string): Written | Refused {
  const networks = [];
  for (const one of values) {
    const network = networkOf(String(one));
    if (network === null) return refused("value-type", `${String(one)} is no network.`);
    networks.push(network);
  }
  const text = engine.inNetworks(value, networks);
  return typeof text === "string" ? { text, binds: networks.length > 1 ? "or" : "not" } : text;
}

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=" } as const;

function orderTest(engine: SqlEngine, { operator, values }: Test, value: string): Written | Refused {
  const [wanted = ""] = values;
  const sign = signs[operator as "lt"];
  const text = String(wanted).trim();
  if (/^[+-]?\d+(?:\.\d+)?$/u.test(text)) {
    return written(`${engine.number(value)} ${sign} ${text.replace(/^\+/u, "")}`);
  }
  const literal = engine.text(String(wanted));
  return literal === null ? written(engine.never) : written(`${engine.ordered(value)} ${sign} ${literal}`);
}

function fieldTest(engine: SqlEngine, test: Test, value: string, others: readonly string[]): Written {
  const [kind = ""] = test.operator.split("_field");
  const tests = others.map((other) => {
    const fold = (one: string): string => (test.caseSensitive ? one : engine.lower(one, false));
    switch (kind) {
      case "eq":
        return `${fold(value)} = ${fold(other)}`;
      case "contains":
        return engine.holdsValue("anywhere", fold(value), fold(other));
      case "starts_with":
        return engine.holdsValue("start", fold(value), fold(other));
      case "ends_with":
        return engine.holdsValue("end", fold(value), fold(other));
      default:
        return `${engine.number(value)} ${signs[kind as "lt"]} ${engine.number(other)}`;
    }
  });
  return disjunction(tests);
}

/** A whole event has no columns to look through, but its text as it came stands in one of its own. */
function keyword(engine: SqlEngine, table: EventsTable, test: Test): Written | Refused {
  const value = table.original(engine);
  const remark: Remark = {
    code: "keyword",
    why: `Looked for in ${table.originalName}, the text of the event as it came, instead of in each of its values.`,
  };
  if (test.operator === "eq" || test.operator === "starts_with" || test.operator === "ends_with") {
    return withRemark(textTest(engine, { ...test, operator: "contains" }, value), remark);
  }
  if (test.operator === "wildcard") {
    const values = test.values.map((one): Value => (isPattern(one) ? one : String(one)));
    const shapes = values.map((one) => shapeOf(wholePattern("contains", one) ?? []));
    return withRemark(ofShapes(engine, shapes, value, !test.caseSensitive), remark);
  }
  if (test.operator === "contains" || test.operator === "match" || test.operator === "regex_match") {
    return withRemark(testOf(engine, table, test, value), remark);
  }
  return refused("keyword", "A whole event can only be searched for texts.");
}

function withRemark(one: Written | Refused, remark: Remark): Written | Refused {
  return "type" in one ? one : { ...one, remarks: [...(one.remarks ?? []), remark] };
}
