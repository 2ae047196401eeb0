import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { placedDiagnostics } from "../../catalog/placing.ts";
import type { PlacedDiagnostic } from "../../catalog/queries/answers.ts";
import type { CorpusItem } from "../../corpora/corpus.ts";
import { listFiles, readTextFile } from "../../corpora/files.ts";
import { uniqueRules } from "../../corpora/identity.ts";
import { readRuleFile, ruleFileEndings } from "../../corpora/recognise.ts";
import { openSurroundings } from "../../corpora/surroundings.ts";
import { type AnalysedRule, analyseRule } from "../../languages/analyse.ts";
import { type ExitCode, exitCodes, wrongUsage } from "../exit.ts";
import { diagnosticLine } from "../pages/diagnostics.ts";
import { openProgress } from "../progress.ts";
import { count, counted } from "../table.ts";
import { printable, type Terminal } from "../terminal.ts";

export interface CheckOptions {
  /** Prints what is only worth knowing, too. */
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `check --json`, but for the diagnostics. */
interface Tally {
  files: number;
  rules: number;
  parsed: number;
  failed: number;
  queryless: number;
  unread: number;
  nodes: number;
  opaque: number;
}

/** Checks rule files of any corpus format. A file that was named must be one; in a folder, others are passed over. */
export async function check(terminal: Terminal, paths: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const files = distinct(paths.flatMap(filesAt));
  const tally: Tally = { files: 0, rules: 0, parsed: 0, failed: 0, queryless: 0, unread: 0, nodes: 0, opaque: 0 };
  const diagnostics: PlacedDiagnostic[] = [];
  const surroundings = openSurroundings();
  const progress = openProgress(terminal);
  // Items are read as they are asked for, so each belongs to the file that was opened last.
  let open = null as RuleFile | null;
  const items = readAll(files, (file, index) => {
    open = file;
    tally.files++;
    progress.show("files", index, files.length);
  });
  for (const item of uniqueRules(items)) {
    if (open === null) continue;
    const found = checkItem(item, open, tally, surroundings);
    diagnostics.push(...found);
    if (options.json === true) continue;
    const shown = options.all === true ? found : found.filter((one) => one.severity !== "info");
    if (shown.length === 0) continue;
    progress.end();
    terminal.print(shown.map((one) => diagnosticLine(printable(one), terminal.style)).join(""));
  }
  progress.end();
  if (tally.files === 0) throw wrongUsage(`No rule file stands in ${paths.join(", ")}.`);
  if (options.json === true) terminal.printJson({ ...tally, diagnostics });
  else terminal.say(summary(tally, diagnostics, options.all === true));
  return diagnostics.some((one) => one.severity === "error") ? exitCodes.inputHasErrors : exitCodes.done;
}

/** Calls `opened` for each file that is a rule, just before its items. */
function* readAll(files: readonly RuleFile[], opened: (file: RuleFile, index: number) => void): Generator<CorpusItem> {
  for (const [index, file] of files.entries()) {
    const items = itemsOf(file);
    if (items === null) continue;
    opened(file, index);
    yield* items;
  }
}

/** A file that two arguments reach is checked once, or it would have its own id twice. */
function distinct(files: readonly RuleFile[]): readonly RuleFile[] {
  return [...new Map(files.map((one) => [resolve(one.folder, one.path), one])).values()];
}

interface RuleFile {
  /** The folder of the argument; paths below it tell the readers about the life cycle of a rule. */
  readonly folder: string;
  readonly path: string;
  /** As the user would write it. */
  readonly shown: string;
  readonly named: boolean;
}

function filesAt(path: string): readonly RuleFile[] {
  const state = statSync(path, { throwIfNoEntry: false });
  if (state === undefined) throw wrongUsage(`There is no file or folder ${path}.`);
  if (!state.isDirectory()) {
    // A link that was named may lead anywhere; one that stands in a folder may not leave it.
    const file = realpathSync(path);
    return [{ folder: dirname(file), path: basename(file), shown: path, named: true }];
  }
  return listFiles(path, "", ruleFileEndings).map((below) => ({
    folder: path,
    path: below,
    shown: join(path, below).replaceAll("\\", "/"),
    named: false,
  }));
}

/** null for a file of a folder that is something else than a rule. */
function itemsOf({ folder, path, shown, named }: RuleFile): readonly CorpusItem[] | null {
  const file = readTextFile(folder, path);
  if (file.type === "failure") return [file];
  const items = readRuleFile(path, file.text);
  if (items !== null || !named) return items;
  const message = "Expected a rule: Sigma YAML, Elastic TOML or Splunk YAML.";
  return [{ type: "failure", failure: { path: shown, line: 1, code: "check/not-a-rule", message } }];
}

function checkItem(
  item: CorpusItem,
  file: RuleFile,
  tally: Tally,
  surroundings: ReturnType<typeof openSurroundings>,
): readonly PlacedDiagnostic[] {
  switch (item.type) {
    case "attack":
      return [];
    case "failure":
      tally.failed++;
      return [{ ...item.failure, path: file.shown, column: 1, severity: "error", hint: null }];
    case "rule": {
      const rule = analyseRule(item.rule, surroundings.of(resolve(file.folder, file.path)));
      add(tally, rule);
      return placedDiagnostics(rule)
        .map((one) => ({ ...one, path: file.shown }))
        .sort((a, b) => a.line - b.line || a.column - b.column);
    }
    default:
      return item satisfies never;
  }
}

function add(tally: Tally, rule: AnalysedRule): void {
  tally.rules++;
  tally[rule.outcome]++;
  tally.nodes += rule.predicates.nodes;
  tally.opaque += rule.predicates.opaque.length;
}

function summary(tally: Tally, diagnostics: readonly PlacedDiagnostic[], all: boolean): string {
  const of = (severity: PlacedDiagnostic["severity"]): number =>
    diagnostics.filter((one) => one.severity === severity).length;
  const parts = [
    counted(tally.rules, "rule"),
    `${count(tally.parsed)} parsed`,
    tally.queryless === 0 ? "" : `${count(tally.queryless)} without a query`,
    tally.unread === 0 ? "" : `${count(tally.unread)} in a language that is not read yet`,
    counted(of("error"), "error"),
    counted(of("warning"), "warning"),
    of("info") === 0 ? "" : `${counted(of("info"), "note")}${all ? "" : " (--all prints them)"}`,
    tally.opaque === 0 ? "" : `${counted(tally.opaque, "part")} not understood`,
  ];
  return `${counted(tally.files, "file")}: ${parts.filter((one) => one !== "").join(", ")}`;
}
