import { isPattern, type PatternToken, type Value } from "../../rule/expression.ts";
import { tidy } from "../../rule/pattern.ts";
import { wholePattern } from "../condition/whole-pattern.ts";
import { type Dialect, type Refused, refused, type Test, type Written, type WrittenList } from "../platform.ts";
import { regexOfWord } from "../regex/pattern-regex.ts";
import { regexFor } from "../regex/write.ts";
import type { Remark } from "../translation.ts";
import { hasCase, isAscii, lowered, type SqlEngine, type Where } from "./engine.ts";
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
    takesSeveral: (test) => test.quantifier === "any" && severalTest(engine, test, "") !== null,
    test: (test) => {
      const { field, others } = test;
      if (field === null) return keyword(engine, table, test);
      const several = [field, ...others].find((one) => one.name.includes("*"));
      if (several !== undefined) {
        return refused("no-field", `${several.name} stands for several columns, of which SQL has to be told each.`);
      }
      const made = testOf(engine, table, test, table.value(engine, field.name));
      const short = table.shortened(engine, [field, ...others]);
      return short === null ? made : withRemark(made, short);
    },
  };
}

/** Never an atom: a test under `not` stands in parentheses. */
function written(text: string): Written {
  return { text, binds: "not" };
}

function testOf(engine: SqlEngine, table: EventsTable, test: Test, value: string): Written | Refused {
  const { lacks } = engine;
  if (lacks !== null && test.values.some((one) => textIn(one).includes(lacks))) {
    return refused("value-type", `Texts of ${engine.title} do not hold the character NUL.`);
  }
  const together = severalTest(engine, test, value);
  if (together !== null) return together;
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
      return fieldTest(engine, test, value, table.value(engine, test.others[0]?.name ?? ""));
    default:
      return test.operator satisfies never;
  }
}

/** The literal parts of a value. */
function textIn(value: Value): string {
  return tokensOf(value)
    .map((one) => (one.type === "literal" ? one.text : ""))
    .join("");
}

/** What a pattern of the whole value asks for. */
type Shape =
  | { readonly type: "equal"; readonly text: string }
  | { readonly type: "part"; readonly where: Where; readonly text: string }
  | { readonly type: "like"; readonly pattern: readonly PatternToken[] }
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
  return { type: "like", pattern: tokens };
}

function textTest(engine: SqlEngine, { operator, values, caseSensitive }: Test, value: string): Written {
  const [wanted = ""] = values;
  const shape = shapeOf(wholePattern(operator, wanted) ?? []);
  const fold = !caseSensitive || typeof wanted === "boolean";
  switch (shape.type) {
    case "equal": {
      const spellings = spellingsOf(shape.text);
      const literals = (fold ? spellings.map(lowered) : spellings).map(engine.text);
      const side = foldedFor(engine, value, [shape.text], fold);
      return written(literals.length === 1 ? `${side} = ${literals[0]}` : `${side} IN (${literals.join(", ")})`);
    }
    case "part":
      return written(engine.holds(shape.where, value, shape.text, fold));
    case "like":
      return written(engine.like(value, shape.pattern, fold));
    case "present":
      return written(`${value} IS NOT NULL`);
    default:
      return shape satisfies never;
  }
}

/** A number may stand in an event without the zeros that a rule writes before it. */
function spellingsOf(text: string): readonly string[] {
  const short = /^0+(\d+)$/u.exec(text)?.[1];
  return short === undefined ? [text] : [text, short];
}

/** The value in small letters where letter case matters to none of the texts, and they have letters. */
function foldedFor(engine: SqlEngine, value: string, texts: readonly string[], fold: boolean): string {
  return fold && texts.some(hasCase) ? engine.lower(value, texts.every(isAscii)) : value;
}

/** One test for several values of which one is enough; null where each needs its own. */
function severalTest(engine: SqlEngine, test: Test, value: string): Written | null {
  const list = test.values.length > 1 ? severalList(engine, test, value) : null;
  if (list === null) return null;
  if (typeof list === "string") return written(list);
  return { text: `${list.open}${list.items.join(", ")}${list.close}`, binds: "not", list };
}

function severalList(
  engine: SqlEngine,
  { operator, values, caseSensitive }: Test,
  value: string,
): WrittenList | string | null {
  if (operator === "cidr_match") {
    const networks = values.map((one) => networkOf(String(one))).filter((one) => one !== null);
    return networks.length === values.length ? engine.inAnyNetwork(value, networks) : null;
  }
  const shapes = values.map((one) => shapeOf(wholePattern(operator, one) ?? [{ type: "any" }]));
  // A truth value is the same however it is spelled.
  const fold = !caseSensitive || values.every((one) => typeof one === "boolean");
  if (caseSensitive && !fold && values.some((one) => typeof one === "boolean")) return null;
  const equal = shapes.flatMap((one) => (one.type === "equal" ? [one.text] : []));
  if (equal.length === values.length) {
    const spellings = equal.flatMap(spellingsOf);
    const items = (fold ? spellings.map(lowered) : spellings).map(engine.text);
    return { open: `${foldedFor(engine, value, equal, fold)} IN (`, items: [...new Set(items)], close: ")" };
  }
  for (const where of ["anywhere", "start", "end"] as const) {
    const texts = shapes.flatMap((one) => (one.type === "part" && one.where === where ? [one.text] : []));
    if (texts.length === values.length) return engine.holdsAny(where, value, texts, fold);
  }
  return null;
}

function regexTest(engine: SqlEngine, { values, caseSensitive, regex }: Test, value: string): Written | Refused {
  const carried = regexFor(String(values[0] ?? ""), regex, engine.regex);
  if (carried.type === "refused") return carried;
  return written(engine.matches(value, carried.text, !caseSensitive || carried.ignoreCase));
}

function wordTest(engine: SqlEngine, { values, caseSensitive }: Test, value: string): Written {
  const { inside, outside } = engine.wordSigns;
  const regex = regexOfWord(tokensOf(values[0] ?? ""))
    .replaceAll("[^\\p{L}\\p{N}]", outside)
    .replaceAll("[\\p{L}\\p{N}]", inside);
  return written(engine.matches(value, regex, !caseSensitive));
}

function tokensOf(value: Value): readonly PatternToken[] {
  return isPattern(value) ? value.tokens : [{ type: "literal", text: String(value) }];
}

function networkTest(engine: SqlEngine, { values }: Test, value: string): Written | Refused {
  const text = String(values[0] ?? "");
  const network = networkOf(text);
  if (network === null) return refused("value-type", `${text} is no network.`);
  const test = engine.inNetwork(value, network);
  return typeof test === "string" ? written(test) : test;
}

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=" } as const;

function orderTest(engine: SqlEngine, { operator, values }: Test, value: string): Written | Refused {
  const [wanted = ""] = values;
  const sign = signs[operator as "lt"];
  const text = String(wanted).trim();
  if (/^[+-]?\d+(?:\.\d+)?$/u.test(text)) {
    return written(`${engine.number(value)} ${sign} ${text.replace(/^\+/u, "")}`);
  }
  return written(`${engine.ordered(value)} ${sign} ${engine.text(String(wanted))}`);
}

function fieldTest(engine: SqlEngine, test: Test, value: string, other: string): Written {
  const [kind = ""] = test.operator.split("_field");
  const fold = (one: string): string => (test.caseSensitive ? one : engine.lower(one, false));
  switch (kind) {
    case "eq":
      return written(`${fold(value)} = ${fold(other)}`);
    case "contains":
      return written(engine.holdsValue("anywhere", fold(value), fold(other)));
    case "starts_with":
      return written(engine.holdsValue("start", fold(value), fold(other)));
    case "ends_with":
      return written(engine.holdsValue("end", fold(value), fold(other)));
    default:
      return written(`${engine.number(value)} ${signs[kind as "lt"]} ${engine.number(other)}`);
  }
}

/** A whole event has no columns to look through, but its text as it came stands in one of its own. */
function keyword(engine: SqlEngine, table: EventsTable, test: Test): Written | Refused {
  const value = table.original(engine);
  const remark: Remark = {
    code: "keyword",
    why: `Looked for in ${table.originalName}, the text of the event as it came, instead of in each of its values.`,
  };
  switch (test.operator) {
    case "eq":
    case "starts_with":
    case "ends_with":
    case "wildcard":
      // What one of its values is, or begins or ends with, stands somewhere in it.
      return withRemark(testOf(engine, table, anywhere(test), value), remark);
    case "contains":
    case "match":
    case "regex_match":
      return withRemark(testOf(engine, table, test, value), remark);
    default:
      return refused("keyword", "A whole event can only be searched for texts.");
  }
}

function anywhere({ operator, values, ...rest }: Test): Test {
  const patterns = values.map(
    (one): Value => ({
      type: "pattern",
      tokens: tidy([{ type: "any" }, ...(wholePattern(operator, one) ?? []), { type: "any" }]),
    }),
  );
  return { ...rest, operator: "wildcard", values: patterns };
}

function withRemark(one: Written | Refused, remark: Remark): Written | Refused {
  return "type" in one ? one : { ...one, remarks: [...(one.remarks ?? []), remark] };
}
