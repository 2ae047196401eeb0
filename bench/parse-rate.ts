import { loadKustoOracle } from "../src/corpora/kql/testing.ts";
import { languages } from "../src/languages/registry.ts";
import { bestOf } from "./best-of.ts";
import type { Query } from "./corpora.ts";

/** Passes over all queries; the first ones warm the compiler up, and the best counts. */
const passes = 4;

/** Milliseconds in which all queries of a language must be parsed. */
const limitMs: ReadonlyMap<string, number> = new Map([
  ["esql", 1000],
  ["kusto", 1000],
  ["yara-l", 1000],
]);

interface Oracle {
  readonly load: () => (text: string) => unknown;
  /** How many times as fast as it our parser must be. */
  readonly times: number;
}

/** Other parsers of a language, which must at least be this much slower. */
const oracles: ReadonlyMap<string, Oracle> = new Map([["kusto", { load: () => loadKustoOracle().parse, times: 10 }]]);

/** Passes of such a parser, which takes long; the first warms it up. */
const oraclePasses = 3;

/** Queries a second, to the ast and on to the logic, over every query of the corpora. */
export function measureParseRate(queries: ReadonlyMap<string, readonly Query[]>): string[][] {
  const rows: string[][] = [];
  for (const [id, list] of queries) {
    const language = languages.get(id);
    if (language === undefined) continue;
    const parse = bestOf(passes, () => {
      for (const { query, environment } of list) language.parse(query.text, environment);
    });
    const trees = list.map(({ query, environment }) => ({
      ast: language.parse(query.text, environment).ast,
      environment,
    }));
    const lower = bestOf(passes, () => {
      for (const { ast, environment } of trees) language.lower(ast, environment);
    });
    const characters = list.reduce((sum, one) => sum + one.query.text.length, 0);
    const limit = limitMs.get(id);
    const rate = (ms: number): string => Math.round((list.length / ms) * 1000).toLocaleString("en-US");
    const throughput = `${(characters / 1000 / parse).toFixed(2)} MB/s`;
    rows.push([
      id,
      list.length.toLocaleString("en-US"),
      rate(parse),
      throughput,
      rate(lower),
      rate(parse + lower),
      `${parse.toFixed(0)} ms`,
      limit === undefined ? "" : `${limit} ms ${parse <= limit ? "kept" : "BROKEN"}`,
      againstOracle(id, list, parse),
    ]);
  }
  return rows;
}

/** How often our parser could have read everything in the time of the other one; empty where there is none. */
function againstOracle(id: string, list: readonly Query[], parse: number): string {
  const oracle = oracles.get(id);
  if (oracle === undefined) return "";
  const read = oracle.load();
  const best = bestOf(oraclePasses, () => {
    for (const { query } of list) read(query.text);
  });
  const ratio = best / parse;
  return `${ratio.toFixed(1)} × (at least ${oracle.times}: ${ratio >= oracle.times ? "kept" : "BROKEN"})`;
}
