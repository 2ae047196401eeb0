import { isPattern, type PatternToken, type Value } from "../../rule/expression.ts";
import type { Test } from "../compile/condition.ts";
import { regexLiterals } from "../evaluate/regex.ts";
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

const worked = new WeakMap<Test, readonly Atom[] | null>();

/** Atoms of which one holds whenever the predicate is true; null where none can be named. */
export function atomsOf(test: Test): readonly Atom[] | null {
  let atoms = worked.get(test);
  if (atoms === undefined) {
    atoms = workOut(test);
    worked.set(test, atoms);
  }
  return atoms;
}

function workOut(test: Test): readonly Atom[] | null {
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
  const each = formsOf(test.predicate).map((forms) => partsOfAll(test, null, forms));
  if (test.predicate.quantifier === "all") return each.find((one) => one !== null) ?? null;
  return each.includes(null) ? null : each.flatMap((one) => one ?? []);
}

function partsOfAll(test: Test, slot: number | null, values: readonly Value[]): readonly Atom[] | null {
  const each = values.map((one) => partsOf(test, slot, one));
  return each.includes(null) ? null : each.flatMap((one) => one ?? []);
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
  return partsOf(test, slot, value) ?? [{ type: "present", slot }];
}

/** Letters beyond ASCII may change their form with their place in a word: only comparisons without case agree on them. */
function isFoldable({ predicate }: Test, text: string): boolean {
  return isAscii(text) || (!predicate.caseSensitive && predicate.operator !== "regex_match");
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** Texts of which one stands in every value that meets; null where none can be named. */
function partsOf(test: Test, slot: number | null, value: Value): readonly Atom[] | null {
  const texts = literalsOf(test, value);
  if (texts === null || texts.some((text) => text === "" || !isFoldable(test, text))) return null;
  return texts.map((text) => ({ type: "part", slot, text: indexed(text.toLowerCase()).slice(-longest) }));
}

function literalsOf(test: Test, value: Value): readonly string[] | null {
  const { predicate, dialect } = test;
  if (isPattern(value)) {
    const run = runOf(value.tokens);
    return predicate.operator === "match" && !isAscii(run) ? null : [run];
  }
  switch (predicate.operator) {
    case "eq":
    case "contains":
    case "starts_with":
    case "ends_with":
      return [hasDashes(predicate) ? longestOf(String(value).split(/[-/\u2013\u2014\u2015]/u)) : String(value)];
    case "match":
      return [String(value)];
    case "regex_match":
      return regexLiterals(String(value), dialect);
    default:
      return null;
  }
}

function runOf(tokens: readonly PatternToken[]): string {
  return longestOf(tokens.map((one) => (one.type === "literal" ? one.text : "")));
}

function longestOf(texts: readonly string[]): string {
  return texts.reduce((best, one) => (one.length > best.length ? one : best), "");
}
