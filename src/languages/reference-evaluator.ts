import ipaddr from "ipaddr.js";
import { RE2JS, RE2JSSyntaxException } from "re2js";
import { type Expression, isPattern, type Pattern, type Predicate, type Value } from "../rule/expression.ts";
import type { Logic, Stage } from "../rule/logic.ts";

/** For tests: one event as a user would write it, flat or nested; arrays are several values. */
export type ReferenceEvent = Readonly<Record<string, unknown>>;

/** Three-valued, because some languages keep "unknown" unknown under `not`; only `true` selects an event. */
type Truth = true | false | null;

type Scalar = string | number | boolean;

/**
 * For tests: does a logic select one event? Written for clarity, not for speed, and apart from any engine, so that an
 * engine can be held against it. Throws for what one event alone cannot decide.
 */
export function selects(logic: Logic, event: ReferenceEvent): boolean {
  return logic.stages.every((stage) => passes(stage, event));
}

function passes(stage: Stage, event: ReferenceEvent): boolean {
  switch (stage.type) {
    case "filter":
      return truth(stage.expression, event) === true;
    case "union":
      return stage.branches.some((branch) => selects(branch, event));
    case "source":
    case "derive":
    case "project":
    case "order":
    case "aggregate":
    case "lookup":
      return true;
    default:
      throw new Error(`A case of one event cannot decide a ${stage.type} stage.`);
  }
}

function truth(expression: Expression, event: ReferenceEvent): Truth {
  switch (expression.type) {
    case "and":
      return every(expression.operands.map((one) => truth(one, event)));
    case "or":
      return not(every(expression.operands.map((one) => not(truth(one, event)))));
    case "not":
      return not(truth(expression.operand, event));
    case "predicate":
      return holds(expression, event);
    case "opaque":
      throw new Error(`Not understood: ${expression.text} (${expression.reason})`);
    default:
      return expression satisfies never;
  }
}

function not(one: Truth): Truth {
  return one === null ? null : !one;
}

function every(all: readonly Truth[]): Truth {
  if (all.includes(false)) return false;
  return all.includes(null) ? null : true;
}

function some(all: readonly Truth[]): Truth {
  return not(every(all.map(not)));
}

function holds(predicate: Predicate, event: ReferenceEvent): Truth {
  if (predicate.field?.derivedFrom?.kind === "computed") {
    throw new Error(`A computed value cannot be looked up in the event: ${predicate.field.raw}`);
  }
  if (predicate.evaluated === true) throw new Error(`Worked out when the query runs: ${predicate.raw.join(", ")}`);
  const found = predicate.field === null ? leaves(event) : valuesAt(event, predicate.field.raw);
  if (predicate.operator === "exists") return found.length > 0;
  if (predicate.operator === "is_null") return found.length === 0;
  const unknown = predicate.missing === "unknown" ? null : false;
  if (found.length === 0) return unknown;
  if (found.length > 1 && predicate.several === "unknown") return null;
  const wanted = predicate.operator.endsWith("_field")
    ? predicate.values.map((name) => valuesAt(event, String(name)))
    : predicate.values.map((value) => encodedForms(value, predicate.encoding ?? []));
  const one = (options: readonly Value[]): Truth => {
    if (options.length === 0) return unknown;
    const each = found.map((value) => options.some((option) => compare(predicate, value, option)));
    return predicate.several === "all" ? each.every(Boolean) : each.some(Boolean);
  };
  const each = wanted.map(one);
  return predicate.quantifier === "all" ? every(each) : some(each);
}

function compare({ operator, caseSensitive, encoding }: Predicate, actual: Scalar, wanted: Value): boolean {
  const fold = (value: Scalar): string => {
    const text = encoding?.includes("windash") ? String(value).replace(dashes, "-") : String(value);
    return caseSensitive ? text : text.toLowerCase();
  };
  const left = fold(actual);
  if (isPattern(wanted)) return patternRegex(wanted, operator === "match", caseSensitive).test(String(actual));
  const right = fold(wanted);
  switch (operator) {
    case "eq":
    case "eq_field":
      if (typeof wanted === "boolean") return left.toLowerCase() === right;
      return left === right || (isNumeric(actual) && isNumeric(wanted) && Number(actual) === Number(wanted));
    case "contains":
    case "contains_field":
      return left.includes(right);
    case "starts_with":
    case "starts_with_field":
      return left.startsWith(right);
    case "ends_with":
    case "ends_with_field":
      return left.endsWith(right);
    case "match":
      return patternRegex(literal(right), true, true).test(left);
    case "regex_match":
      return regexFinds(String(wanted), caseSensitive, String(actual));
    case "cidr_match":
      return inNetwork(String(actual), String(wanted));
    case "lt":
    case "lt_field":
      return order(actual, wanted) < 0;
    case "le":
    case "le_field":
      return order(actual, wanted) <= 0;
    case "gt":
    case "gt_field":
      return order(actual, wanted) > 0;
    case "ge":
    case "ge_field":
      return order(actual, wanted) >= 0;
    case "wildcard":
      throw new Error("A wildcard without a pattern.");
    case "exists":
    case "is_null":
      throw new Error(`${operator} compares nothing.`);
    default:
      return operator satisfies never;
  }
}

const compiled = new Map<string, (text: string) => boolean>();

/** RE2 decides, so that no rule's expression takes long; what it does not have (look-around), the expressions of this runtime. */
function regexFinds(regex: string, caseSensitive: boolean, text: string): boolean {
  const key = `${caseSensitive}${regex}`;
  let finds = compiled.get(key);
  if (finds === undefined) {
    finds = compileRegex(regex, caseSensitive);
    compiled.set(key, finds);
  }
  return finds(text);
}

function compileRegex(regex: string, caseSensitive: boolean): (text: string) => boolean {
  try {
    const re2 = RE2JS.compile(regex, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
    return (text) => re2.matcher(text).find();
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    const flags = /^\(\?([ims]+)\)/u.exec(regex);
    const body = regex.slice(flags?.[0].length ?? 0);
    const own = new Set(`${flags?.[1] ?? ""}${caseSensitive ? "" : "i"}`);
    const native = new RegExp(body, [...own].join(""));
    return (text) => native.test(text);
  }
}

/** What `windash` takes for each other. */
const dashes = /[-/\u2013\u2014\u2015]/gu;

/** The texts that a value becomes, step by step; as bytes, a character each. `windash` is left to the comparison. */
function encodedForms(value: Value, encoding: readonly string[]): readonly Value[] {
  const steps = encoding.filter((step) => step !== "windash");
  if (steps.length === 0) return [value];
  if (isPattern(value) || steps.length < encoding.length) throw new Error(`Encoded: ${encoding.join(", ")}`);
  return steps.reduce<readonly string[]>(
    (texts, step) => texts.flatMap((text) => encodeStep(text, step)),
    [String(value)],
  );
}

function encodeStep(text: string, step: string): readonly string[] {
  const units = [...text].flatMap((char) => char.split("")).map((unit) => unit.charCodeAt(0));
  const little = units.map((unit) => String.fromCharCode(unit & 255, unit >> 8)).join("");
  switch (step) {
    case "wide":
    case "utf16le":
      return [little];
    case "utf16":
      return [`\u00ff\u00fe${little}`];
    case "utf16be":
      return [units.map((unit) => String.fromCharCode(unit >> 8, unit & 255)).join("")];
    case "base64":
      return [btoa(text)];
    case "base64offset":
      return [0, 1, 2].map((offset) => {
        const coded = btoa(" ".repeat(offset) + text).replace(/=+$/u, "");
        // Characters at the ends also hold bits of what stands before and behind.
        const partial = (text.length + offset) % 3;
        return coded.slice([0, 2, 3][offset], partial === 0 ? undefined : -1);
      });
    default:
      throw new Error(`Encoding ${step}`);
  }
}

function literal(text: string): Pattern {
  return { type: "pattern", tokens: [{ type: "literal", text }] };
}

const letter = "[\\p{L}\\p{N}]";

/** As a word, a pattern may stand anywhere where no letter or digit touches its ends; otherwise it is the whole value. */
function patternRegex(pattern: Pattern, asWord: boolean, caseSensitive: boolean): RegExp {
  const body = pattern.tokens.map((token) => {
    switch (token.type) {
      case "literal":
        return token.text.replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&");
      case "any":
        return asWord ? `${letter}*` : "[^]*";
      case "one":
        return asWord ? letter : "[^]";
      case "placeholder":
        throw new Error(`A list of the environment: ${token.name}`);
      default:
        return token satisfies never;
    }
  });
  const flags = caseSensitive ? "u" : "ui";
  if (!asWord) return new RegExp(`^${body.join("")}$`, flags);
  const word = body.join("");
  const [first, last] = [pattern.tokens[0], pattern.tokens.at(-1)];
  const starts = first?.type === "one" || /^[\p{L}\p{N}]/u.test(word) ? `(?<!${letter})` : "";
  const ends = last?.type === "one" || /[\p{L}\p{N}]$/u.test(word) ? `(?!${letter})` : "";
  return new RegExp(`${starts}${word}${ends}`, flags);
}

function inNetwork(address: string, network: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const [base, bits] = ipaddr.parseCIDR(network.includes("/") ? network : `${network}/32`);
  const parsed = ipaddr.process(address);
  return parsed.kind() === base.kind() && parsed.match(base, bits);
}

function isNumeric(value: Value): boolean {
  return typeof value === "number" || (typeof value === "string" && /^\s*[+-]?\d+(?:\.\d+)?\s*$/u.test(value));
}

function order(left: Scalar, right: Value): number {
  if (isNumeric(left) && isNumeric(right)) return Number(left) - Number(right);
  const [a, b] = [String(left), String(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The whole name as a key first, as flat events have it; then step by step through objects and arrays of objects. */
function valuesAt(event: unknown, path: string): readonly Scalar[] {
  if (typeof event === "object" && event !== null && Object.hasOwn(event, path)) {
    return leaves((event as ReferenceEvent)[path]);
  }
  if (path.includes("*")) {
    const parts = path.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&"));
    const name = new RegExp(`^${parts.join(".*")}$`, "u");
    return namesIn(event)
      .filter((one) => !one.includes("*") && name.test(one))
      .flatMap((one) => valuesAt(event, one));
  }
  if (Array.isArray(event)) return event.flatMap((one) => valuesAt(one, path));
  if (typeof event !== "object" || event === null) return [];
  return Object.keys(event)
    .filter((key) => path.startsWith(`${key}.`))
    .flatMap((key) => valuesAt((event as ReferenceEvent)[key], path.slice(key.length + 1)));
}

/** The full names of the fields of an event. */
function namesIn(event: unknown): readonly string[] {
  if (typeof event !== "object" || event === null || Array.isArray(event)) return [];
  return Object.entries(event).flatMap(([key, value]) => [key, ...namesIn(value).map((name) => `${key}.${name}`)]);
}

function leaves(value: unknown): readonly Scalar[] {
  if (value === null || value === undefined) return [];
  if (typeof value === "object") return Object.values(value).flatMap(leaves);
  return [value as Scalar];
}
