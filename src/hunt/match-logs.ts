import { availableParallelism } from "node:os";
import { matchingKnowledge, matchingTables } from "../corpora/content/matching/index.ts";
import type { AnalysedRule } from "../languages/analyse.ts";
import type { EngineReport } from "../matching/engine.ts";
import { openGroups } from "../matching/groups.ts";
import type { Hit, NotRun } from "../matching/hit.ts";
import type { MatcherCounts } from "../matching/matcher.ts";
import { openEngine } from "../matching/open-engine.ts";
import type { RecordFault } from "../matching/readers/log-format.ts";
import type { LogFile } from "./log-files/find-logs.ts";
import { openRuleNames } from "./rule-names.ts";
import { cutFiles, type LogPiece } from "./workers/pieces.ts";
import { plainRule } from "./workers/plain-rule.ts";
import { openPool } from "./workers/pool.ts";
import { readPiece } from "./workers/read-piece.ts";

export interface MatchRequest {
  /** The rules to run; they have passed `nameRule`. */
  readonly rules: readonly AnalysedRule[];
  /** Rules that correlations may name and that do not run themselves. */
  readonly others: readonly AnalysedRule[];
  readonly files: readonly LogFile[];
  /** Id of a format, where it is not to be recognised. */
  readonly format?: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly anyLog: boolean;
  /** At most so many; null for as many as pay off. */
  readonly workers: number | null;
  /** Bytes of a part of a file that a worker reads at a time; tests make it small. */
  readonly pieceBytes?: number;
  /** What an interrupted run has found until then is found. */
  readonly signal: AbortSignal;
}

/** Who gets what is found, while it is found. */
export interface MatchListener {
  readonly hit: (hit: Hit) => void;
  readonly fault: (file: string, fault: RecordFault) => void;
  /** Bytes on disk; the total is that of all files. */
  readonly progress: (read: number, total: number) => void;
  /** No more is read before this is settled. */
  readonly settled: () => Promise<void>;
}

export interface MatchOutcome {
  readonly running: number;
  readonly notRun: readonly NotRun[];
  readonly report: EngineReport;
  readonly workers: number;
}

/** Less than this is read by one thread sooner than another one has compiled the rules: bytes. */
const worthAWorker = 24 * 1024 * 1024;

/** Runs the rules over the files. The hits and their order do not depend on how many workers there are. */
export async function matchLogs(request: MatchRequest, listener: MatchListener): Promise<MatchOutcome> {
  const pieces = cutFiles(request.files, request.format, request.pieceBytes);
  const workers = workersFor(request, pieces);
  return workers > 1 ? matchInWorkers(request, listener, pieces, workers) : matchHere(request, listener, pieces);
}

function workersFor({ files, workers }: MatchRequest, pieces: readonly LogPiece[]): number {
  // What comes from stdin cannot be handed over.
  if (files.some((one) => one.path === "-")) return 1;
  const most = Math.min(workers ?? availableParallelism(), pieces.length);
  return workers === null ? Math.min(most, 1 + Math.floor(bytesOf(pieces) / worthAWorker)) : most;
}

function bytesOf(pieces: readonly LogPiece[]): number {
  return pieces.reduce((sum, one) => sum + one.bytes, 0);
}

async function matchHere(
  { rules, others, format, stdin, anyLog, signal }: MatchRequest,
  listener: MatchListener,
  pieces: readonly LogPiece[],
): Promise<MatchOutcome> {
  const engine = openEngine(matchingKnowledge(), rules, { related: openRuleNames([...rules, ...others]), anyLog });
  const total = bytesOf(pieces);
  const numbers = openNumbers();
  let before = 0;
  const options = { signal, ...(format === undefined ? {} : { format }), ...(stdin === undefined ? {} : { stdin }) };
  for (const piece of pieces) {
    if (signal.aborted) break;
    const file = piece.file.path;
    const base = numbers.begin(piece);
    let records = 0;
    for await (const { batch, read } of readPiece(piece, options)) {
      for (const { number, data } of batch.records) {
        records = Math.max(records, number);
        for (const hit of engine.push(data, { file, record: base + number })) listener.hit(hit);
      }
      for (const fault of batch.faults) {
        records = Math.max(records, fault.number ?? 0);
        listener.fault(file, numbered(fault, base));
      }
      listener.progress(before + read, total);
      await listener.settled();
      if (signal.aborted) break;
    }
    numbers.end(records);
    before += piece.bytes;
  }
  for (const hit of engine.finish()) listener.hit(hit);
  return { running: engine.running, notRun: engine.notRun, report: engine.report(), workers: 1 };
}

/** Pieces count their records from their own beginning; the file counts from its own. */
function openNumbers(): { readonly begin: (piece: LogPiece) => number; readonly end: (records: number) => void } {
  let base = 0;
  return {
    begin: ({ range }) => {
      if ((range?.from ?? 0) === 0) base = 0;
      return base;
    },
    end: (records) => {
      base += records;
    },
  };
}

function numbered(fault: RecordFault, base: number): RecordFault {
  return fault.number === null ? fault : { ...fault, number: fault.number + base };
}

/**
 * Workers find what single events meet. Rules on several events need all of them in the order of time, so their
 * occurrences come together here.
 */
async function matchInWorkers(
  { rules, others, format, anyLog, signal }: MatchRequest,
  listener: MatchListener,
  pieces: readonly LogPiece[],
  count: number,
): Promise<MatchOutcome> {
  const pool = openPool(pieces, count, {
    tables: matchingTables(),
    rules: rules.map(plainRule),
    others: others.map(plainRule),
    anyLog,
    format: format ?? null,
  });
  try {
    const { rules: compiled, notRun } = (await pool.ready(signal)) ?? { rules: [], notRun: [] };
    const groups = openGroups(compiled);
    const counts = new Map<number, MatcherCounts>();
    const total = bytesOf(pieces);
    const numbers = openNumbers();
    let read = 0;
    for (const [number, piece] of pieces.entries()) {
      const base = numbers.begin(piece);
      const file = piece.file.path;
      let records = 0;
      for (let open = true; open && !signal.aborted; ) {
        const message = await pool.next(number, signal);
        if (message === null) break;
        if (message.type === "done") {
          records = message.records;
          counts.set(message.worker, message.counts);
          open = false;
          continue;
        }
        for (const { hits, occurrences } of message.matches) {
          for (const hit of hits) listener.hit({ ...hit, record: hit.record + base });
          for (const one of occurrences) {
            const event = { ...one.event, record: one.event.record + base };
            for (const hit of groups.offer({ ...one, event })) listener.hit(hit);
          }
        }
        for (const fault of message.faults) listener.fault(file, numbered(fault, base));
        read += message.bytes;
        listener.progress(read, total);
        await listener.settled();
      }
      if (signal.aborted) break;
      numbers.end(records);
    }
    for (const hit of groups.finish()) listener.hit(hit);
    const sum = (of: (one: MatcherCounts) => number): number =>
      [...counts.values()].reduce((all, one) => all + of(one), 0);
    const report = {
      events: sum((one) => one.events),
      unrecognised: sum((one) => one.unrecognised),
      timeless: sum((one) => one.timeless),
      cut: sum((one) => one.cut),
      ...groups.report(),
    };
    return { running: compiled.length, notRun, report, workers: count };
  } finally {
    await pool.stop();
  }
}
