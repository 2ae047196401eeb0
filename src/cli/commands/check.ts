import { resolve } from "node:path";
import { type ExtentDiagnostic, linesOfFile, placedDiagnostics, placeInFile } from "../../catalog/placing.ts";
import { diagnosticGuide } from "../../corpora/content/diagnostic-guide.ts";
import type { CorpusItem, ReadFailure } from "../../corpora/corpus.ts";
import { uniqueRules } from "../../corpora/identity.ts";
import { openSurroundings } from "../../corpora/surroundings.ts";
import { counted, formatNumber } from "../../kit/numbers.ts";
import { type AnalysedRule, analyseQuery, analyseRule } from "../../languages/analyse.ts";
import type { Environment } from "../../languages/language.ts";
import { languages } from "../../languages/registry.ts";
import type { LanguageId } from "../../rule/document.ts";
import { type CheckedFile, type Contents, checkedFiles, contentsOf } from "../checked-files.ts";
import { type ExitCode, exitCodes, wrongUsage } from "../exit.ts";
import { knownLanguage } from "../known-language.ts";
import { diagnosticLine } from "../pages/diagnostics.ts";
import { excerptLines } from "../pages/excerpt.ts";
import { sarifLog } from "../pages/sarif.ts";
import { openProgress } from "../progress.ts";
import { expectQueryFile, readQueryText } from "../query-text.ts";
import { inOneLine, printable, type Terminal } from "../terminal.ts";

export const checkFormats = ["text", "json", "sarif"] as const;

export interface CheckOptions {
  /** Prints what is only worth knowing, too. */
  readonly all?: boolean;
  readonly json?: boolean;
  readonly format?: (typeof checkFormats)[number];
  /** Every path is a file that holds one query in this language, or `-` for stdin. */
  readonly language?: string;
  /** Of Detectionary, for SARIF. */
  readonly version: string;
}

/** `check --json`, but for the diagnostics. A bare query is counted apart from rules. */
interface Tally {
  files: number;
  rules: number;
  queries: number;
  parsed: number;
  failed: number;
  queryless: number;
  unread: number;
  nodes: number;
  opaque: number;
}

/** What is being checked, piece by piece. */
interface Check {
  readonly terminal: Terminal;
  readonly tally: Tally;
  readonly diagnostics: ExtentDiagnostic[];
  /** Tells of the diagnostics of one piece of a text. */
  readonly report: (found: readonly ExtentDiagnostic[], text: string) => void;
}

/**
 * Checks rule files of any format, and bare queries. A file that was named must be one of these; in a folder, others are
 * passed over.
 */
export async function check(terminal: Terminal, paths: readonly string[], options: CheckOptions): Promise<ExitCode> {
  const format = formatOf(options);
  const open = openCheck(terminal, format === "text", options.all === true);
  const byEnding =
    options.language === undefined
      ? checkFiles(open, paths)
      : await checkQueries(open, paths, knownLanguage(options.language).id);
  const { tally, diagnostics } = open;
  if (tally.files === 0) throw wrongUsage(`No rule file stands in ${paths.join(", ")}.`);
  if (format === "json") terminal.printJson({ ...tally, diagnostics });
  else if (format === "sarif") {
    terminal.printJson(sarifLog(diagnostics, diagnosticGuide(), { version: options.version, folder: process.cwd() }));
  } else {
    for (const [language, files] of byEnding) {
      const name = languages.get(language)?.name ?? language;
      const what = files.length === 1 ? files[0] : counted(files.length, "file");
      terminal.say(inOneLine(printable(`${what} read as ${name}, by ending`)));
    }
    terminal.say(summary(tally, diagnostics, options.all === true));
  }
  return diagnostics.some((one) => one.severity === "error") ? exitCodes.inputHasErrors : exitCodes.done;
}

function formatOf({ json, format }: CheckOptions): NonNullable<CheckOptions["format"]> {
  if (json === true && format !== undefined && format !== "json") {
    throw wrongUsage(`--json and --format ${format} do not go together.`);
  }
  return json === true ? "json" : (format ?? "text");
}

function openCheck(terminal: Terminal, prints: boolean, all: boolean): Check {
  const tally: Tally = {
    files: 0,
    rules: 0,
    queries: 0,
    parsed: 0,
    failed: 0,
    queryless: 0,
    unread: 0,
    nodes: 0,
    opaque: 0,
  };
  const diagnostics: ExtentDiagnostic[] = [];
  return {
    terminal,
    tally,
    diagnostics,
    report: (found, text) => {
      diagnostics.push(...found);
      const shown = all ? found : found.filter((one) => one.severity !== "info");
      if (prints && shown.length > 0) terminal.print(textOf(shown, text, terminal));
    },
  };
}

/** `path:line:column: message [code]`; on a terminal with the line itself, and a mark below it. */
function textOf(found: readonly ExtentDiagnostic[], text: string, { style, width }: Terminal): string {
  const starts = Number.isFinite(width) ? linesOfFile(text) : [];
  return found
    .map((one) => {
      const start = starts[one.line - 1];
      if (start === undefined || text === "") return diagnosticLine(printable(one), style);
      const line = text.slice(start, starts[one.line] ?? text.length).replace(/[\r\n]+$/, "");
      const to = one.endLine === one.line ? one.endColumn - 1 : line.length;
      const excerpt = excerptLines({ line, from: one.column - 1, to, severity: one.severity }, width, style);
      return diagnosticLine(printable(one), style, excerpt);
    })
    .join("");
}

/** Gives the files that were taken for bare queries, by language. */
function checkFiles(check: Check, paths: readonly string[]): ReadonlyMap<LanguageId, readonly string[]> {
  const files = checkedFiles(paths);
  const surroundings = openSurroundings();
  const environment = (file: CheckedFile): Environment => surroundings.of(resolve(file.folder, file.path));
  const progress = openProgress(check.terminal);
  const report: Check["report"] = (found, text) => {
    if (found.length > 0) progress.end();
    check.report(found, text);
  };
  const byEnding = new Map<LanguageId, string[]>();
  // Items are read as they are asked for, so each belongs to the file that was opened last.
  let open = null as { readonly file: CheckedFile; readonly text: string } | null;
  const items = readAll(files, (file, contents, index) => {
    open = { file, text: contents.text };
    check.tally.files++;
    progress.show("files", index, files.length);
    if (contents.type !== "query") return;
    byEnding.set(contents.language, [...(byEnding.get(contents.language) ?? []), file.shown]);
    report(checkQuery(contents, file.shown, check.tally, environment(file)), contents.text);
  });
  for (const item of uniqueRules(items)) {
    if (open !== null) report(checkItem(item, open.file, check.tally, environment(open.file)), open.text);
  }
  progress.end();
  return byEnding;
}

/** Calls `opened` for each file that is a rule or a query, just before its items. */
function* readAll(
  files: readonly CheckedFile[],
  opened: (file: CheckedFile, contents: Contents, index: number) => void,
): Generator<CorpusItem> {
  for (const [index, file] of files.entries()) {
    const contents = contentsOf(file);
    if (contents === null) continue;
    opened(file, contents, index);
    if (contents.type === "rules") yield* contents.items;
  }
}

/** Each path holds one query and nothing else, whatever its ending says. */
async function checkQueries(
  check: Check,
  paths: readonly string[],
  language: LanguageId,
): Promise<ReadonlyMap<LanguageId, readonly string[]>> {
  const surroundings = openSurroundings();
  const files = new Set(paths);
  for (const path of files) expectQueryFile(path);
  for (const path of files) {
    const read = await readQueryText(path, check.terminal.streams.input);
    check.tally.files++;
    if (read.type === "failure") {
      check.tally.failed++;
      check.report([failureAt(path, read.failure)], "");
      continue;
    }
    const { text } = read;
    const environment = surroundings.of(resolve(path === "-" ? "query" : path));
    check.report(checkQuery({ language, text }, path, check.tally, environment), text);
  }
  return new Map();
}

function checkQuery(
  { language, text }: { readonly language: LanguageId; readonly text: string },
  path: string,
  tally: Tally,
  environment: Environment,
): readonly ExtentDiagnostic[] {
  const query = { role: "main", language, text, offset: 0, line: 1 } as const;
  const { outcome, diagnostics, nodes, opaque } = analyseQuery(query, environment);
  tally.queries++;
  tally[outcome]++;
  tally.nodes += nodes;
  tally.opaque += opaque.length;
  return inOrder(placeInFile({ path, raw: text }, query, diagnostics));
}

function checkItem(
  item: CorpusItem,
  { shown: path }: CheckedFile,
  tally: Tally,
  environment: Environment,
): readonly ExtentDiagnostic[] {
  switch (item.type) {
    case "attack":
      return [];
    case "failure": {
      tally.failed++;
      return [failureAt(path, item.failure)];
    }
    case "rule": {
      const rule = analyseRule(item.rule, environment);
      add(tally, rule);
      return inOrder(placedDiagnostics(rule).map((one) => ({ ...one, path })));
    }
    default:
      return item satisfies never;
  }
}

/** A file that could not be read at all. Nothing else is said of it, so what to do is said here, too. */
function failureAt(path: string, { line, code, message }: ReadFailure): ExtentDiagnostic {
  const hint = diagnosticGuide().get(code)?.remedy.trim() ?? null;
  return { path, line, column: 1, endLine: line, endColumn: 1, code, message, severity: "error", hint };
}

function inOrder(found: readonly ExtentDiagnostic[]): readonly ExtentDiagnostic[] {
  return found.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function add(tally: Tally, rule: AnalysedRule): void {
  tally.rules++;
  tally[rule.outcome]++;
  tally.nodes += rule.predicates.nodes;
  tally.opaque += rule.predicates.opaque.length;
}

function summary(tally: Tally, diagnostics: readonly ExtentDiagnostic[], all: boolean): string {
  const of = (severity: ExtentDiagnostic["severity"]): number =>
    diagnostics.filter((one) => one.severity === severity).length;
  const parts = [
    tally.rules === 0 && tally.queries > 0 ? "" : counted(tally.rules, "rule"),
    tally.queries === 0 ? "" : counted(tally.queries, "query", "queries"),
    `${formatNumber(tally.parsed)} parsed`,
    tally.queryless === 0 ? "" : `${formatNumber(tally.queryless)} without a query`,
    tally.unread === 0 ? "" : `${formatNumber(tally.unread)} kept as text`,
    counted(of("error"), "error"),
    counted(of("warning"), "warning"),
    of("info") === 0 ? "" : `${counted(of("info"), "note")}${all ? "" : " (--all prints them)"}`,
    tally.opaque === 0 ? "" : `${counted(tally.opaque, "part")} not understood`,
  ];
  return `${counted(tally.files, "file")}: ${parts.filter((one) => one !== "").join(", ")}`;
}
