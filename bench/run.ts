// Measures the build, the parsers, the pages and the start, and prints tables: see docs/benchmarks.md.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildCatalog } from "../src/catalog/build.ts";
import { packageVersion } from "../src/catalog/format.ts";
import { table } from "../src/cli/table.ts";
import { measureBuild } from "./build.ts";
import { readCorpora } from "./corpora.ts";
import { measureEvtxRate } from "./evtx-rate.ts";
import { matchColumns, measureMatchRate } from "./match-rate.ts";
import { measurePages } from "./pages.ts";
import { measureParseRate } from "./parse-rate.ts";
import { measureStartUp } from "./start-up.ts";
import { measureStatefulRate, statefulColumns } from "./stateful-rate.ts";
import { measureTranslateRate } from "./translate-rate.ts";

const { values } = parseArgs({
  options: {
    corpora: { type: "string", default: join(import.meta.dirname, "..", "..", "shared", "corpora") },
    runs: { type: "string", default: "3" },
  },
});
const folder = mkdtempSync(join(tmpdir(), "detectionary bench "));
try {
  await run(resolve(values.corpora), Math.max(1, Number(values.runs)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(corpora: string, runs: number): Promise<void> {
  const [processor] = cpus();
  print(`Node ${process.version}, ${cpus().length} × ${processor?.model.trim() ?? "unknown processor"}`);
  const contents = existsSync(corpora) ? readCorpora(corpora) : null;
  const catalog = join(folder, "catalog.sqlite");
  if (contents === null) {
    print("\nBuild and parse rate are skipped: no corpora (give their folder with --corpora DIR).");
    print("The pages are those of the embedded rules.");
    await buildCatalog({ out: catalog });
  } else {
    show(
      "Build (best time and largest memory)",
      ["what", "time", "peak memory", "limit"],
      measureBuild(corpora, contents.files, folder, catalog, runs),
    );
    show(
      "Parse rate",
      ["language", "queries", "parse/s", "text", "lower/s", "both/s", "parse all", "limit", "against oracle"],
      measureParseRate(contents.queries),
    );
  }
  if (contents !== null) {
    show("Translation of the active rules of Sigma (one core)", ["to", "rules/s", "time"], measureTranslateRate());
  }
  const evtxColumns = ["events of", "records", "records/s", "bytes", "JSON.parse", "peak memory", "limit"];
  const evtxRows = contents === null ? [] : measureEvtxRate(corpora);
  if (evtxRows.length > 0) show("Event logs (EVTX), decoded only (one core)", evtxColumns, evtxRows);
  show("Sequences, counts and new values (one core)", statefulColumns, measureStatefulRate());
  if (contents !== null) {
    show(
      "Matching (the active rules of Sigma on Windows)",
      matchColumns,
      measureMatchRate({ events: 1_000_000, runs }),
    );
  }
  const pageColumns = ["page", "addresses", "median", "p99", "slowest", "largest", "limit"];
  show("Pages (in process, warm)", pageColumns, await measurePages(catalog, packageVersion()));
  show("Start", ["command", "median", "against node", "limit"], measureStartUp());
}

function show(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): void {
  print(`\n${title}`);
  process.stdout.write(
    table(
      columns.map((one) => ({ title: one })),
      rows,
      Number.POSITIVE_INFINITY,
      (_, text) => text,
    ),
  );
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
