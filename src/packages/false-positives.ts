import type { FalsePositive, Source } from "./detection-package.ts";
import type { MadeDetection } from "./detections.ts";
import { listItemsUnder } from "./markdown-parts.ts";
import { uniqueSources } from "./sources.ts";

/** What the rules' authors have met in normal operation, each text once. */
export function falsePositivesOf(made: readonly MadeDetection[]): readonly FalsePositive[] {
  const found = new Map<string, { readonly text: string; readonly sources: Source[] }>();
  for (const { answer, detection } of made) {
    const { falsePositives, sections } = answer.document;
    const told = sections.flatMap((one) => listItemsUnder(one.markdown, isAboutFalsePositives));
    for (const text of [...falsePositives, ...told]) {
      const key = normal(text);
      if (saysNothing.has(key)) continue;
      const own = found.get(key) ?? { text: inOneLine(text), sources: [] };
      found.set(key, own);
      own.sources.push(detection.source);
    }
  }
  return [...found.values()]
    .map(({ text, sources }) => ({ text, tell: null, knob: null, sources: uniqueSources(sources) }))
    .sort((one, other) => other.sources.length - one.sources.length);
}

function isAboutFalsePositives(heading: string): boolean {
  return heading.toLowerCase().includes("false positive");
}

/** Upstreams break lines where their files do; a list or a second paragraph keeps its lines. */
function inOneLine(text: string): string {
  const lines = text.trim().split("\n");
  return lines.slice(1).some((one) => one.trim() === "" || /^\s*(?:[-*+]|\d+[.)]) /u.test(one))
    ? lines.join("\n")
    : lines.map((one) => one.trim()).join(" ");
}

function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** What authors write who know of none, or say no more than that there are some. */
const saysNothing: ReadonlySet<string> = new Set([
  "",
  "unknown",
  "unlikely",
  "likely",
  "none",
  "no known false positives",
  "none identified",
  "none known",
  "rare",
  "no false positives have been identified at this time",
  "no false positives known",
  "false positives may be present filter as needed",
  "unknown at this time",
  "false positives",
  "tbd",
  "n a",
]);
