import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { diagnosticLine } from "../src/cli/pages/diagnostics.ts";
import { capture } from "../src/cli/testing.ts";
import { type DiagnosticEntry, prefixOf } from "../src/corpora/content/diagnostic-guide.ts";
import { lineStarts, positionAt } from "../src/kit/span.ts";
import { languages } from "../src/languages/registry.ts";

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
    return isQuery ? query(entry, only) : check(folder, others.length === 0 ? only : ".");
  });
}

/** Checks what `prepare` makes in an empty folder; it returns the path below. */
export function runPrepared(prepare: (folder: string) => string): Promise<ExampleRun> {
  return inFolder((folder) => check(folder, prepare(folder)));
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "detectionary-example-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function check(folder: string, target: string): Promise<ExampleRun> {
  const { code, output } = await capture(["check", "--all", target === "." ? folder : join(folder, target)]);
  const printed = output.replaceAll("\\\\", "/").replaceAll(`${folder.replaceAll("\\", "/")}/`, "");
  return { command: `detectionary check --all ${target}`, printed, exitCode: code };
}

/** What a build says of the files that it could not read. */
async function build(folder: string): Promise<ExampleRun> {
  const { code, output } = await capture(["build", "--corpora", folder, "--out", join(folder, "catalog.sqlite")]);
  const start = output.search(/^\d+ failures?$/m);
  const failures = start < 0 ? "" : output.slice(start).split("\n\n", 1)[0];
  return { command: "detectionary build --corpora .", printed: `${failures}\n`, exitCode: code };
}

async function query(entry: DiagnosticEntry, path: string): Promise<ExampleRun> {
  const id = prefixOf(entry.code);
  const language = languages.get(id);
  if (language === undefined) throw new Error(`${entry.code}: ${id} is no language, so the example needs a file name.`);
  const text = entry.example ?? "";
  const starts = lineStarts(text);
  const found = language.parse(text).diagnostics;
  const lines = found.map(({ span, hint, ...one }) =>
    diagnosticLine({ ...one, path, ...positionAt(starts, span.start), hint: hint ?? null }, (_, plain) => plain),
  );
  const failed = found.some((one) => one.severity === "error");
  return {
    command: `detectionary check --all --language ${id} ${path}`,
    printed: lines.join(""),
    exitCode: failed ? 1 : 0,
  };
}
