import type { DetectionPackage, Guide, PackageDetection } from "../detection-package.ts";
import { embedded, fence, inline, inlineMarkdown } from "../markdown.ts";
import { detectionParts } from "./detection-parts.ts";

/** Investigation, false positives and response in one Markdown text, for platforms that show one beside an alert. */
export function guideText(one: DetectionPackage, detection: PackageDetection): string {
  const { falsePositives, investigation, response } = detectionParts(one, detection);
  const tells = falsePositives.map(
    ({ text, tell }) => `- ${inlineMarkdown(text)}${tell === null ? "" : ` ${inlineMarkdown(tell)}`}`,
  );
  const guides = [...investigation, ...response];
  const sources = [...new Set(guides.map(({ source }) => `${source.title} (${source.licence})`))];
  return [
    ...(detection.catches === null ? [] : [`## What it catches`, inline(detection.catches)]),
    ...(detection.leavesOut === null ? [] : [`## What it leaves out`, inline(detection.leavesOut)]),
    ...section("Investigation", investigation, one.platform.language),
    ...(tells.length === 0 ? [] : ["## False positives", tells.join("\n")]),
    ...section("Response", response, one.platform.language),
    ...(sources.length === 0 ? [] : [`Sources of this guide: ${sources.map(inline).join(", ")}.`]),
  ].join("\n\n");
}

function section(title: string, guides: readonly Guide[], language: string): readonly string[] {
  return guides.length === 0 ? [] : [`## ${title}`, ...guides.flatMap((guide) => guideLines(guide, language))];
}

/** One part of a guide, below a heading of the third level. */
export function guideLines({ title, text, queries }: Guide, language: string): readonly string[] {
  return [
    `### ${inline(title)}`,
    ...(text.trim() === "" ? [] : [embedded(text, 4)]),
    ...queries.flatMap(({ title, query }) => [`${inline(title)}:`, fence(query, language)]),
  ];
}
