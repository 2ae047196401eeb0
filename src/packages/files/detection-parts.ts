import type { DetectionPackage, PackageDetection, Source } from "../detection-package.ts";

/** The parts of a package that belong to one detection: those of its own rule and of no rule at all; all, where there are none of it. */
export function detectionParts(
  one: DetectionPackage,
  { source }: PackageDetection,
): Pick<DetectionPackage, "falsePositives" | "investigation" | "response" | "references"> {
  const isOwn = ({ rule }: Source): boolean => rule === null || rule === source.rule;
  const own = <Part>(parts: readonly Part[], sourcesOf: (part: Part) => readonly Source[]): readonly Part[] => {
    const found = parts.filter((part) => sourcesOf(part).some(isOwn));
    return found.length === 0 ? parts : found;
  };
  return {
    falsePositives: own(one.falsePositives, ({ sources }) => sources),
    investigation: own(one.investigation, (guide) => [guide.source]),
    response: own(one.response, (guide) => [guide.source]),
    references: own(one.references, ({ sources }) => sources),
  };
}
