import { formatNumber } from "../../kit/numbers.ts";
import type { DetectionPackage } from "../../packages/detection-package.ts";
import type { PackageOverview, TechniqueOverview } from "../../packages/overview.ts";
import { packageMarkdown } from "../../packages/package-markdown.ts";
import { table } from "../table.ts";
import type { Styler, Terminal } from "../terminal.ts";

/** A package as Markdown; on a terminal with headings in bold and code dimmed. */
export function packagePage(one: DetectionPackage, { style }: Terminal): string {
  return coloured(packageMarkdown(one), style);
}

function coloured(markdown: string, style: Styler): string {
  let fence: string | null = null;
  const lines = markdown.split("\n").map((line) => {
    const mark = /^`{3,}/u.exec(line)?.[0] ?? null;
    if (fence === null && mark !== null) {
      fence = mark;
      return style("dim", line);
    }
    if (fence !== null) {
      if (line === fence) fence = null;
      return fence === null ? style("dim", line) : style("cyan", line);
    }
    return /^#{1,6} /u.test(line) ? style("bold", line) : line;
  });
  return lines.join("\n");
}

/** What a technique has on every platform. */
export function packageStates(
  { id, name, platforms }: TechniqueOverview,
  overview: PackageOverview,
  terminal: Terminal,
) {
  const { style, width } = terminal;
  const rows = platforms.map((one) => [
    one.id,
    overview.platforms.find((other) => other.id === one.id)?.title ?? one.id,
    formatNumber(one.detections),
    formatNumber(one.native),
    one.best === null ? "" : String(one.best),
    one.absence ?? "",
  ]);
  const columns = [
    { title: "platform" },
    { title: "", flexible: true },
    { title: "detections", align: "right" as const },
    { title: "native", align: "right" as const },
    { title: "best", align: "right" as const },
    { title: "absent" },
  ];
  const hint = `Show one with: detectionary show package ${id} --platform ${platforms.find((one) => one.detections > 0)?.id ?? "elastic"}\n`;
  return `${style("bold", `${id}  ${name}`)}\n${table(columns, rows, width, style)}\n${hint}`;
}

/** How many techniques have a package, by platform, and why the others have none. */
export function packageCounts({ platforms, techniques, packages }: PackageOverview, terminal: Terminal): string {
  const { style, width } = terminal;
  const codes = [
    ...new Set(platforms.flatMap((one) => Object.keys(one.absent))),
  ] as (keyof (typeof platforms)[number]["absent"])[];
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: "packages for" },
    right("techniques"),
    right("authored"),
    right("native"),
    ...codes.map((code) => right(code)),
  ];
  const rows = platforms.map((one) => [
    one.title,
    formatNumber(one.packages),
    formatNumber(one.authored),
    formatNumber(one.native),
    ...codes.map((code) => formatNumber(one.absent[code] ?? 0)),
  ]);
  const whole = `${formatNumber(packages)} of ${formatNumber(techniques.length)} techniques have a package on at least one platform\n`;
  return `\n${table(columns, rows, width, style)}${whole}`;
}
