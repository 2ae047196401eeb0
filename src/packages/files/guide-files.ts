import type { DetectionPackage, Guide } from "../detection-package.ts";
import { inline, link } from "../markdown.ts";
import { guideLines } from "./guide-text.ts";
import type { PackageFile } from "./package-file.ts";

/** How logs are switched on, how an alert is looked into, what is done about it; a file without any part is none. */
export function guideFiles(one: DetectionPackage): readonly PackageFile[] {
  return [
    ...guideFile(one, "setup.md", "Setup", one.setup),
    ...guideFile(one, "investigation.md", "Investigation", one.investigation),
    ...guideFile(one, "playbook.md", "Response", one.response),
  ];
}

function guideFile(
  one: DetectionPackage,
  path: string,
  title: string,
  guides: readonly Guide[],
): readonly PackageFile[] {
  if (guides.length === 0) return [];
  const { technique, platform } = one;
  const blocks = [
    `# ${title}: ${inline(`${technique.id} ${technique.name}`)}`,
    `For ${inline(platform.title)}.`,
    ...distinct(guides).flatMap((guide) => {
      const [heading = "", ...rest] = guideLines(guide, platform.language);
      return [heading.replace(/^###/u, "##"), ...rest, `*Source: ${attribution(guide)}*`];
    }),
  ];
  return [{ path, text: `${blocks.join("\n\n")}\n` }];
}

/** Several rules have a guide of one title: each then says whose it is. */
function distinct(guides: readonly Guide[]): readonly Guide[] {
  const titles = Map.groupBy(guides, ({ title }) => title);
  return guides.map((guide) =>
    (titles.get(guide.title)?.length ?? 0) < 2 ? guide : { ...guide, title: `${guide.title}: ${guide.source.title}` },
  );
}

function attribution({ source }: Guide): string {
  const name = source.url === null ? inline(source.title) : link(source.url, source.title);
  return `${name}, ${inline(source.licence)}`;
}
