import { isPattern, type PatternToken, type Value } from "../../rule/expression.ts";
import { wholePattern } from "../condition/whole-pattern.ts";
import { type Dialect, isRefused, type Refused, refused, type Test, type Written, writtenList } from "../platform.ts";
import { java } from "../regex/dialect.ts";
import { regexOfWord } from "../regex/pattern-regex.ts";
import { regexFor, regexOfText } from "../regex/write.ts";
import type { Remark } from "../translation.ts";
import { type AqlWritten, guarded } from "./guards.ts";
import { aqlName, aqlString, isQuotable, likePattern, regexLiteral } from "./literals.ts";
import { isAddress, kindOf, type PropertyKind } from "./properties.ts";

/**
 * Conditions of AQL. `=` and `LIKE` keep letter case, `ILIKE` and `IMATCHES` fold it
 * (https://www.ibm.com/docs/en/qsip/7.6.0?topic=structure-like-clause). No page says what a comparison with a property
 * that an event does not have gives under `NOT`, so that the property is asked for first.
 */
export const aqlDialect: Dialect = {
  missing: "unknown",
  and: "AND",
  or: "OR",
  // How closely `NOT` binds, no page says.
  not: (operand) => (/^(?:\(|INCIDR\()/u.test(operand) ? `NOT ${operand}` : `NOT (${operand})`),
  takesSeveral: ({ operator, quantifier, values }) =>
    operator === "eq" && quantifier === "any" && values.every((one) => !isPattern(one) && isQuotable(String(one))),
  test: (test) => {
    const { field } = test;
    const name = aqlName(field?.name ?? payload);
    if (name === null) return refused("no-field", `No quotation marks hold the name ${field?.name}.`);
    const property: Property = { name, kind: field === null ? "text" : kindOf(field.name), isPayload: field === null };
    const written = testOf(test, property);
    return isRefused(written) ? written : withNeeds(test, property, written);
  },
};

/** The whole event as text: what it was sent as, with the head that its transport gave it. */
const payload = "UTF8(payload)";

/** What an event must have to pass; asked for under `NOT`. Addresses, numbers and the payload are always there. */
function withNeeds({ operator, guarded: isGuarded, others }: Test, property: Property, written: Written): AqlWritten {
  const pairs = others.map((one) => [aqlName(one.name), kindOf(one.name)] as const);
  const all = [[property.isPayload ? null : property.name, property.kind] as const, ...pairs];
  const needs = all.flatMap(([name, kind]) => (name === null || kind !== "text" ? [] : [name]));
  if (operator === "is_null") return { ...written, needs: [], bare: null, passesWithout: needs[0] ?? null };
  if (isGuarded && operator !== "exists") return guarded(written, needs);
  return { ...written, needs, bare: null, passesWithout: null };
}

interface Property {
  readonly name: string;
  readonly kind: PropertyKind;
  readonly isPayload: boolean;
}

function testOf(test: Test, property: Property): Written | Refused {
  const { name } = property;
  switch (test.operator) {
    case "exists":
      return atom(`${name} IS NOT NULL`);
    case "is_null":
      return atom(`${name} IS NULL`);
    case "eq":
      return property.isPayload ? each(test, (value) => textTest(test, property, value)) : equality(test, property);
    case "wildcard":
    case "starts_with":
    case "ends_with":
    case "contains":
      return each(test, (value) => textTest(test, property, value));
    case "match":
      return each(test, (value) => wordTest(test, property, value));
    case "regex_match":
      return each(test, (value) => regexTest(test, property, value));
    case "cidr_match":
      return each(test, (value) => rangeTest(String(value), property));
    case "lt":
    case "le":
    case "gt":
    case "ge":
      return order(test, property);
    case "eq_field":
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
      return fieldTest(test, property);
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field":
      return positionTest(test, property);
    default:
      return test.operator satisfies never;
  }
}

function atom(text: string, remarks: readonly Remark[] = []): Written {
  return { text, binds: "atom", remarks };
}

/** One test a value; the core hands over several only where `takesSeveral` says so. */
function each({ values }: Test, write: (value: Value) => Written | Refused): Written | Refused {
  const texts: string[] = [];
  const remarks: Remark[] = [];
  for (const value of values) {
    const written = write(value);
    if (isRefused(written)) return written;
    texts.push(written.text);
    remarks.push(...(written.remarks ?? []));
  }
  return { text: texts.join(" OR "), binds: texts.length === 1 ? "atom" : "or", remarks };
}

/** The property as text. */
function asText({ name, kind }: Property): string {
  return kind === "text" ? name : `STR(${name})`;
}

function equality(test: Test, property: Property): Written | Refused {
  const texts = test.values.map(String);
  if (test.values.some((one) => isPattern(one) || !isQuotable(String(one)))) {
    return each(test, (value) => textTest(test, property, value));
  }
  const { name, kind } = property;
  if (kind === "number" && texts.every((one) => /^\d+$/u.test(one))) return among(name, texts);
  if (kind === "address" && texts.every(isAddress)) return amongAddresses(name, texts);
  const folded = texts.map((one) => one.toLowerCase());
  const folds = !test.caseSensitive && texts.some((one, at) => one !== one.toUpperCase() || one !== folded[at]);
  const own = asText(property);
  const written = folds ? among(`LOWER(${own})`, folded.map(aqlString)) : among(own, texts.map(aqlString));
  if (kind !== "address") return written;
  const why = `${name} holds an address only: that of the sender where the event names a host instead.`;
  return { ...written, remarks: [{ code: "value-type", why }] };
}

/** A property of either version of the protocol; the other properties hold any address. */
function ofVersion(name: string, address: string): string {
  return address.includes(":") ? (sixes[name.toLowerCase()] ?? name) : name;
}

/** @see https://www.ibm.com/docs/en/SSKMKU/com.ibm.qradar.doc/r_aql_cidr_examples.html */
const sixes: Readonly<Record<string, string>> = { sourceip: "sourcev6", destinationip: "destinationv6" };

function rangeTest(range: string, { name, kind }: Property): Written | Refused {
  if (!/^[\da-f.:]+(?:\/\d+)?$/iu.test(range)) return refused("value-type", "This is no range of addresses.");
  const why = `${name} has to be a property of the type IP.`;
  const remarks: readonly Remark[] = kind === "address" ? [] : [{ code: "value-type", why }];
  return atom(`INCIDR(${aqlString(range)}, ${ofVersion(name, range)})`, remarks);
}

function amongAddresses(name: string, addresses: readonly string[]): Written {
  const byName = Map.groupBy(addresses, (one) => ofVersion(name, one));
  const tests = [...byName].map(([own, values]) => among(own, values.map(aqlString)));
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return { text: tests.map((one) => one.text).join(" OR "), binds: "or" };
}

/** Is the value one of these, which are written already? */
export function among(name: string, values: readonly string[]): Written {
  const unique = [...new Set(values)];
  return unique.length === 1 ? atom(`${name} = ${unique[0]}`) : writtenList(`${name} IN (`, unique, ")");
}

function textTest({ operator, caseSensitive }: Test, property: Property, value: Value): Written {
  const whole = wholePattern(property.isPayload && operator === "eq" ? "contains" : operator, value) ?? [];
  return atom(patternTest(asText(property), whole, caseSensitive));
}

/** Does a text match the pattern of its whole value? `own`: the text, as AQL names it. */
export function patternTest(own: string, tokens: readonly PatternToken[], caseSensitive: boolean): string {
  const like = likePattern(tokens);
  if (like !== null) return `${own} ${caseSensitive ? "LIKE" : "ILIKE"} ${aqlString(like)}`;
  return `${own} ${caseSensitive ? "MATCHES" : "IMATCHES"} ${regexLiteral(wholeRegex(tokens))}`;
}

/**
 * A pattern as an expression for the whole value. Whether `MATCHES` wants the whole value or looks anywhere, no page says
 * (the examples write `.*` at both ends): this expression means the same either way.
 */
function wholeRegex(tokens: readonly PatternToken[]): string {
  const body = tokens.map((one) => (one.type === "literal" ? regexOfText(one.text) : one.type === "any" ? ".*" : "."));
  const start = tokens[0]?.type === "any" ? "" : "^";
  const end = tokens.at(-1)?.type === "any" ? "" : "$";
  return `(?s)${start}${body.join("")}${end}`;
}

/** Whole words. In the payload they are looked for as plain text, as people do. */
function wordTest(test: Test, property: Property, value: Value): Written {
  if (property.isPayload) {
    const found = textTest({ ...test, operator: "contains" }, property, value);
    const why = "The words are looked for anywhere in the payload, in longer words and in its head, too.";
    return { ...found, remarks: [{ code: "words", why }] };
  }
  const tokens: readonly PatternToken[] = isPattern(value) ? value.tokens : [{ type: "literal", text: String(value) }];
  const word = test.caseSensitive ? "MATCHES" : "IMATCHES";
  return atom(`${asText(property)} ${word} ${regexLiteral(anywhere(regexOfWord(tokens)))}`);
}

function regexTest({ regex, caseSensitive }: Test, property: Property, value: Value): Written | Refused {
  const written = regexFor(String(value), regex, java);
  if (written.type === "refused") return written;
  const word = caseSensitive && !written.ignoreCase ? "MATCHES" : "IMATCHES";
  return atom(`${asText(property)} ${word} ${regexLiteral(anywhere(written.text))}`);
}

/** An expression that is found anywhere, whether or not `MATCHES` wants the whole value. */
function anywhere(source: string): string {
  const [flags = ""] = /^(?:\(\?[a-z]+\))*/u.exec(source) ?? [];
  const body = source.slice(flags.length);
  if (flags.includes("m")) return `(?s:.*)(?:${source})(?s:.*)`;
  const { alternates, hasDot, endsAnchored } = shapeOf(body);
  // `(?s)` may stand for the whole expression where it changes nothing in it.
  const all = hasDot && !flags.includes("s") ? "(?s:.*)" : ".*";
  const head = all === ".*" && !flags.includes("s") ? `(?s)${flags}` : flags;
  if (alternates) return `${head}${all}(?:${body})${all}`;
  const start = body.startsWith("^") ? "" : all;
  const end = endsAnchored ? "" : all;
  return `${start === "" && end === "" ? flags : head}${start}${body}${end}`;
}

/** Has an expression a `|` outside of all groups, a `.` and an `$` at its end? */
function shapeOf(body: string): { alternates: boolean; hasDot: boolean; endsAnchored: boolean } {
  const shape = { alternates: false, hasDot: false, endsAnchored: false };
  let depth = 0;
  let inClass = 0;
  for (let at = 0; at < body.length; at++) {
    const char = body[at];
    if (char === "\\") at += 1;
    else if (char === "[") inClass += 1;
    else if (char === "]") inClass = Math.max(0, inClass - 1);
    else if (inClass === 0) {
      if (char === "(") depth += 1;
      else if (char === ")") depth -= 1;
      else if (char === "|" && depth === 0) shape.alternates = true;
      else if (char === ".") shape.hasDot = true;
      else if (char === "$" && at === body.length - 1) shape.endsAnchored = true;
    }
  }
  return shape;
}

const signs = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=" } as const;

function order({ operator, values }: Test, { name, kind }: Property): Written | Refused {
  const text = String(values[0]).trim();
  if (!/^-?\d+(?:\.\d+)?$/u.test(text)) return refused("value-type", "AQL compares only numbers by order here.");
  const sign = signs[operator as "lt"];
  const number = text.startsWith("-") ? `0 - ${text.slice(1)}` : text;
  if (kind === "number") return atom(`${name} ${sign} ${number}`);
  return atom(`${text.includes(".") ? "DOUBLE" : "LONG"}(${name}) ${sign} ${number}`);
}

/** Where the value of another property stands in this one, counted from 0; -1 where it does not. */
function positionTest({ operator, others, caseSensitive }: Test, property: Property): Written | Refused {
  const fold = (text: string) => (caseSensitive ? text : `LOWER(${text})`);
  const texts: string[] = [];
  for (const other of others) {
    const name = aqlName(other.name);
    if (name === null) return refused("no-field", `No quotation marks hold the name ${other.name}.`);
    const whole = fold(asText(property));
    const part = fold(asText({ name, kind: kindOf(other.name), isPayload: false }));
    // A part that is longer than the whole is nowhere in it, wherever the search begins.
    const from = operator === "ends_with_field" ? `, STRLEN(${whole}) - STRLEN(${part})` : "";
    texts.push(`STRPOS(${whole}, ${part}${from}) ${operator === "starts_with_field" ? "=" : ">="} 0`);
  }
  return { text: texts.join(" OR "), binds: texts.length === 1 ? "atom" : "or" };
}

function fieldTest({ operator, others, caseSensitive }: Test, property: Property): Written | Refused {
  const by = operator.replace("_field", "") as keyof typeof signs;
  const texts: string[] = [];
  for (const other of others) {
    const name = aqlName(other.name);
    if (name === null) return refused("no-field", `No quotation marks hold the name ${other.name}.`);
    const kind = kindOf(other.name);
    const same = kind === property.kind && kind !== "text";
    const pair = [property, { name, kind, isPayload: false }].map((one) => {
      if (same) return one.name;
      if (by !== "eq") return one.kind === "number" ? one.name : `LONG(${one.name})`;
      return caseSensitive ? asText(one) : `LOWER(${asText(one)})`;
    });
    texts.push(pair.join(` ${signs[by]} `));
  }
  return { text: texts.join(" OR "), binds: texts.length === 1 ? "atom" : "or" };
}
