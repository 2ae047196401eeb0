import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { evtx } from "../src/matching/readers/evtx/index.ts";
import { bestOf } from "./best-of.ts";
import { fullLog, readEventLogs } from "./evtx-log.ts";
import { against } from "./limit.ts";

/** Passes over a log; the first ones warm the compiler up, and the best counts. */
const passes = 5;

/** Chunks of the log that is made: 12.5 MiB. */
const chunks = 200;

/** Records a second that must be read on one core. */
const leastRate = 15_000;

/** Size of the stream that memory is measured on, and how much of it the process may take. */
const streamMb = 1024;
const memoryLimitMb = 300;

const mebibyte = 1024 * 1024;

/** How fast event logs are decoded, next to `JSON.parse` of the same events, and how much memory a long one takes. */
export function measureEvtxRate(corpora: string): string[][] {
  const logs = readEventLogs(corpora);
  if (logs.length === 0) return [];
  return [
    row("full chunks of many programs' events", [fullLog(logs, chunks)], leastRate),
    row(`the ${logs.length} logs of the corpora`, logs, null),
    memoryRow(corpora),
  ];
}

function row(name: string, logs: readonly Uint8Array[], least: number | null): string[] {
  const texts = logs.flatMap(decode).map((one) => JSON.stringify(one));
  const ms = bestOf(passes, () => {
    for (const log of logs) decode(log);
  });
  const parseMs = bestOf(passes, () => {
    for (const text of texts) JSON.parse(text);
  });
  const rate = (texts.length / ms) * 1000;
  const bytes = logs.reduce((sum, one) => sum + one.length, 0);
  return [
    name,
    texts.length.toLocaleString("en-US"),
    Math.round(rate).toLocaleString("en-US"),
    `${((bytes / mebibyte / ms) * 1000).toFixed(0)} MiB/s`,
    `${(ms / parseMs).toFixed(1)} ×`,
    "",
    least === null
      ? ""
      : `at least ${least.toLocaleString("en-US")} records/s ${rate >= least ? "(kept)" : "(BROKEN)"}`,
  ];
}

/** All records of a log that is pushed in pieces, as a file is read. */
function decode(log: Uint8Array): unknown[] {
  const decoder = evtx.open();
  const records: unknown[] = [];
  for (let at = 0; at < log.length; at += mebibyte) {
    for (const one of decoder.push(log.subarray(at, at + mebibyte)).records) records.push(one.data);
  }
  for (const one of decoder.end().records) records.push(one.data);
  return records;
}

/** In a process of its own, so that nothing else counts. */
function memoryRow(corpora: string): string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bench/evtx-stream.ts", corpora, String(streamMb)], {
    cwd: join(import.meta.dirname, ".."),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`evtx-stream.ts ended with ${status}: ${stderr}`);
  const { records, seconds, peakMemoryMb } = JSON.parse(stdout);
  return [
    `a stream of ${streamMb} MiB`,
    records.toLocaleString("en-US"),
    Math.round(records / seconds).toLocaleString("en-US"),
    `${(streamMb / seconds).toFixed(0)} MiB/s`,
    "",
    `${peakMemoryMb.toFixed(0)} MB`,
    against(peakMemoryMb, memoryLimitMb, "MB"),
  ];
}
