import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { capture } from "../src/cli/testing.ts";
import { type DiagnosticEntry, prefixOf } from "../src/corpora/content/diagnostic-guide.ts";

/** What a user sees of an example. */
export interface ExampleRun {
  /** As it is typed where the files of the example stand. */
  readonly command: string;
  readonly printed: string;
  readonly exitCode: number;
}

/** The files that an entry shows; none where it has circumstances instead. */
export function filesOf(entry: DiagnosticEntry): Readonly<Record<string, string>> {
  if (entry.files !== undefined) return entry.files;
  return entry.example === undefined ? {} : { [entry.file ?? `query.${prefixOf(entry.code)}`]: entry.example };
}

/** Runs the example of an entry as a user would, in a folder of its own. */
export async function runExample(entry: DiagnosticEntry): Promise<ExampleRun> {
  const files = filesOf(entry);
  const [only = "", ...others] = Object.keys(files);
  return inFolder(async (folder) => {
    // A build wants rules; an empty checkout will do where the example is about something else.
    if (entry.corpus !== undefined) mkdirSync(join(folder, "sigma"));
    for (const [path, text] of Object.entries(files)) {
      const full = join(folder, entry.corpus ?? "", path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    }
    if (entry.corpus !== undefined) return build(folder);
    const isQuery = entry.example !== undefined && entry.file === undefined;
    if (isQuery) return check(folder, only, "--language", prefixOf(entry.code));
    return check(folder, others.length === 0 ? only : ".");
  });
}

/** Checks what `prepare` makes in an empty folder; it returns the path below. */
export function runPrepared(prepare: (folder: string) => string): Promise<ExampleRun> {
  return inFolder((folder) => check(folder, prepare(folder)));
}

/** The codes that `report` gives, as lines that name them. */
export function runReport(report: (folder: string) => readonly string[]): Promise<ExampleRun> {
  return inFolder(async (folder) => {
    const printed = report(folder).map((code) => `[${code}]\n`);
    return { command: "", printed: printed.join(""), exitCode: 0 };
  });
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "detectionary-example-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** On a terminal, where the line in question and a mark below it are printed as well. */
const terminal = { columns: 100, environment: { NO_COLOR: "1" } };

async function check(folder: string, target: string, ...more: readonly string[]): Promise<ExampleRun> {
  const args = ["check", "--all", ...more];
  const { code, output } = await capture([...args, target === "." ? folder : join(folder, target)], terminal);
  const printed = output.replaceAll(`${folder}${sep}`, "").replaceAll(`${folder.replaceAll(sep, "/")}/`, "");
  return { command: `detectionary ${args.join(" ")} ${target}`, printed, exitCode: code };
}

/** What a build says of the files that it could not read. */
async function build(folder: string): Promise<ExampleRun> {
  const { code, output } = await capture([
    "build",
    "--no-translations",
    "--no-proof",
    "--corpora",
    folder,
    "--out",
    join(folder, "catalog.sqlite"),
  ]);
  const start = output.search(/^\d+ failures?$/m);
  const failures = start < 0 ? "" : output.slice(start).split("\n\n", 1)[0];
  return { command: "detectionary build --corpora .", printed: `${failures}\n`, exitCode: code };
}
