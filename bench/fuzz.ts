// Feeds mutated queries to the parsers: node bench/fuzz.ts [--count 100000] [--language L] [--seed 1] [--corpora DIR].
// Ends with 1 when a parser threw or took longer than the limit.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { table } from "../src/cli/table.ts";
import { printable } from "../src/cli/terminal.ts";
import { processorTime } from "../src/corpora/testing.ts";
import { fuzzLanguage } from "../src/languages/mutation.ts";
import { languages } from "../src/languages/registry.ts";
import { readCorpora } from "./corpora.ts";

/** Milliseconds of one core that one text may take to be parsed, lowered and printed. */
const limitMs = 50;
/** Longer seeds would make the mutated text, not the parser, the slow part. */
const longestSeed = 64 * 1024;

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    language: { type: "string" },
    corpora: { type: "string", default: join(root, "..", "shared", "corpora") },
  },
});
process.exitCode = run();

function run(): number {
  const chosen = values.language === undefined ? [...languages.keys()] : [values.language];
  const unknown = chosen.filter((id) => !languages.has(id));
  if (unknown.length > 0) {
    process.stderr.write(
      `There is no language ${unknown.join(", ")}. Known are: ${[...languages.keys()].join(", ")}.\n`,
    );
    return 2;
  }
  const corpora = existsSync(values.corpora) ? readCorpora(resolve(values.corpora)) : null;
  if (corpora === null) process.stderr.write("No corpora: the seeds are our own queries alone.\n");
  const rows: string[][] = [];
  let broken = false;
  for (const id of chosen) {
    const language = languages.get(id);
    if (language === undefined) continue;
    const queries = corpora?.queries.get(id) ?? [];
    const seeds = [...ownQueries(id), ...queries.map((one) => one.query.text)].filter(
      (one) => one.length <= longestSeed,
    );
    if (seeds.length === 0) {
      rows.push([id, "0", "0", "no seeds", "", ""]);
      continue;
    }
    const environment = queries[0]?.environment;
    const started = performance.now();
    const result = fuzzLanguage(language, {
      seeds,
      count: Number(values.count),
      seed: Number(values.seed),
      now: processorTime,
      suspectMs: limitMs / 2,
      ...(environment === undefined ? {} : { environment }),
    });
    const seconds = (performance.now() - started) / 1000;
    const kept = result.failures.length === 0 && result.slowestMs <= limitMs;
    broken ||= !kept;
    const slowest = `${result.slowestMs.toFixed(1)} ms (${result.slowest.length} characters)`;
    rows.push([
      id,
      String(seeds.length),
      String(result.cases),
      String(result.failures.length),
      slowest,
      `${seconds.toFixed(0)} s`,
      kept ? "kept" : "BROKEN",
    ]);
    for (const { text, error } of result.failures.slice(0, 3)) {
      process.stderr.write(`${id}: ${printable(error)}\n  ${JSON.stringify(text.slice(0, 400))}\n`);
    }
    if (result.slowestMs > limitMs)
      process.stderr.write(`${id}: slowest text\n  ${JSON.stringify(result.slowest.slice(0, 400))}\n`);
  }
  const columns = ["language", "seeds", "cases", "exceptions", "slowest", "time", `limit ${limitMs} ms`].map(
    (title) => ({ title }),
  );
  process.stdout.write(table(columns, rows, Number.POSITIVE_INFINITY, (_, text) => text));
  return broken ? 1 : 0;
}

/** Queries that we wrote for the tests of a language. */
function ownQueries(id: string): readonly string[] {
  const file = join(root, "fixtures", "languages", `${id}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}
