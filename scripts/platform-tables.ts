import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { translationKnowledge } from "../src/corpora/content/platforms/index.ts";
import type { LogPlace, LogSource } from "../src/platforms/log-sources/tables.ts";
import type { Platform } from "../src/platforms/platform.ts";
import { platforms } from "../src/platforms/registry.ts";

const folder = join(import.meta.dirname, "..", "docs", "platforms");
const [begin, end] = ["<!-- generated -->", "<!-- /generated -->"];

/** The page of a platform; the databases share one. */
export function pageFile({ id, content }: Platform): string {
  return join(folder, `${content === null && id !== "sigma" ? "sql" : id}.md`);
}

/** The page with the table between its marks made anew. Throws where it has no marks. */
export function withTable(page: string, platform: Platform): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`The page of ${platform.id} has no marks for its table.`);
  return `${page.slice(0, from + begin.length)}\n${tableOf(platform)}\n${page.slice(to)}`;
}

/** Every log source with the places where the platform holds it, and where that was learned. */
function tableOf(platform: Platform): string {
  const { logSources, places } = translationKnowledge();
  const listed = platform.content === null ? undefined : places.get(platform.content);
  if (listed === undefined) return `Every one of the ${logSources.all.length} kinds of logs has its place.`;
  const rows: string[] = [];
  const without: string[] = [];
  for (const source of logSources.all) {
    const own = listed.places[source.id] ?? [];
    if (own.length === 0) without.push(`\`${source.id}\``);
    for (const [index, place] of own.entries()) rows.push(rowOf(source, place, index, listed.sources));
  }
  const held = logSources.all.length - without.length;
  return [
    `## Log sources\n\nMade from \`content/platforms/${platform.content}/log-sources.yaml\` by \`npm run docs\`.`,
    `${held} of ${logSources.all.length} kinds of logs have a place. Of several, the first that has all fields of a rule is searched.`,
    ["| log source | where | and | learned from |", "| --- | --- | --- | --- |", ...rows].join("\n"),
    ...(without.length === 0 ? [] : [`Not held: ${without.join(", ")}.`]),
  ].join("\n\n");
}

function rowOf(
  source: LogSource,
  { from, where, source: key }: LogPlace,
  index: number,
  sources: Readonly<Record<string, { readonly title: string; readonly url: string }>>,
): string {
  const learned = sources[key];
  const conditions = Object.entries(where).map(([name, values]) => `${code(name)} = ${values.map(code).join(" or ")}`);
  const cells = [
    index === 0 ? code(source.id) : "",
    from.map(code).join(", "),
    conditions.join(", "),
    learned === undefined ? "" : `[${escaped(learned.title)}](${learned.url})`,
  ];
  return `| ${cells.join(" | ")} |`;
}

function code(text: string): string {
  return `\`${escaped(text)}\``;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}

if (import.meta.main) {
  for (const platform of platforms) {
    const file = pageFile(platform);
    writeFileSync(file, withTable(readFileSync(file, "utf8"), platform));
  }
}
