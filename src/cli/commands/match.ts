import { existsSync, writeFileSync } from "node:fs";
import { findLogs } from "../../hunt/log-files/find-logs.ts";
import { isGlob } from "../../hunt/log-files/glob.ts";
import { type MatchOutcome, matchLogs } from "../../hunt/match-logs.ts";
import { openTimeline, type Timeline } from "../../hunt/report/timeline.ts";
import { counted } from "../../kit/numbers.ts";
import type { Hit } from "../../matching/hit.ts";
import { formatById, logFormats } from "../../matching/readers/registry.ts";
import { type ExitCode, exitCodes, Stop, wrongUsage } from "../exit.ts";
import { openFaultLines } from "../hits/fault-lines.ts";
import { openHitPrinter } from "../hits/hit-printer.ts";
import { type RunStats, runSummary, statsPage } from "../hits/run-stats.ts";
import { onInterrupt } from "../interrupt.ts";
import { openProgress } from "../progress.ts";
import { chooseRules, type RuleChoice, type RuleChoiceOptions } from "../rule-choice.ts";
import { inOneLine, printable, type Streams, type Terminal } from "../terminal.ts";
import { explainRule } from "./explain-rule.ts";

export interface MatchOptions extends RuleChoiceOptions {
  readonly anyLog?: boolean;
  /** Id of a log format; without it each file is recognised. */
  readonly format?: string;
  readonly json?: boolean;
  readonly limit?: number;
  readonly report?: string;
  readonly stats?: boolean;
  readonly failOnHit?: boolean;
  readonly failOnSilence?: boolean;
  readonly explain?: string;
  readonly workers?: number;
  /** Of Detectionary, for the report. */
  readonly version: string;
}

/** Lines about rules that cannot be read; `check` has them all. */
const mostFailures = 10;

/** Faults of a whole file, not of a record in it. That a folder holds other files than logs is none. */
const fileFault = /^(?:file|gzip)-(?!skipped)/u;
const skipped = "file-skipped";

/** Runs rules over log files: hits on stdout, what could not be read or run on stderr. */
export async function match(terminal: Terminal, logs: readonly string[], options: MatchOptions): Promise<ExitCode> {
  const missing = logs.find((path) => path !== "-" && !isGlob(path) && !existsSync(path));
  if (missing !== undefined) throw wrongUsage(`There is no file or folder ${missing}.`);
  if (options.format !== undefined && formatById(options.format) === null) {
    const known = logFormats.map((one) => one.id).join(", ");
    throw wrongUsage(`There is no format ${options.format}. Known are: ${known}.`);
  }
  const { files, faults } = await findLogs(logs);
  const choice = readRules(terminal, options);
  const stdin = bytesOf(terminal.streams.input);
  if (options.explain !== undefined)
    return explainRule(terminal, files, { ...options, explain: options.explain, choice, stdin });

  const timeline = options.report === undefined ? null : openTimeline();
  // A report that cannot be written is known before hours of work.
  if (options.report !== undefined) writeFileSync(options.report, "");
  const printer = openHitPrinter(terminal, {
    json: options.json === true,
    ...(options.limit === undefined ? {} : { limit: options.limit }),
  });
  const lines = openFaultLines();
  const progress = openProgress(terminal);
  const interrupt = onInterrupt();
  const titles = new Map<string, string>();
  // Files of folders that are no logs.
  let others = 0;
  const sayFault = (file: string, fault: Parameters<typeof lines.line>[1]): void => {
    if (fault.code === skipped) {
      others++;
      return;
    }
    const line = lines.line(file, fault);
    if (line === null) return;
    progress.end();
    terminal.say(line);
  };
  for (const { path, code, message } of faults) sayFault(path, { number: null, offset: null, code, message });
  const started = performance.now();
  let outcome: MatchOutcome;
  try {
    outcome = await matchLogs(
      {
        rules: choice.rules,
        others: choice.others,
        files,
        stdin,
        anyLog: options.anyLog === true,
        workers: options.workers ?? null,
        signal: interrupt.signal,
        ...(options.format === undefined ? {} : { format: options.format }),
      },
      {
        hit: (hit: Hit) => {
          if (options.json === true) progress.end();
          titles.set(hit.rule, hit.title);
          printer.add(hit);
          timeline?.add(hit);
        },
        fault: sayFault,
        progress: (read, total) => progress.show("MB", megabytes(read), megabytes(total)),
        settled: terminal.settled,
      },
    );
  } finally {
    progress.end();
    interrupt.release();
  }
  printer.end();
  for (const line of lines.rest()) terminal.say(line);
  const stats: RunStats = {
    ...outcome,
    hits: printer.counts(),
    titles,
    faults: lines.codes(),
    sources: files.length - others,
    others,
    seconds: (performance.now() - started) / 1000,
  };
  if (timeline !== null && options.report !== undefined) writeReport(options.report, timeline, stats, options.version);
  if (interrupt.signal.aborted) terminal.say("Stopped: what stands above is what was found until then.");
  if (options.stats === true) terminal.say(statsPage(stats, terminal.messageStyle).trimEnd());
  terminal.say(printable(runSummary(stats)));
  return codeOf(stats, options, interrupt.signal.aborted);
}

function codeOf({ hits, faults, running }: RunStats, options: MatchOptions, stopped: boolean): ExitCode {
  if (stopped) return exitCodes.interrupted;
  if (running === 0 || [...faults.keys()].some((code) => fileFault.test(code))) return exitCodes.inputHasErrors;
  const failed = hits.size === 0 ? options.failOnSilence : options.failOnHit;
  return failed === true ? exitCodes.inputHasErrors : exitCodes.done;
}

/** The rules that the options ask for; says which files of them cannot be read. */
export function readRules(terminal: Terminal, options: RuleChoiceOptions): RuleChoice {
  const progress = openProgress(terminal);
  const choice = chooseRules(options, (done, total) => progress.show("rule files", done, total));
  progress.end();
  for (const { path, line, message, code } of choice.failures.slice(0, mostFailures)) {
    terminal.say(inOneLine(printable(`${path}:${line}: ${message} [${code}]`)));
  }
  const rest = choice.failures.length - mostFailures;
  if (rest > 0) terminal.say(`… and ${counted(rest, "more file")} of rules that cannot be read; check says which`);
  if (choice.rules.length === 0) {
    const read = choice.others.length;
    const why = read === 0 ? "no rule could be read" : `the options leave out all ${counted(read, "rule")}`;
    throw new Stop(`There is nothing to run: ${why}.`, exitCodes.inputHasErrors);
  }
  return choice;
}

function writeReport(file: string, timeline: Timeline, stats: RunStats, version: string): void {
  const html = timeline.html({
    version,
    made: new Date().toISOString(),
    events: stats.report.events,
    rulesRun: stats.running,
    rulesNotRun: stats.notRun.length,
    sources: stats.sources,
  });
  writeFileSync(file, html);
}

async function* bytesOf(input: Streams["input"]): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) yield typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}
