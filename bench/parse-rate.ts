import { languages } from "../src/languages/registry.ts";
import type { Query } from "./corpora.ts";

/** Passes over all queries; the first ones warm the compiler up, and the best counts. */
const passes = 4;

/** Milliseconds in which all queries of a language must be parsed. */
const limitMs: ReadonlyMap<string, number> = new Map([
  ["esql", 1000],
  ["kusto", 1000],
  ["yara-l", 1000],
]);

/** Queries a second, to the ast and on to the logic, over every query of the corpora. */
export function measureParseRate(queries: ReadonlyMap<string, readonly Query[]>): string[][] {
  const rows: string[][] = [];
  for (const [id, list] of queries) {
    const language = languages.get(id);
    if (language === undefined) continue;
    let parse = Number.POSITIVE_INFINITY;
    let lower = Number.POSITIVE_INFINITY;
    for (let pass = 0; pass < passes; pass++) {
      const started = performance.now();
      const trees = list.map(({ query, environment }) => ({
        ast: language.parse(query.text, environment).ast,
        environment,
      }));
      const parsed = performance.now();
      for (const { ast, environment } of trees) language.lower(ast, environment);
      parse = Math.min(parse, parsed - started);
      lower = Math.min(lower, performance.now() - parsed);
    }
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
    ]);
  }
  return rows;
}
