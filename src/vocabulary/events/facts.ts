import { type Expression, isDerived, isPattern, type Predicate, type Value } from "../../rule/expression.ts";
import { like } from "./like.ts";

/**
 * One way in which events can get through a filter: what it asks of the fields that tell events apart. Values are texts
 * in which `*` stands for any run of characters.
 */
export interface Facts {
  /** Field → values of which one must hold. */
  readonly asked: ReadonlyMap<string, readonly string[]>;
  /** Field → values that must not hold. */
  readonly refused: ReadonlyMap<string, readonly string[]>;
}

/** Which fields tell events apart. */
export interface Selectors {
  readonly fields: ReadonlySet<string>;
  /** Those of them that have one value an event. */
  readonly single: ReadonlySet<string>;
  /** Those of them of which it only matters whether a rule asks for them at all. */
  readonly present: ReadonlySet<string>;
}

export const noFacts: Facts = { asked: new Map(), refused: new Map() };

/** Ways that are kept apart; beyond, what differs between them is left open. */
export const maximumWays = 128;

/** The ways in which an expression lets events through; none where it never does. */
export function waysThrough(expression: Expression, selectors: Selectors, negated = false): readonly Facts[] {
  switch (expression.type) {
    case "predicate":
      return factsOf(expression, selectors, negated);
    case "not":
      return waysThrough(expression.operand, selectors, !negated);
    case "opaque":
      return [noFacts];
    case "and":
    case "or":
      return (expression.type === "and") !== negated
        ? allOf(expression.operands, selectors, negated)
        : anyOf(expression.operands, selectors, negated);
    default:
      return expression satisfies never;
  }
}

function allOf(operands: readonly Expression[], selectors: Selectors, negated: boolean): readonly Facts[] {
  let ways: readonly Facts[] = [noFacts];
  for (const operand of operands) ways = join(ways, waysThrough(operand, selectors, negated), selectors);
  return ways;
}

function anyOf(operands: readonly Expression[], selectors: Selectors, negated: boolean): readonly Facts[] {
  let ways: Facts[] = [];
  for (const operand of operands) {
    ways.push(...waysThrough(operand, selectors, negated));
    if (ways.length > 8 * maximumWays) ways = [...capped(ways)];
  }
  return capped(ways);
}

/** Every way of the first with every way of the second. */
export function join(first: readonly Facts[], second: readonly Facts[], selectors: Selectors): readonly Facts[] {
  const [only] = second;
  if (second.length === 1 && only === noFacts) return first;
  if (first.length * second.length > maximumWays) {
    return first.length > second.length
      ? join([shared(first)], second, selectors)
      : join(first, [shared(second)], selectors);
  }
  return gather(first.flatMap((one) => second.flatMap((other) => both(one, other, selectors) ?? [])));
}

function capped(ways: readonly Facts[]): readonly Facts[] {
  if (ways.length < 2) return ways;
  const gathered = gather(ways);
  return gathered.length > maximumWays ? [shared(gathered)] : gathered;
}

/** What all ways ask for, whatever else they do: any of their values. */
function shared(ways: readonly Facts[]): Facts {
  const [first = noFacts] = ways;
  const fields = [...first.asked.keys()].filter((field) => ways.every((one) => one.asked.has(field)));
  const values = (field: string) => [...new Set(ways.flatMap((one) => one.asked.get(field) ?? []))];
  return { asked: new Map(fields.map((field) => [field, values(field)])), refused: new Map() };
}

/** null where the two cannot hold at once. */
function both(one: Facts, other: Facts, { single }: Selectors): Facts | null {
  const asked = new Map(one.asked);
  for (const [field, values] of other.asked) {
    const before = asked.get(field);
    if (before === undefined) asked.set(field, values);
    else if (single.has(field)) asked.set(field, common(before, values));
    else asked.set(field, [...new Set([...before, ...values])]);
  }
  const refused = new Map(one.refused);
  for (const [field, values] of other.refused) refused.set(field, [...(refused.get(field) ?? []), ...values]);
  for (const [field, values] of asked) {
    const out = refused.get(field) ?? [];
    const left = out.length === 0 ? values : values.filter((value) => !out.some((pattern) => like(pattern, value)));
    if (left.length === 0) return null;
    asked.set(field, left);
  }
  return { asked, refused };
}

/** What both lists allow. Two patterns may always have a value in common; then the first stays. */
function common(first: readonly string[], second: readonly string[]): readonly string[] {
  const kept = first.filter((one) => second.some((other) => like(other, one) || (isOpen(one) && isOpen(other))));
  const narrower = second.filter((one) => !kept.includes(one) && first.some((other) => like(other, one)));
  const wide = kept.filter((one) => !narrower.some((other) => like(one, other)));
  return [...wide, ...narrower];
}

function isOpen(value: string): boolean {
  return value.includes("*");
}

/** Ways that differ only in the values of one field become one, so that a long list of operations stays one way. */
function gather(ways: readonly Facts[]): readonly Facts[] {
  if (ways.length < 2) return ways;
  const byShape = new Map<string, Facts>();
  for (const one of ways) {
    const [only] = one.asked;
    const plain = one.asked.size === 1 && one.refused.size === 0 && only !== undefined;
    const shape = plain ? `only ${only[0]}` : JSON.stringify([[...one.asked], [...one.refused]]);
    const before = byShape.get(shape);
    if (before === undefined) byShape.set(shape, one);
    else if (plain) {
      const [field, values] = only;
      byShape.set(shape, {
        asked: new Map([[field, [...new Set([...(before.asked.get(field) ?? []), ...values])]]]),
        refused: before.refused,
      });
    }
  }
  return [...byShape.values()];
}

function factsOf(predicate: Predicate, { fields, present }: Selectors, negated: boolean): readonly Facts[] {
  const { field } = predicate;
  if (field === null || isDerived(predicate)) return [noFacts];
  const names = [...new Set([field.raw, field.canonical ?? field.raw])].filter((name) => fields.has(name));
  if (names.length === 0) return [noFacts];
  if (names.every((name) => present.has(name))) {
    return negated ? [noFacts] : [{ asked: new Map(names.map((name) => [name, ["*"]])), refused: new Map() }];
  }
  const values = textsOf(predicate);
  if (values === null) return [noFacts];
  if (negated) {
    // That all of several values do not hold at once refuses none of them.
    if (predicate.quantifier === "all" && values.length > 1) return [noFacts];
    return [{ asked: new Map(), refused: new Map(names.map((name) => [name, values])) }];
  }
  const held =
    predicate.quantifier === "all" ? values.reduce<readonly string[]>((a, b) => common(a, [b]), ["*"]) : values;
  return held.length === 0 ? [] : [{ asked: new Map(names.map((name) => [name, held])), refused: new Map() }];
}

/** The values as texts in which `*` stands for any run of characters; null where they cannot be told. */
export function textsOf({ operator, values }: Predicate): readonly string[] | null {
  const texts = values.map(textOf);
  switch (operator) {
    case "eq":
      return texts;
    case "match":
    case "contains":
      return texts.map((text) => `*${text}*`);
    case "starts_with":
      return texts.map((text) => `${text}*`);
    case "ends_with":
      return texts.map((text) => `*${text}`);
    case "wildcard":
      return texts;
    case "regex_match":
      return texts.flatMap(alternatives);
    case "exists":
      return ["*"];
    default:
      return null;
  }
}

function textOf(value: Value): string {
  if (!isPattern(value)) return String(value);
  return value.tokens.map((token) => (token.type === "literal" ? token.text : "*")).join("");
}

/** The texts that a plain regular expression stands for: literals joined with `|`, anchored or not; otherwise anything. */
function alternatives(regex: string): readonly string[] {
  const [, start = "", inner = "", end = ""] = /^(?:\(\?i\))?(\^?)(?:\(\??:?)?([^()]*)\)?(\$?)$/.exec(regex) ?? [];
  const parts = inner
    .replaceAll(".*", "*")
    .split("|")
    .map((part) => part.replace(/\\([.\-/ ])/g, "$1"));
  if (inner === "" || !parts.every((part) => /^[\w .:/*-]+$/.test(part))) return ["*"];
  return parts.map((part) => `${start === "" ? "*" : ""}${part}${end === "" ? "*" : ""}`);
}
