// Rules over events: node bench/match-rate.ts [--events 1000000] [--runs 2] [--gigabytes 10].
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { table } from "../src/cli/table.ts";
import { windowsEvents } from "./events.ts";
import { against } from "./limit.ts";
import type { MatchRunRequest, MatchRunResult } from "./match-run.ts";
import { windowsLog } from "./windows-log.ts";

const root = join(import.meta.dirname, "..");

const limits = {
  /** Times the bare JSON.parse of the same file, all rules, one core. */
  parse: 5,
  /** Two workers against one. */
  workers: 0.6,
  /** EVTX records a second when they are matched, too: seven tenths of the 15,000 that have to be decoded. */
  evtxMatched: 10_500,
} as const;

export const matchColumns = ["what", "events", "time", "processor time", "events/s", "peak memory", "hits", "limit"];

export interface MatchRateOptions {
  readonly events: number;
  /** The best of so many runs counts. */
  readonly runs: number;
}

/** Of the log that is made: 64 KiB each. */
const evtxChunks = 100;

/** Time and memory of matching `events` events with the active rules of Sigma for Windows. */
export function measureMatchRate({ events, runs }: MatchRateOptions): string[][] {
  const folder = mkdtempSync(join(tmpdir(), "detectionary events "));
  try {
    const file = join(folder, "events.ndjson");
    const bytes = writeEvents(file, events);
    const input = { files: [file] };
    const parse = best(runs, { what: "parse", input, workers: 1, rules: null });
    const one = best(runs, { what: "match", input, workers: 1, rules: null });
    const two = best(runs, { what: "match", input, workers: 2, rules: null });
    const fewer = [10, 100, 1000].map((rules) => best(1, { what: "match", input, workers: 1, rules }));
    return [
      row(`JSON.parse of ${(bytes / 1e6).toFixed(0)} MB`, parse, ""),
      ...fewer.map((each) => row(`${each.rules} rules`, each, ratio(each, parse))),
      row(`all ${one.rules} rules`, one, against(one.seconds / parse.seconds, limits.parse, "× JSON.parse")),
      row("the same, two workers", two, against(two.seconds / one.seconds, limits.workers, "× one")),
      ...evtxRows(folder),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Memory while a generated stream goes through: flat, whatever its length. */
export function measureMatchMemory(gigabytes: number): string[][] {
  const found = run({ what: "match", input: { gigabytes }, workers: 1, rules: null });
  return [
    [
      `${gigabytes} GB`,
      found.events.toLocaleString("en-US"),
      `${found.seconds.toFixed(0)} s`,
      ...found.memoryMb.map((one) => `${one}`),
    ],
  ];
}

function ratio(one: MatchRunResult, parse: MatchRunResult): string {
  return `${(one.seconds / parse.seconds).toFixed(2)} × JSON.parse`;
}

function row(what: string, one: MatchRunResult, limit: string): string[] {
  return [
    what,
    one.events.toLocaleString("en-US"),
    `${one.seconds.toFixed(2)} s`,
    `${one.processorSeconds.toFixed(2)} s`,
    Math.round(one.events / one.seconds).toLocaleString("en-US"),
    `${one.peakMemoryMb} MB`,
    one.hits.toLocaleString("en-US"),
    limit,
  ];
}

function best(runs: number, request: MatchRunRequest): MatchRunResult {
  const found = Array.from({ length: runs }, () => run(request));
  return found.reduce((a, b) => (b.seconds < a.seconds ? b : a));
}

function run(request: MatchRunRequest): MatchRunResult {
  const args = [join(root, "bench", "match-run.ts"), JSON.stringify(request)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`A run of the matching ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

function writeEvents(file: string, count: number): number {
  const opened = openSync(file, "w");
  let bytes = 0;
  try {
    let lines: string[] = [];
    const flush = (): void => {
      bytes += writeSync(opened, lines.join(""));
      lines = [];
    };
    for (const event of windowsEvents(count)) {
      lines.push(`${JSON.stringify(event)}\n`);
      if (lines.length === 5000) flush();
    }
    flush();
  } finally {
    closeSync(opened);
  }
  return bytes;
}

/** The same kinds of events as a log of full chunks: decoded, and decoded and matched. */
function evtxRows(folder: string): string[][] {
  const file = join(folder, "full.evtx");
  writeFileSync(file, windowsLog(evtxChunks));
  const input = { files: [file] };
  const decoded = run({ what: "evtx-decode", input, workers: 1, rules: null });
  const matched = run({ what: "evtx-match", input, workers: 1, rules: null });
  const rate = matched.events / matched.seconds;
  const share = (100 * decoded.seconds) / matched.seconds;
  const kept = rate >= limits.evtxMatched ? "kept" : "BROKEN";
  const told = `at least ${limits.evtxMatched.toLocaleString("en")}/s (${kept}); ${share.toFixed(0)} % of decoding alone`;
  return [row("EVTX, decoded", decoded, ""), row("the same, matched", matched, told)];
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      events: { type: "string", default: "1000000" },
      runs: { type: "string", default: "2" },
      gigabytes: { type: "string" },
    },
  });
  const show = (columns: readonly string[], rows: readonly string[][]): void => {
    const titles = columns.map((title) => ({ title }));
    process.stdout.write(table(titles, rows, Number.POSITIVE_INFINITY, (_, text) => text));
  };
  if (values.gigabytes === undefined) {
    show(matchColumns, measureMatchRate({ events: Number(values.events), runs: Number(values.runs) }));
  } else {
    const tenths = Array.from({ length: 10 }, (_, at) => `MB at ${(at + 1) * 10} %`);
    show(["stream", "events", "time", ...tenths], measureMatchMemory(Number(values.gigabytes)));
  }
}
