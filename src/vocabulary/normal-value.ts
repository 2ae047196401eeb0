import type { Predicate, Value } from "../rule/expression.ts";
import { showValue } from "../rule/pattern.ts";

/** Encodings that widen a value without changing what it says: `-u` also stands for `/u` and `–u`. */
const widening: ReadonlySet<string> = new Set(["windash"]);

/**
 * One spelling for equal meaning: folded to lower case where the predicate ignores case. A regular expression is left
 * alone, since `\D` and `\d` differ. A value that is encoded before it is compared never equals the same value plain.
 */
export function normalValue(predicate: Predicate, value: Value): string {
  const shown = showValue(value);
  const encodings = predicate.encoding?.filter((one) => !widening.has(one)) ?? [];
  if (encodings.length > 0) return `${encodings.join(" ")}(${shown})`;
  return predicate.caseSensitive || predicate.operator === "regex_match" ? shown : shown.toLowerCase();
}
