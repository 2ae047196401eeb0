import type { JsonMap, SigmaDocument, SigmaLogSource, SigmaRule } from "../../languages/sigma/ast.ts";
import { print } from "../../languages/sigma/print.ts";
import type { RuleHead } from "../head.ts";
import type { LogSource } from "../log-sources/tables.ts";
import type { TargetBranch } from "../platform.ts";
import { detectionOf } from "./detection.ts";
import { nowhere } from "./item.ts";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/**
 * What the specification asks of a rule, from the head of the rule that it was made from: that rule's id stands under
 * `related`, for the translation is a rule of its own.
 * https://sigmahq.io/sigma-specification/specification/sigma-rules-specification.html
 */
export function metadataOf(head: RuleHead, more: JsonMap = {}): JsonMap {
  const { title, description, references, authors, licence, techniques, falsePositives, severity, id } = head;
  const tags = techniques.map((one) => `attack.${one.toLowerCase()}`);
  return {
    title: lineOf(title) || "Untitled rule",
    ...more,
    ...(uuid.test(id) ? { related: [{ id: id.toLowerCase(), type: "derived" }] } : {}),
    status: "experimental",
    ...(description.trim() === "" ? {} : { description: description.trim() }),
    ...(references.length === 0 ? {} : { references: [...new Set(references)] }),
    ...(authors.length === 0 ? {} : { author: authors.join(", ") }),
    ...(licence === "" ? {} : { license: licence }),
    ...(tags.length === 0 ? {} : { tags: [...new Set(tags)] }),
    ...(falsePositives.length === 0 ? {} : { falsepositives: falsePositives }),
    ...(severity === null ? {} : { level: severity }),
  };
}

function lineOf(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

/** The rule of one branch, or null where it would let every event through. */
export function ruleOf({ logSource, condition }: TargetBranch, metadata: JsonMap): SigmaRule | null {
  if (condition === null) return null;
  return {
    type: "rule",
    action: null,
    metadata,
    logsource: logSourceOf(logSource),
    detection: detectionOf(condition),
    span: nowhere,
  };
}

function logSourceOf({ sigma }: LogSource): SigmaLogSource {
  const entries: Record<string, string> = {};
  for (const key of ["product", "category", "service"] as const) {
    const value = sigma?.[key];
    if (value !== undefined) entries[key] = value;
  }
  return { type: "logsource", entries, span: nowhere };
}

export function printDocuments(documents: readonly SigmaDocument[]): string {
  return print({ type: "sigma", documents }).trimEnd();
}
