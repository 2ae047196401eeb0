import { isPattern, type PatternToken, type Value } from "../../rule/expression.ts";
import type { Test } from "../compile/condition.ts";
import { openRegex } from "../evaluate/regex.ts";
import { isNumeric } from "../evaluate/scalars.ts";
import { formsOf, hasDashes } from "../evaluate/value-test.ts";

/**
 * Something that is quick to see of an event, and without which a predicate cannot hold. Letter case never matters: an atom
 * may let through what the predicate does not, and must never keep back what it does.
 */
export type Atom =
  /** A value that is this text. */
  | { readonly type: "exact"; readonly slot: number; readonly text: string }
  /** A value that is this number, however it is written. */
  | { readonly type: "number"; readonly slot: number; readonly text: string }
  /** A value in which this text stands; slot null: in any field. */
  | { readonly type: "part"; readonly slot: number | null; readonly text: string }
  /** Any value at all. */
  | { readonly type: "present"; readonly slot: number };

/** Letters of a text that are looked for; its end says most. */
const longest = 12;

/** As texts of events are looked through: without letter case, and without a letter that only some engines fold. */
export function indexed(folded: string): string {
  return folded.includes("ſ") ? folded.replaceAll("ſ", "s") : folded;
}

/** Atoms of which one holds whenever the predicate is true; null where none can be named. */
export function atomsOf(test: Test): readonly Atom[] | null {
  const { predicate, slot } = test;
  if (predicate.operator === "is_null") return null;
  if (slot === null) return predicate.operator === "exists" ? null : keywordAtoms(test);
  const present: readonly Atom[] = [{ type: "present", slot }];
  if (predicate.operator === "exists" || predicate.operator.endsWith("_field")) return present;
  const each = formsOf(predicate).map((forms) => forms.flatMap((one) => atomsOfValue(test, slot, one)));
  if (predicate.quantifier === "any") {
    const all = each.flat();
    return all.some((one) => one.type === "present") ? present : all;
  }
  // All must hold, so that any one of them will do.
  const narrow = each.filter((own) => own.every((one) => one.type !== "present"));
  return narrow.reduce<readonly Atom[]>((best, own) => (weight(own) > weight(best) ? own : best), present);
}

function weight(atoms: readonly Atom[]): number {
  return atoms.reduce((least, one) => Math.min(least, one.type === "present" ? 0 : one.text.length), Infinity);
}

function keywordAtoms(test: Test): readonly Atom[] | null {
  const each = formsOf(test.predicate).map((forms) => forms.map((one) => partOf(test, null, one)));
  const named = each.map((forms) => (forms.includes(null) ? null : forms.filter((one) => one !== null)));
  if (test.predicate.quantifier === "all") return named.find((one) => one !== null) ?? null;
  return named.includes(null) ? null : named.flatMap((one) => one ?? []);
}

function atomsOfValue(test: Test, slot: number, value: Value): readonly Atom[] {
  const { operator } = test.predicate;
  if (operator === "eq" && !isPattern(value) && !hasDashes(test.predicate)) {
    if (isNumeric(value)) {
      const text: Atom = { type: "exact", slot, text: String(value).toLowerCase() };
      return [text, { type: "number", slot, text: String(Number(value)) }];
    }
    const text = String(value);
    if (isFoldable(test, text)) return [{ type: "exact", slot, text: indexed(text.toLowerCase()) }];
    return [{ type: "present", slot }];
  }
  const part = partOf(test, slot, value);
  return [part ?? { type: "present", slot }];
}

/** Letters beyond ASCII may change their form with their place in a word: only comparisons without case agree on them. */
function isFoldable({ predicate }: Test, text: string): boolean {
  return isAscii(text) || (!predicate.caseSensitive && predicate.operator !== "regex_match");
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

function partOf<Slot extends number | null>(
  test: Test,
  slot: Slot,
  value: Value,
): { readonly type: "part"; readonly slot: Slot; readonly text: string } | null {
  const text = literalOf(test, value);
  if (text === null || text === "" || !isFoldable(test, text)) return null;
  return { type: "part", slot, text: indexed(text.toLowerCase()).slice(-longest) };
}

/** A text that stands in every value that meets; of a regular expression only where it is one. */
function literalOf(test: Test, value: Value): string | null {
  const { predicate, dialect } = test;
  if (isPattern(value)) return predicate.operator === "match" ? asciiOnly(runOf(value.tokens)) : runOf(value.tokens);
  switch (predicate.operator) {
    case "eq":
    case "contains":
    case "starts_with":
    case "ends_with":
      return hasDashes(predicate) ? longestOf(String(value).split(/[-/\u2013\u2014\u2015]/u)) : String(value);
    case "match":
      return String(value);
    case "regex_match": {
      const regex = openRegex(String(value), predicate.caseSensitive, dialect);
      const [only] = "why" in regex ? [] : (regex.literals ?? []);
      return only !== undefined && !("why" in regex) && regex.literals?.length === 1 ? asciiOnly(only) : null;
    }
    default:
      return null;
  }
}

function asciiOnly(text: string): string | null {
  return isAscii(text) ? text : null;
}

function runOf(tokens: readonly PatternToken[]): string {
  return longestOf(tokens.map((one) => (one.type === "literal" ? one.text : "")));
}

function longestOf(texts: readonly string[]): string {
  return texts.reduce((best, one) => (one.length > best.length ? one : best), "");
}
