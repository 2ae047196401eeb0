import { existsSync } from "node:fs";
import { matchingKnowledge } from "../../corpora/content/matching/index.ts";
import { translationKnowledge } from "../../corpora/content/platforms/index.ts";
import { vocabulary } from "../../corpora/content/vocabulary/index.ts";
import { isGlob } from "../../hunt/log-files/glob.ts";
import { readLogs } from "../../hunt/log-files/read-logs.ts";
import { openRuleNames } from "../../hunt/rule-names.ts";
import { type SqlConnection, SqlOffline, SqlRefusal, withoutSecrets } from "../../hunt/sql/connection.ts";
import { type HuntReport, hunt } from "../../hunt/sql/hunt.ts";
import { load } from "../../hunt/sql/load.ts";
import { type HuntEngine, openConnection } from "../../hunt/sql/open-connection.ts";
import type { ScanRange } from "../../hunt/sql/scan-query.ts";
import { TableFault } from "../../hunt/sql/scan-table.ts";
import { counted } from "../../kit/numbers.ts";
import { openEngine } from "../../matching/open-engine.ts";
import { formatById, logFormats } from "../../matching/readers/registry.ts";
import { durationSeconds, parseDuration } from "../../platforms/duration.ts";
import { type ExitCode, exitCodes, Stop, wrongUsage } from "../exit.ts";
import { openFaultLines } from "../hits/fault-lines.ts";
import { openHitPrinter } from "../hits/hit-printer.ts";
import { huntSummary, huntWarnings } from "../hits/hunt-report.ts";
import { statsPage } from "../hits/run-stats.ts";
import { onInterrupt } from "../interrupt.ts";
import { openProgress, type Progress } from "../progress.ts";
import type { RuleChoiceOptions } from "../rule-choice.ts";
import { printable, type Terminal } from "../terminal.ts";
import { readRules } from "./match.ts";

export interface HuntOptions extends RuleChoiceOptions {
  readonly engine: HuntEngine;
  /** Without it, `DETECTIONARY_HUNT_URL`, which no list of processes shows. */
  readonly url?: string;
  readonly table: string;
  readonly since?: string;
  readonly until?: string;
  /** Seconds. */
  readonly timeout?: number;
  /** Logs to fill the table with, instead of a hunt. */
  readonly load?: readonly string[];
  readonly format?: string;
  readonly json?: boolean;
  readonly limit?: number;
  readonly stats?: boolean;
  readonly failOnHit?: boolean;
  readonly failOnSilence?: boolean;
}

/** Runs rules over a table of a database: hits on stdout, the rest on stderr. */
export async function huntTable(terminal: Terminal, options: HuntOptions): Promise<ExitCode> {
  const url = options.url ?? terminal.streams.environment.DETECTIONARY_HUNT_URL ?? "";
  if (url === "") throw wrongUsage("Name the database: --url, or DETECTIONARY_HUNT_URL in the environment.");
  const range = rangeOf(options, Date.now());
  const interrupt = onInterrupt();
  const progress = openProgress(terminal);
  let connection: SqlConnection | null = null;
  try {
    connection = await openConnection(options.engine, url, options.table, {
      write: options.load !== undefined,
      signal: interrupt.signal,
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
    return options.load === undefined
      ? await hunted(terminal, connection, range, progress, options)
      : await loaded(terminal, connection, options.load, progress, options, interrupt.signal);
  } catch (error) {
    progress.end();
    if (interrupt.signal.aborted) {
      terminal.say("Stopped: what stands above is what was found until then.");
      return exitCodes.interrupted;
    }
    throw stopFor(error, url);
  } finally {
    progress.end();
    interrupt.release();
    await connection?.close();
  }
}

/** What the user can mend, in a sentence; never with what signs in to the database. */
function stopFor(error: unknown, url: string): unknown {
  const ours = error instanceof SqlRefusal || error instanceof SqlOffline || error instanceof TableFault;
  if (!(error instanceof Error) || !ours) return error;
  const hint = error instanceof SqlRefusal && error.hint !== null ? `\n${error.hint}` : "";
  return new Stop(`${error.message.replaceAll(url, withoutSecrets(url))}${hint}`, exitCodes.inputHasErrors);
}

async function hunted(
  terminal: Terminal,
  connection: SqlConnection,
  range: ScanRange,
  progress: Progress,
  options: HuntOptions,
): Promise<ExitCode> {
  const { rules, others } = readRules(terminal, options);
  const related = openRuleNames([...rules, ...others]);
  const printer = openHitPrinter(terminal, {
    json: options.json === true,
    ...(options.limit === undefined ? {} : { limit: options.limit }),
  });
  const titles = new Map<string, string>();
  const started = performance.now();
  const run = hunt({
    knowledge: translationKnowledge(),
    connection,
    table: options.table,
    rules,
    related,
    range,
    engine: openEngine(matchingKnowledge(), rules, { related }),
    view: matchingKnowledge().view,
    progress: (label, done, total) => progress.show(`rows, ${label}`, done, total),
  });
  let report: HuntReport;
  try {
    for (;;) {
      const next = await run.next();
      if (next.done === true) {
        report = next.value;
        break;
      }
      if (options.json === true) progress.end();
      titles.set(next.value.rule, next.value.title);
      printer.add(next.value);
      await terminal.settled();
    }
  } finally {
    progress.end();
    printer.end();
  }
  const hits = printer.counts();
  for (const line of huntWarnings(report, options.stats === true)) terminal.say(printable(line));
  if (options.stats === true) {
    const { running, notRun } = report;
    const seconds = (performance.now() - started) / 1000;
    const stats = {
      running,
      notRun,
      report: report.engine,
      hits,
      titles,
      faults: new Map(),
      sources: 1,
      others: 0,
      seconds,
    };
    terminal.say(statsPage(stats, terminal.messageStyle).trimEnd());
  }
  terminal.say(printable(huntSummary(report, hits)));
  if (report.running === 0) return exitCodes.inputHasErrors;
  const failed = hits.size === 0 ? options.failOnSilence : options.failOnHit;
  return failed === true ? exitCodes.inputHasErrors : exitCodes.done;
}

async function loaded(
  terminal: Terminal,
  connection: SqlConnection,
  logs: readonly string[],
  progress: Progress,
  { table, format }: HuntOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const missing = logs.find((path) => path !== "-" && !isGlob(path) && !existsSync(path));
  if (missing !== undefined) throw wrongUsage(`There is no file or folder ${missing}.`);
  if (format !== undefined && formatById(format) === null) {
    throw wrongUsage(`There is no format ${format}. Known are: ${logFormats.map((one) => one.id).join(", ")}.`);
  }
  const lines = openFaultLines();
  const read = readLogs(logs, { signal, ...(format === undefined ? {} : { format }) });
  const { view } = matchingKnowledge();
  const report = await load({
    connection,
    table,
    vocabulary: vocabulary(),
    view,
    logs: told(read, (file, fault) => {
      const line = fault.code === "file-skipped" ? null : lines.line(file, fault);
      if (line === null) return;
      progress.end();
      terminal.say(line);
    }),
    progress: (events) => progress.show("events", events, events),
  });
  progress.end();
  for (const line of lines.rest()) terminal.say(line);
  terminal.say(
    `${counted(report.events, "event")} in ${counted(report.rows, "row")} of ${printable(table)} (${connection.title}); ${counted(report.timeless, "event")} without a time, ${counted(report.damaged, "damaged record")}`,
  );
  return report.damaged > 0 && report.events === 0 ? exitCodes.inputHasErrors : exitCodes.done;
}

type Part = Awaited<ReturnType<ReturnType<typeof readLogs>["next"]>>["value"];

async function* told(
  parts: ReturnType<typeof readLogs>,
  tell: (file: string, fault: Part["batch"]["faults"][number]) => void,
): AsyncGenerator<Part> {
  for await (const part of parts) {
    for (const fault of part.batch.faults) tell(part.file, fault);
    yield part;
  }
}

/** `2026-01-31`, `2026-01-31T12:00Z`, or a time before now such as `24h`. */
function rangeOf({ since, until }: HuntOptions, now: number): ScanRange {
  const read = (option: string, text: string): string => {
    const span = /^\d+\s*[a-z]+$/iu.test(text) ? parseDuration(text) : null;
    const dated = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/u.exec(text);
    const zoned = dated !== null && dated[1] === undefined && text.length > 10 ? `${text}Z` : text;
    const time = span !== null ? now - durationSeconds(span) * 1000 : dated === null ? Number.NaN : Date.parse(zoned);
    if (Number.isNaN(time)) {
      throw wrongUsage(`${option} takes a time such as 2026-01-31, 2026-01-31T12:00:00Z or 24h; ${text} is none.`);
    }
    return new Date(time).toISOString();
  };
  return {
    ...(since === undefined ? {} : { since: read("--since", since) }),
    ...(until === undefined ? {} : { until: read("--until", until) }),
  };
}
