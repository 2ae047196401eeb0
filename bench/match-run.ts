// Run as a process of its own: matches what it is told as JSON and prints time, hits and memory, so that each run has its
// own peak of memory.
import { readFileSync } from "node:fs";
import { matchingKnowledge, matchingTables } from "../src/corpora/content/matching/index.ts";
import { activeRules } from "../src/corpora/content/platforms/corpus-rules.testing.ts";
import { processorTime } from "../src/corpora/testing.ts";
import { matchLogs } from "../src/hunt/match-logs.ts";
import type { AnalysedRule } from "../src/languages/analyse.ts";
import { openEngine } from "../src/matching/open-engine.ts";
import { formatById } from "../src/matching/readers/registry.ts";
import { windowsEvents } from "./events.ts";

export interface MatchRunRequest {
  /** What is done with the events: only parsed as JSON; matched; or EVTX files decoded or matched, several times over. */
  readonly what: "parse" | "match" | "evtx-decode" | "evtx-match";
  /** A file of JSON lines; a number: so many gigabytes of events that are made while they are read. */
  readonly input: { readonly files: readonly string[] } | { readonly gigabytes: number };
  readonly workers: number;
  /** How many rules of Sigma for Windows; null for all of them. */
  readonly rules: number | null;
}

export interface MatchRunResult {
  /** From the first byte to the last hit; rules were read before, and are compiled within. */
  readonly seconds: number;
  /** Processor time of all threads in the same span: what another load on the machine does not lengthen much. */
  readonly processorSeconds: number;
  readonly events: number;
  readonly hits: number;
  readonly rules: number;
  readonly notRun: number;
  readonly peakMemoryMb: number;
  /** Resident memory after each tenth of the input, as far as progress was told. */
  readonly memoryMb: readonly number[];
}

async function answer(): Promise<MatchRunResult> {
  switch (request.what) {
    case "parse":
      return parse();
    case "match":
      return match();
    default:
      return evtx(request.what === "evtx-match");
  }
}

/** Nothing but the lines of the file and `JSON.parse`: the floor under any reading of it. */
function parse(): MatchRunResult {
  if (!("files" in request.input)) throw new Error("Only files are parsed.");
  const started = performance.now();
  const used = process.cpuUsage();
  let events = 0;
  for (const file of request.input.files) {
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; ) {
      const end = bytes.indexOf(0x0a, at);
      const to = end < 0 ? bytes.length : end;
      JSON.parse(bytes.toString("utf8", at, to));
      events++;
      at = to + 1;
    }
  }
  const seconds = (performance.now() - started) / 1000;
  return {
    seconds,
    processorSeconds: since(used),
    events,
    hits: 0,
    rules: 0,
    notRun: 0,
    peakMemoryMb: peak(),
    memoryMb: [],
  };
}

async function match(): Promise<MatchRunResult> {
  const rules = chosenRules();
  const memoryMb: number[] = [];
  const files = "files" in request.input ? request.input.files : ["-"];
  const generated = "gigabytes" in request.input ? { stdin: eventBytes(request.input.gigabytes, memoryMb) } : {};
  let hits = 0;
  // Tables are read before, like the rules.
  matchingKnowledge();
  matchingTables();
  const started = performance.now();
  const used = process.cpuUsage();
  const { report, running, notRun } = await matchLogs(
    {
      rules,
      others: [],
      files: files.map((path) => ({ path, named: true })),
      anyLog: false,
      workers: request.workers,
      signal: new AbortController().signal,
      ...generated,
    },
    { hit: () => hits++, fault: () => {}, progress: () => {}, settled: () => Promise.resolve() },
  );
  const seconds = (performance.now() - started) / 1000;
  return {
    seconds,
    processorSeconds: since(used),
    events: report.events,
    hits,
    rules: running,
    notRun: notRun.length,
    peakMemoryMb: peak(),
    memoryMb,
  };
}

const request: MatchRunRequest = JSON.parse(process.argv[2] ?? "");

/** Passes over the same EVTX files: public samples are small, so a single pass would measure a cold compiler. */
const evtxPasses = 12;

/** The best pass; rules are compiled before. */
function evtx(matched: boolean): MatchRunResult {
  if (!("files" in request.input)) throw new Error("Only files are decoded.");
  const format = formatById("evtx");
  if (format === null) throw new Error("There is no format evtx.");
  const contents = request.input.files.map((path) => readFileSync(path));
  const engine = openEngine(matchingKnowledge(), matched ? chosenRules() : []);
  let [seconds, events, hits] = [Number.POSITIVE_INFINITY, 0, 0];
  for (let pass = 0; pass < evtxPasses; pass++) {
    const started = processorTime();
    [events, hits] = [0, 0];
    for (const bytes of contents) {
      const decoder = format.open();
      for (const { records } of [decoder.push(bytes), decoder.end()]) {
        events += records.length;
        if (!matched) continue;
        for (const { number: record, data } of records) hits += engine.push(data, { file: "evtx", record }).length;
      }
    }
    seconds = Math.min(seconds, (processorTime() - started) / 1000);
  }
  const { running, notRun } = engine;
  return {
    seconds,
    processorSeconds: seconds,
    events,
    hits,
    rules: running,
    notRun: notRun.length,
    peakMemoryMb: peak(),
    memoryMb: [],
  };
}

/** The active rules of Sigma on logs of Windows, or some of them, spread over all. */
function chosenRules(): readonly AnalysedRule[] {
  const all = activeRules("sigma").filter((one) => /(?:^|\/)windows\//u.test(one.document.path));
  const { rules } = request;
  if (rules === null || rules >= all.length) return all;
  return Array.from({ length: rules }, (_, at) => all[Math.floor((at * all.length) / rules)]).flatMap(
    (one) => one ?? [],
  );
}

/** The same events again and again: making them anew would take longer than matching them. */
async function* eventBytes(gigabytes: number, memoryMb: number[]): AsyncGenerator<Uint8Array> {
  const events = [...windowsEvents(20_000, 7)].map((one) => JSON.stringify(one));
  const block = Buffer.from(`${events.join("\n")}\n`);
  const total = gigabytes * 1e9;
  const piece = 1024 * 1024;
  for (let sent = 0; sent < total; ) {
    for (let at = 0; at < block.length && sent < total; at += piece) {
      const part = block.subarray(at, at + piece);
      yield part;
      sent += part.length;
      if (sent >= ((memoryMb.length + 1) * total) / 10) memoryMb.push(Math.round(process.memoryUsage.rss() / 1048576));
    }
  }
}

function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function peak(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

process.stdout.write(`${JSON.stringify(await answer())}\n`);
