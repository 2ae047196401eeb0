import type { Predicate, Value } from "../rule/expression.ts";
import { showValue } from "../rule/pattern.ts";

/** Encodings that widen a value without changing what it says: `-u` also stands for `/u` and `–u`. */
const widening: ReadonlySet<string> = new Set(["windash"]);

/**
 * One spelling for equal meaning: folded to lower case where the predicate ignores case. A regular expression is left
 * alone, since `\D` and `\d` differ. A value that is encoded before it is compared never equals the same value plain.
 */
export function normalValue(predicate: Predicate, value: Value): string {
  const spelled = spelledValue(predicate, value);
  const exact = predicate.caseSensitive || predicate.operator === "regex_match" || encodings(predicate).length > 0;
  return exact ? spelled : spelled.toLowerCase();
}

/** The value as people read it: case as written, and what is done to it before it is compared around it. */
export function spelledValue(predicate: Predicate, value: Value): string {
  const shown = showValue(value);
  const around = encodings(predicate);
  return around.length === 0 ? shown : `${around.join(" ")}(${shown})`;
}

/** What turns a value into another text, in order. */
export function encodings(predicate: Predicate): readonly string[] {
  return predicate.encoding?.filter((one) => !widening.has(one)) ?? [];
}
