import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { areaName } from "../src/corpora/content/diagnostic-areas.ts";
import { type DiagnosticEntry, diagnosticGuide, prefixOf } from "../src/corpora/content/diagnostic-guide.ts";
import { type ExampleRun, filesOf, runExample } from "./diagnostic-examples.ts";

/** Where the generated page stands. */
export const guideFile = join(import.meta.dirname, "..", "docs", "diagnostics.md");

export interface ExplainedCode {
  readonly entry: DiagnosticEntry;
  /** null for a code without an example. */
  readonly run: ExampleRun | null;
}

/** Every code with its example run, one after the other. */
export async function explainAll(): Promise<readonly ExplainedCode[]> {
  const explained: ExplainedCode[] = [];
  for (const entry of diagnosticGuide().values()) {
    explained.push({ entry, run: entry.circumstances === undefined ? await runExample(entry) : null });
  }
  return explained;
}

/** `error`, `warning` or `info`, as the line of a code says it; null where no line has the code. */
export function severityOf({ code }: DiagnosticEntry, run: ExampleRun): "error" | "warning" | "info" | null {
  const line = run.printed.split("\n").find((one) => one.endsWith(` [${code}]`));
  if (line === undefined) return null;
  if (/^\S+:\d+:\d+: warning: /.test(line)) return "warning";
  return /^\S+:\d+:\d+: info: /.test(line) ? "info" : "error";
}

/** `docs/diagnostics.md`. */
export function guidePage(codes: readonly ExplainedCode[]): string {
  const areas = [...Map.groupBy(codes, ({ entry }) => prefixOf(entry.code))];
  const contents = areas.map(
    ([prefix, list]) =>
      `- [${areaName(prefix)}](#${prefix}): \`${prefix}/…\`, ${list.length} code${list.length === 1 ? "" : "s"}`,
  );
  return `${[
    "# Diagnostics",
    "<!-- Made from content/diagnostics by `npm run docs`, which runs every example. Do not edit. -->",
    [
      "Every code that Detectionary prints in square brackets, with what it means, what to do about it, and the smallest",
      "example that yields it. An **error** is a part that was not understood: `check` then exits with 1. A **warning** was",
      "understood, but is probably not what was meant; an **info** is only worth knowing, and printed with `--all`.",
    ].join("\n"),
    contents.join("\n"),
    ...areas.flatMap(([prefix, list]) => [
      `<a id="${prefix}"></a>\n\n## ${areaName(prefix)}`,
      ...list.flatMap(codeSection),
    ]),
  ].join("\n\n")}\n`;
}

function codeSection({ entry, run }: ExplainedCode): readonly string[] {
  const { code, meaning, remedy, circumstances } = entry;
  const severity = run === null ? null : severityOf(entry, run);
  const files = Object.entries(filesOf(entry));
  return [
    `<a id="${code.replace("/", "-")}"></a>\n\n### \`${code}\``,
    `${severity === null ? "" : `**${severity}:** `}${meaning} ${remedy}`,
    ...(circumstances === undefined ? [] : [`Arises from: ${circumstances}`]),
    ...files.flatMap(([path, text]) => [
      `\`${entry.corpus === undefined ? path : `${entry.corpus}/${path}`}\`${text === "" ? " (an empty file)" : ""}`,
      ...(text === "" ? [] : [fenced(path.slice(path.lastIndexOf(".") + 1), text)]),
    ]),
    ...(run === null ? [] : [fenced("console", `$ ${run.command}\n${run.printed}`)]),
  ];
}

/** A block that no run of backticks in the text can end. */
function fenced(mark: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${mark}\n${text.trimEnd()}\n${fence}`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(guideFile, guidePage(await explainAll()));
