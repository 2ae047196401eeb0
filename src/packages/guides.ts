import type { Database } from "../catalog/database.ts";
import type { RuleDocument } from "../rule/document.ts";
import type { Guide, Source } from "./detection-package.ts";
import type { MadeDetection } from "./detections.ts";
import { withoutMarkup } from "./guide-markup.ts";
import { type MarkdownPart, markdownParts } from "./markdown-parts.ts";
import { readRule } from "./read-rules.ts";
import type { SourceOf } from "./sources.ts";
import type { Standing } from "./standings.ts";

export interface Guides {
  readonly setup: readonly Guide[];
  readonly investigation: readonly Guide[];
  readonly response: readonly Guide[];
}

type Kind = keyof Guides;

/** Words of headings that tell what a part is about; the first row that fits decides. null: it stands elsewhere, or is of no use alone. */
const headings: readonly (readonly [string, Kind | null])[] = [
  ["false positive", null],
  ["related rule", null],
  ["additional information", null],
  ["performance", null],
  ["setup", "setup"],
  ["how to implement", "setup"],
  ["response", "response"],
  ["remediation", "response"],
  ["containment", "response"],
  ["investigat", "investigation"],
  ["triage", "investigation"],
  ["notes", "investigation"],
];

/** Rules whose guides a package shows, for each kind: the first ones that have any. */
const most: Readonly<Record<Kind, number>> = { setup: 3, investigation: 3, response: 3 };

/** Rules of the technique that are not shown and may still have the guide that the shown ones lack. */
const furtherRules = 40;

/** The sources' own guides: of the detections shown, then of other rules of the technique, whatever they were written for. */
export function guidesOf(
  database: Database,
  made: readonly MadeDetection[],
  others: readonly Standing[],
  sourceOf: SourceOf,
): Guides {
  const found: Record<Kind, Guide[]> = { setup: [], investigation: [], response: [] };
  const rules: Record<Kind, number> = { setup: 0, investigation: 0, response: 0 };
  const add = (sections: RuleDocument["sections"], source: Source, kinds: readonly Kind[]): void => {
    const own = guidesIn(sections, source);
    for (const kind of kinds) {
      if (own[kind].length === 0 || rules[kind] >= most[kind]) continue;
      rules[kind]++;
      found[kind].push(...own[kind]);
    }
  };
  for (const { answer, detection } of made) {
    add(answer.document.sections, detection.source, ["setup", "investigation", "response"]);
  }
  const shown = new Set(made.map((one) => one.candidate.rule));
  const lacking = (["investigation", "response"] as const).filter((kind) => rules[kind] === 0);
  if (lacking.length === 0) return found;
  for (const rule of others.filter((one) => !shown.has(one)).slice(0, furtherRules)) {
    if (lacking.every((kind) => rules[kind] >= most[kind])) break;
    const read = readRule(database, rule.key);
    if (read !== null) add(read.answer.document.sections, sourceOf(rule), lacking);
  }
  return found;
}

/** The guides of one rule, cut at their headings. */
export function guidesIn(sections: RuleDocument["sections"], source: Source): Guides {
  const found: Record<Kind, Guide[]> = { setup: [], investigation: [], response: [] };
  for (const { title, markdown } of sections) {
    const whole = kindOf(title);
    if (whole === undefined || whole === null) continue;
    for (const { kind, title: own, parts } of grouped(whole, title, markdownParts(markdown))) {
      const { text, queries } = withoutMarkup(parts.map(partText).join("\n\n").trim());
      if (text !== "" || queries.length > 0) found[kind].push({ title: own, text, queries, source });
    }
  }
  return found;
}

interface Group {
  readonly kind: Kind;
  readonly title: string;
  readonly level: number;
  readonly parts: MarkdownPart[];
}

/** Parts below a heading go with it, unless their own heading is about something else. */
function grouped(kind: Kind, title: string, parts: readonly MarkdownPart[]): readonly Group[] {
  const groups: Group[] = [];
  let current: Group | null = { kind, title, level: 0, parts: [] };
  groups.push(current);
  for (const part of parts) {
    const own = part.level === 0 ? undefined : kindOf(part.heading);
    if (own === null) {
      current = null;
    } else if (current !== null && (own ?? current.kind) === current.kind && part.level > current.level) {
      current.parts.push(part);
    } else if (current !== null && part.level === 0) {
      current.parts.push(part);
    } else if (own === undefined) {
      current = null;
    } else {
      current = { kind: own, title: part.heading, level: part.level, parts: [{ ...part, level: 0 }] };
      groups.push(current);
    }
  }
  return groups.filter((one) => one.parts.length > 0);
}

function partText({ heading, level, text }: MarkdownPart): string {
  return level === 0 ? text : `${"#".repeat(level)} ${heading}\n\n${text}`;
}

function kindOf(heading: string): Kind | null | undefined {
  const words = heading.toLowerCase();
  return headings.find(([word]) => words.includes(word))?.[1];
}
