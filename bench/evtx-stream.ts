// Run as a process of its own: decodes a stream of event logs, made by giving out full chunks again and again, and prints
// how long that took on one core and how much memory.
import { processorTime } from "../src/corpora/testing.ts";
import { evtx } from "../src/matching/readers/evtx/index.ts";
import { fullLog, readEventLogs } from "./evtx-log.ts";

const [corpora = "", size = "1024"] = process.argv.slice(2);
const log = fullLog(readEventLogs(corpora), 32);
const header = 4096;
const piece = 256 * 1024;

const decoder = evtx.open();
let records = 0;
const started = processorTime();
decoder.push(log.subarray(0, header));
for (let left = Number(size) * 1024 * 1024; left > 0; left -= log.length - header) {
  for (let at = header; at < log.length; at += piece) {
    records += decoder.push(log.subarray(at, Math.min(at + piece, log.length))).records.length;
  }
}
records += decoder.end().records.length;
const seconds = (processorTime() - started) / 1000;
const peakMemoryMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ records, seconds, peakMemoryMb })}\n`);
