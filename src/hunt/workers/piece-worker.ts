import { parentPort, workerData } from "node:worker_threads";
import { openMatchingKnowledge } from "../../matching/knowledge.ts";
import { type EventMatches, openMatcher } from "../../matching/matcher.ts";
import type { RecordFault } from "../../matching/readers/log-format.ts";
import { openRuleNames } from "../rule-names.ts";
import type { FromWorker, ToWorker, WorkerReady, WorkerStart } from "./messages.ts";
import { readPiece } from "./read-piece.ts";

/** A thread that matches one piece after the other. It sends no more than the main thread has room for. */
const { worker, tables, rules, others, anyLog, format } = workerData as WorkerStart;
const matcher = openMatcher(openMatchingKnowledge(tables), rules, {
  related: openRuleNames([...rules, ...others]),
  anyLog,
});

/** Batches that may be on their way. */
const mostUntaken = 16;
/** What a batch holds at most, about. */
const mostMatches = 200;
/** A batch is sent at least so often, for the progress bar: bytes. */
const mostBytes = 4 * 1024 * 1024;

const options = format === null ? {} : { format };
const send = (message: FromWorker | WorkerReady): void => parentPort?.postMessage(message);
let untaken = 0;
let wake: () => void = () => {};

if (worker === 0) {
  const compiled = matcher.rules.map((one) => ({ ...one, searches: [] }));
  send({ type: "ready", rules: compiled, notRun: matcher.notRun });
}

parentPort?.on("message", (message: ToWorker) => {
  switch (message.type) {
    case "taken":
      untaken--;
      wake();
      return;
    case "read":
      void read(message);
      return;
    default:
      message satisfies never;
  }
});

async function read({ number, piece }: Extract<ToWorker, { type: "read" }>): Promise<void> {
  let matches: EventMatches[] = [];
  let faults: RecordFault[] = [];
  let records = 0;
  let sent = 0;
  const flush = async (bytes: number): Promise<void> => {
    while (untaken >= mostUntaken) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    untaken++;
    send({ type: "batch", number, matches, faults, bytes: bytes - sent });
    matches = [];
    faults = [];
    sent = bytes;
  };
  const file = piece.file.path;
  for await (const { batch, read: bytes } of readPiece(piece, options)) {
    for (const { number: record, data } of batch.records) {
      records = Math.max(records, record);
      const found = matcher.match(data, { file, record });
      if (found.hits.length + found.occurrences.length === 0) continue;
      matches.push(found);
      if (matches.length >= mostMatches) await flush(sent);
    }
    for (const fault of batch.faults) {
      records = Math.max(records, fault.number ?? 0);
      faults.push(fault);
    }
    if (faults.length >= mostMatches || bytes - sent >= mostBytes) await flush(bytes);
  }
  await flush(piece.bytes);
  send({ type: "done", number, records, worker, counts: { ...matcher.counts() } });
}
