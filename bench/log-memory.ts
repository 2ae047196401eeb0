// Reads a generated stream of JSON lines and prints the memory that it took: node bench/log-memory.ts [--gigabytes 2] [--file F].
// The stream is made piece by piece and never held; with --file a log is read instead.
import { parseArgs } from "node:util";
import { table } from "../src/cli/table.ts";
import { readLogs } from "../src/hunt/log-files/read-logs.ts";

const { values } = parseArgs({ options: { gigabytes: { type: "string", default: "2" }, file: { type: "string" } } });
const pieceBytes = 1024 * 1024;
const megabyte = 1024 * 1024;

await run();

async function run(): Promise<void> {
  const bytes = Number(values.gigabytes) * 1e9;
  const rows: string[][] = [];
  const started = performance.now();
  let records = 0;
  let faults = 0;
  let next = 0;
  const source = values.file === undefined ? { paths: ["-"], stdin: stream(bytes) } : { paths: [values.file] };
  for await (const { batch, read } of readLogs(source.paths, source)) {
    records += batch.records.length;
    faults += batch.faults.length;
    if (read < next) continue;
    next += bytes / 8;
    rows.push(row(read, records, faults, started));
  }
  rows.push(["end", ...row(0, records, faults, started).slice(1)]);
  const columns = ["read", "records", "faults", "now", "peak", "time"].map((title) => ({ title }));
  process.stdout.write(table(columns, rows, Number.POSITIVE_INFINITY, (_, text) => text));
}

function row(read: number, records: number, faults: number, started: number): string[] {
  const { rss } = process.memoryUsage();
  return [
    `${(read / 1e9).toFixed(2)} GB`,
    String(records),
    String(faults),
    `${Math.round(rss / megabyte)} MiB`,
    `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
    `${((performance.now() - started) / 1000).toFixed(1)} s`,
  ];
}

/** Events of Sysmon that differ in their ids, cut wherever a piece ends. */
async function* stream(bytes: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let written = 0;
  let id = 0;
  while (written < bytes) {
    const lines: string[] = [];
    for (let length = 0; length < pieceBytes; ) {
      const line = event(id++);
      lines.push(line);
      length += line.length;
    }
    const piece = encoder.encode(lines.join(""));
    written += piece.length;
    const cut = (id * 7919) % piece.length;
    yield piece.subarray(0, cut);
    yield piece.subarray(cut);
  }
}

function event(id: number): string {
  const data = {
    UtcTime: "2026-03-02 08:15:00.120",
    ProcessGuid: `{0197231e-c424-69e1-c922-${String(id).padStart(12, "0")}}`,
    ProcessId: id % 65_536,
    Image: "C:\\Windows\\System32\\cmd.exe",
    CommandLine: `cmd.exe /c echo ${id} > "C:\\Users\\Public\\out ${id % 97}.txt"`,
    User: id % 50 === 0 ? "WORKSTATION\\Zoë" : "WORKSTATION\\alice",
    ParentImage: "C:\\Windows\\explorer.exe",
  };
  const system = {
    Provider: { Name: "Microsoft-Windows-Sysmon" },
    EventID: 1,
    EventRecordID: id,
    Channel: "Microsoft-Windows-Sysmon/Operational",
    Computer: `host${id % 7}`,
  };
  return `${JSON.stringify({ Event: { System: system, EventData: data } })}\n`;
}
