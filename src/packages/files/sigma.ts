import type { PackageDetection } from "../detection-package.ts";
import { queryText } from "../plain-text.ts";
import { namedUuid } from "./named-uuid.ts";
import type { PlatformFiles, Writing } from "./package-file.ts";
import { ruleId } from "./rule-id.ts";

/** Sigma itself: a file for each rule, or for a correlation with the rules that it counts. */
export const sigmaFiles: PlatformFiles = {
  platforms: ["sigma"],
  use: ["`rules/*.yml`: one rule a file, as `sigma convert` and every tool of Sigma takes it."],
  write: (writing) =>
    writing.package.detections.map((detection) => ({
      path: `rules/${writing.nameOf(detection)}.yml`,
      text: withId(writing, detection),
    })),
};

/** A translation has no ids; rules that others refer to have one each. Lines are added, and nothing else is changed. */
function withId({ package: one }: Writing, detection: PackageDetection): string {
  const text = `${queryText(detection.query).replace(/\n+$/u, "")}\n`;
  // A document of the old kind is no rule by itself.
  if (/^action\s*:/mu.test(text)) return text;
  const id = ruleId(one, detection);
  const documents = text.split(/^(?=---\s*$)/mu);
  return documents
    .map((document, at) => {
      if (/^["']?id["']?\s*:/mu.test(document)) return document;
      const own = documents.length === 1 ? id : namedUuid(`${id}:${at}`);
      return document.replace(/^title: [^\n|>&*!][^\n]*\n(?=[a-z])/mu, (line) => `${line}id: ${own}\n`);
    })
    .join("");
}
