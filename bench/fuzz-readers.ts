// Feeds damaged logs to the readers: node bench/fuzz-readers.ts [--count 100000] [--format F] [--seed 1].
// The count is of all formats together. Ends with 1 when a reader threw, or gave another answer for the same file in pieces.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { table } from "../src/cli/table.ts";
import { printable } from "../src/cli/terminal.ts";
import { processorTime } from "../src/corpora/testing.ts";
import { fuzzFormat } from "../src/matching/readers/mutation.ts";
import { logFormats, recogniseFormat } from "../src/matching/readers/registry.ts";

const folder = join(import.meta.dirname, "..", "fixtures", "logs");
const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    format: { type: "string" },
  },
});
process.exitCode = run();

function run(): number {
  const seeds = seedsByFormat();
  const chosen = logFormats.filter((one) => seeds.has(one.id) && (values.format ?? one.id) === one.id);
  if (chosen.length === 0) {
    process.stderr.write(
      `There are no logs of the format ${values.format}. There are some of ${[...seeds.keys()].join(", ")}.\n`,
    );
    return 2;
  }
  let broken = false;
  const rows = chosen.map((format) => {
    const count = Math.ceil(Number(values.count) / chosen.length);
    const started = performance.now();
    const result = fuzzFormat(format, {
      seeds: seeds.get(format.id) ?? [],
      count,
      seed: Number(values.seed),
      now: processorTime,
    });
    broken ||= result.failures.length > 0;
    for (const { file, error } of result.failures.slice(0, 3)) {
      process.stderr.write(
        `${format.id}: ${printable(error)}\n  ${JSON.stringify(new TextDecoder().decode(file).slice(0, 2000))}\n`,
      );
    }
    return [
      format.id,
      String(result.cases),
      String(result.records),
      String(result.faults),
      String(result.failures.length),
      `${result.slowestMs.toFixed(1)} ms`,
      `${((performance.now() - started) / 1000).toFixed(0)} s`,
    ];
  });
  const columns = ["format", "files", "records", "faults", "failures", "slowest", "time"].map((title) => ({ title }));
  process.stdout.write(table(columns, rows, Number.POSITIVE_INFINITY, (_, text) => text));
  return broken ? 1 : 0;
}

/** Our small logs, by their format. */
function seedsByFormat(): ReadonlyMap<string, readonly Uint8Array[]> {
  const seeds = new Map<string, Uint8Array[]>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = new Uint8Array(readFileSync(join(folder, entry.name)));
    const format = recogniseFormat(bytes.subarray(0, 4096), entry.name);
    if (format !== null) seeds.set(format.id, [...(seeds.get(format.id) ?? []), bytes]);
  }
  return seeds;
}
