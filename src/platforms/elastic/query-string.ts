import { isFullText } from "../../languages/kuery/fields.ts";
import type { Value } from "../../rule/expression.ts";
import { isPattern } from "../../rule/expression.ts";
import {
  type Condition,
  type Refused,
  refused,
  type TargetBranch,
  type TargetField,
  type TargetQuery,
  type Test,
  type Written,
  type WrittenQuery,
} from "../platform.ts";
import type { Remark } from "../translation.ts";

/** What the two languages that only filter have in common: the Kibana Query Language and Lucene's query strings. */
export function filterOnly(title: string, or: string, write: (condition: Condition) => string) {
  return (query: TargetQuery): WrittenQuery | Refused => {
    switch (query.type) {
      case "selection": {
        const conditions = query.branches.map((one) => conditionOf(one, or)).filter((one) => one !== null);
        const [only] = conditions;
        if (only === undefined || conditions.length < query.branches.length) {
          return refused("everything", "A query without conditions finds every event.");
        }
        return { text: write(conditions.length === 1 ? only : { type: "or", operands: conditions }), remarks: [] };
      }
      case "sequence":
        return refused("sequence", `${title} finds single events; EQL finds sequences.`);
      case "threshold":
        return refused("threshold", `${title} does not count; a threshold rule around it, or ES|QL, does.`);
      case "new_terms":
        return refused("new-terms", `${title} knows nothing of earlier values; a new terms rule around it does.`);
      default:
        return query satisfies never;
    }
  };
}

function conditionOf({ place, condition }: TargetBranch, or: string): Condition | null {
  const choosing = Object.entries(place.where).map(
    ([name, values]): Condition => ({ type: "written", written: { text: chosen(name, values, or), binds: "atom" } }),
  );
  const own = condition === null ? [] : condition.type === "and" ? condition.operands : [condition];
  const operands = [...choosing, ...own];
  const [only] = operands;
  return operands.length > 1 ? { type: "and", operands } : (only ?? null);
}

/** Names and values of our own tables, which hold no signs but `-`, `.`, `/` and `*`. */
function chosen(name: string, values: readonly string[], or: string): string {
  const texts = values.map((one) => (one.includes("*") ? one : `"${one.replace(/["\\]/gu, (char) => `\\${char}`)}"`));
  return `${name}:${texts.length === 1 ? texts[0] : `(${texts.join(` ${or} `)})`}`;
}

/** Why a test cannot be asked of a field that the index has cut into words; null where it can. */
export function troubleWithWords({ operator }: Test, { name }: TargetField): Refused | null {
  if (!isFullText(name)) return null;
  const fine = ["match", "contains", "exists", "is_null"].includes(operator);
  return fine ? null : refused("words", `The words of ${name} have no beginning and end of the whole value.`);
}

export function wordsRemark({ operator, values }: Test, { name }: TargetField): readonly Remark[] {
  if (!isFullText(name) || operator !== "contains") return [];
  if (!values.some((one) => /[^\p{L}\p{N}_]/u.test(textOf(one)))) return [];
  return [
    { code: "words", why: `The index has cut ${name} into words, over which a text with other signs may not run.` },
  ];
}

export function textOf(value: Value): string {
  return isPattern(value)
    ? value.tokens.map((one) => (one.type === "literal" ? one.text : "")).join("")
    : String(value);
}

export function hasLetters(value: Value): boolean {
  const text = textOf(value);
  return text.toLowerCase() !== text.toUpperCase();
}

export function atom(text: string, remarks: readonly Remark[] = []): Written {
  return { text, binds: "atom", remarks };
}

/** A number, true or false as the field holds it; null where it must stand in quotes. */
export function scalar(value: Value, { type }: TargetField): string | null {
  const text = String(value);
  if (type === "number" && text.trim() !== "" && Number.isFinite(Number(text))) return String(Number(text));
  if (type === "boolean" && /^(?:true|false)$/iu.test(text)) return text.toLowerCase();
  return null;
}
