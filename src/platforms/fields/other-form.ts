import { isPattern, type Operator, type Predicate, type Value } from "../../rule/expression.ts";
import type { Platform as OperatingSystem } from "../../vocabulary/platform.ts";
import type { Draft } from "../../vocabulary/values/draft.ts";
import type { Values } from "../../vocabulary/values/values.ts";
import type { Field, Vocabulary } from "../../vocabulary/vocabulary.ts";

/** A predicate asked of another form of the same thing. */
export interface OtherForm {
  readonly operator: Operator;
  readonly values: readonly Value[];
}

/**
 * What a predicate on one form of a facet asks of another form: a base name of a path, one hash of a text of several, an
 * extension of a name. null where the other form does not hold what is asked.
 */
export function toOtherForm(
  { vocabulary, values }: { readonly vocabulary: Vocabulary; readonly values: Values },
  system: OperatingSystem,
  predicate: Predicate,
  from: Field,
  to: Field,
): OtherForm | null {
  if (predicate.encoding !== undefined) return null;
  if (predicate.operator === "exists" || predicate.operator === "is_null") {
    return { operator: predicate.operator, values: [] };
  }
  const each = predicate.values.map(
    (value) =>
      bySteps({ vocabulary, values }, system, predicate, value, from, to) ??
      (to.type === "path" && from.type === "name" ? nameInPath(predicate, value, system) : null) ??
      (to.type === "hashes" && from.type === "hash" ? hashInText(predicate, value, from, values) : null),
  );
  const [first] = each;
  if (first === undefined || first === null) return null;
  const all: Value[] = [];
  for (const one of each) {
    if (one === null || one.operator !== first.operator) return null;
    all.push(one.value);
  }
  return { operator: first.operator, values: all };
}

interface OneValue {
  readonly operator: Operator;
  readonly value: Value;
}

/** The moves by which the vocabulary brings a path to its base name and the like. */
function bySteps(
  { vocabulary, values }: { readonly vocabulary: Vocabulary; readonly values: Values },
  system: OperatingSystem,
  { operator }: Predicate,
  value: Value,
  from: Field,
  to: Field,
): OneValue | null {
  let draft: Draft = { field: from.id, operator, value, because: [] };
  for (const step of values.planOf(vocabulary, from.id)?.steps ?? []) draft = step(draft, system);
  return draft.field === to.id ? { operator: draft.operator, value: draft.value } : null;
}

/** A base name is the end of the path behind the last separator. */
function nameInPath({ operator }: Predicate, value: Value, system: OperatingSystem): OneValue | null {
  if (system === null) return null;
  const separator = system === "windows" ? "\\" : "/";
  switch (operator) {
    case "eq":
      return isPattern(value) ? null : { operator: "ends_with", value: `${separator}${value}` };
    case "ends_with":
      return { operator, value };
    case "wildcard": {
      // A wildcard in the middle must not run over a separator, which patterns cannot say.
      if (
        !isPattern(value) ||
        value.tokens[0]?.type !== "any" ||
        value.tokens.slice(1).some((one) => one.type === "any")
      )
        return null;
      return { operator, value };
    }
    case "starts_with":
    case "contains":
      return typeof value === "string" ? behindSeparator(operator, value, separator) : null;
    default:
      return null;
  }
}

/** `starts_with ab` on a name is `\\ab[^\\]*$` on the path. */
function behindSeparator(operator: "starts_with" | "contains", text: string, separator: string): OneValue {
  const sign = separator === "\\" ? "\\\\" : "/";
  const before = operator === "starts_with" ? sign : "";
  return { operator: "regex_match", value: `${before}${escapeRegex(text)}[^${sign}]*$` };
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&");
}

/** `eq abc…` on an MD5 is `contains MD5=abc…` in a text of several hashes. */
function hashInText({ operator }: Predicate, value: Value, { form }: Field, values: Values): OneValue | null {
  const label = values.hashLabels.get(form ?? "");
  if (operator !== "eq" || typeof value !== "string" || label === undefined) return null;
  return { operator: "contains", value: `${label}=${value}` };
}
