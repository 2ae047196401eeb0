import type { Predicate, Value } from "../rule/expression.ts";
import { showValue } from "../rule/pattern.ts";

/**
 * One spelling for equal meaning: folded to lower case where the predicate ignores case. A regular expression is
 * left alone, since `\D` and `\d` differ, and so is a value that is encoded before it is compared.
 */
export function normalValue(predicate: Predicate, value: Value): string {
  const shown = showValue(value);
  if (predicate.caseSensitive || predicate.operator === "regex_match" || predicate.encoding !== undefined) return shown;
  return shown.toLowerCase();
}
