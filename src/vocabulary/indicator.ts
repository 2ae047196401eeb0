import type { Operator, Predicate, Value } from "../rule/expression.ts";
import { showValue } from "../rule/pattern.ts";
import type { Platform } from "./platform.ts";
import type { Draft } from "./values/draft.ts";
import { platformOfPath } from "./values/paths.ts";
import { plainRegex } from "./values/plain-regex.ts";
import { encodings, spelledValue, withPlainDashes } from "./values/spelling.ts";
import type { Values } from "./values/values.ts";
import type { Field, Vocabulary } from "./vocabulary.ts";

/** One value of a predicate in the common vocabulary: equal meanings have equal field, operator and value. */
export interface IndicatorMeaning {
  /** The canonical field, which may be another form of the facet than the rule asks; null for what has no such name. */
  readonly field: string | null;
  readonly operator: Operator;
  /** The normal form. */
  readonly value: string;
  /** The same with its letters as written. */
  readonly spelling: string;
  /** What was done to the value as written, in short words that stay the same. */
  readonly because: readonly string[];
}

export interface ValueKnowledge {
  readonly vocabulary: Vocabulary;
  readonly values: Values;
}

const nothing: readonly string[] = [];
const fromRegex: readonly string[] = ["plain text of a regular expression"];
const plainDashes: readonly string[] = ["options spelled with -"];
const ruleFolds: readonly string[] = ["letters folded: the rule ignores case"];
const fieldFolds: readonly string[] = ["letters folded: the field ignores case"];

/** One value of a predicate in the common vocabulary. `platform`: where the rule's events come from. */
export function indicatorOf(
  { vocabulary, values }: ValueKnowledge,
  platform: Platform,
  predicate: Predicate,
  value: Value,
): IndicatorMeaning {
  const field = predicate.field?.canonical ?? null;
  const regex = predicate.operator === "regex_match" && typeof value === "string" ? plainRegex(value) : null;
  // Regular expressions, coded texts and names of other fields mean themselves.
  if ((isLiteral(predicate.operator) && regex === null) || encodings(predicate).length > 0) {
    const spelling = spelledValue(predicate, value);
    return { field, operator: predicate.operator, value: spelling, spelling, because: nothing };
  }
  const operator = regex?.operator ?? predicate.operator;
  const written = regex?.text ?? value;
  const plain = withPlainDashes(predicate, written);
  const dashes = plain !== written && showValue(plain) !== showValue(written);
  const because = regex !== null ? fromRegex : dashes ? plainDashes : nothing;
  const sensitive = predicate.caseSensitive && regex?.ignoresCase !== true;
  const plan = field === null ? null : values.planOf(vocabulary, field);
  if (field === null || plan === null) {
    return folded(field, { operator, value: plain, because }, sensitive ? nothing : ruleFolds);
  }
  let draft: Draft = { field, operator, value: plain, because };
  const system = platform ?? (plan.field.type === "path" ? platformOfPath(plain) : null);
  for (const step of plan.steps) draft = step(draft, system);
  if (!sensitive) return folded(draft.field, draft, ruleFolds);
  const asked = draft.field === field ? plan.field : vocabulary.field(draft.field);
  return folded(draft.field, draft, asked !== null && ignoresCase(asked, system) ? fieldFolds : nothing);
}

function folded(
  field: string | null,
  { operator, value, because }: Omit<Draft, "field">,
  why: readonly string[],
): IndicatorMeaning {
  const spelling = showValue(value);
  const letters = why === nothing ? spelling : spelling.toLowerCase();
  if (letters === spelling) return { field, operator, value: spelling, spelling, because };
  return { field, operator, value: letters, spelling, because: because.length === 0 ? why : [...because, ...why] };
}

function ignoresCase(field: Field, platform: Platform): boolean {
  // true and TRUE, 0x1f and 0x1F, fe80:: and FE80:: are one value each, whatever field holds it.
  if (field.type === "boolean" || field.type === "hex_number" || field.type === "ip") return true;
  return field.case === "ignored" || (field.case === "by_platform" && platform === "windows");
}

function isLiteral(operator: Operator): boolean {
  switch (operator) {
    case "regex_match":
    case "eq_field":
    case "contains_field":
    case "starts_with_field":
    case "ends_with_field":
    case "lt_field":
    case "le_field":
    case "gt_field":
    case "ge_field":
      return true;
    case "eq":
    case "contains":
    case "starts_with":
    case "ends_with":
    case "wildcard":
    case "match":
    case "cidr_match":
    case "lt":
    case "le":
    case "gt":
    case "ge":
    case "exists":
    case "is_null":
      return false;
    default:
      return operator satisfies never;
  }
}
