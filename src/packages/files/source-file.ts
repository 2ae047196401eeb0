import type { DetectionPackage } from "../detection-package.ts";
import { inline, link } from "../markdown.ts";
import { corpusName, sourcesOf } from "../sources.ts";
import type { PackageFile } from "./package-file.ts";

/** Where every part comes from, under which licence, and where it can be seen: what licences ask of whoever passes it on. */
export function sourceFile(one: DetectionPackage): PackageFile {
  const sources = sourcesOf(one);
  const rows = sources.map(({ source, parts }) => {
    const title = source.url === null ? inline(source.title) : link(source.url, source.title);
    const cells = [
      title,
      inline(corpusName(source.corpus)),
      inline(source.rule ?? ""),
      source.authors.map(inline).join(", "),
      inline(source.licence),
      parts.join(", "),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const blocks = [
    `# Sources of ${inline(`${one.technique.id} ${one.technique.name}`)} for ${inline(one.platform.title)}`,
    "Each part stands under the licence of its source. Detections marked as translated were made from the rule named here; what changed on the way stands in README.md.",
    [
      "| Source | Collection | Rule | Authors | Licence | Parts |",
      "| --- | --- | --- | --- | --- | --- |",
      ...rows,
    ].join("\n"),
    "Names and ids of techniques and tactics: © The MITRE Corporation, MITRE ATT&CK®, reproduced and distributed with the permission of The MITRE Corporation.",
  ];
  return { path: "SOURCES.md", text: `${blocks.join("\n\n")}\n` };
}
