import type { JsonMap, SigmaDocument, SigmaLogSource, SigmaRule } from "../../languages/sigma/ast.ts";
import { print } from "../../languages/sigma/print.ts";
import { printEntry } from "../../languages/sigma/yaml-text.ts";
import type { RuleHead } from "../head.ts";
import type { LogSource } from "../log-sources/tables.ts";
import type { Condition, TargetBranch } from "../platform.ts";
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
    title: oneLine(title) || "Untitled rule",
    ...more,
    ...(uuid.test(id) ? { related: [{ id: id.toLowerCase(), type: "derived" }] } : {}),
    status: "experimental",
    ...(description.trim() === "" ? {} : { description: oneLine(description) }),
    ...(references.length === 0 ? {} : { references: [...new Set(references)] }),
    ...(authors.length === 0 ? {} : { author: authors.join(", ") }),
    ...(licence === "" ? {} : { license: licence }),
    ...(tags.length === 0 ? {} : { tags: [...new Set(tags)] }),
    ...(falsePositives.length === 0 ? {} : { falsepositives: falsePositives.map(oneLine) }),
    ...(severity === null ? {} : { level: severity }),
  };
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
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

/** The `detection` of a rule alone, to be merged into that of another. */
export function printDetection(condition: Condition): string {
  const detection = detectionOf(condition);
  return printDocuments([{ type: "rule", action: null, metadata: {}, logsource: null, detection, span: nowhere }]);
}

function logSourceOf({ sigma }: LogSource): SigmaLogSource {
  const entries: Record<string, string> = {};
  for (const key of ["product", "category", "service"] as const) {
    const value = sigma?.[key];
    if (value !== undefined) entries[key] = value;
  }
  return { type: "logsource", entries, span: nowhere };
}

/** What people write behind the detection. */
const behind: ReadonlySet<string> = new Set(["falsepositives", "level"]);

export function printDocuments(documents: readonly SigmaDocument[]): string {
  return documents.map(printDocument).join("---\n").trimEnd();
}

function printDocument(document: SigmaDocument): string {
  if (document.type === "unknown") return print({ type: "sigma", documents: [document] });
  const entries = Object.entries(document.metadata);
  const metadata = Object.fromEntries(entries.filter(([key]) => !behind.has(key)));
  const last = entries.filter(([key]) => behind.has(key));
  const front = print({ type: "sigma", documents: [{ ...document, metadata }] });
  return `${relatedInLines(front)}${last.map(([key, value]) => printEntry(key, value, "")).join("")}`;
}

/** The one list of maps there is, an entry a line. */
function relatedInLines(text: string): string {
  return text.replace(
    /^ {2}- \{"id": ([0-9a-f-]+|'[0-9a-f-]+'), "type": derived\}$/mu,
    (_, id: string) => `  - id: ${id}\n    type: derived`,
  );
}
