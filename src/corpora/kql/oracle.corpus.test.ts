import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { hasErrors } from "../../kit/diagnostic.ts";
import { parse } from "../../languages/kusto/parser.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { kqlReader } from "./index.ts";
import { factsOfAst, type KustoFacts, loadKustoOracle } from "./testing.ts";

interface Disagreement {
  /** Path of the page and number of the query on it, from 1. */
  readonly query: string;
  readonly about: "acceptance" | keyof KustoFacts;
}

const listed = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../fixtures/kusto-oracle.json"), "utf8"),
) as readonly (Disagreement & { readonly reason: string })[];

interface Comparison {
  readonly accepted: { readonly oracle: number; readonly ours: number; readonly both: number };
  /** How many names, tables and strings the oracle found in the queries that both accept. */
  readonly found: Readonly<Record<keyof KustoFacts, number>>;
  readonly disagreements: readonly Disagreement[];
}

function compare(): Comparison {
  const oracle = loadKustoOracle();
  const accepted = { oracle: 0, ours: 0, both: 0 };
  const found = { names: 0, tables: 0, strings: 0 };
  const disagreements: Disagreement[] = [];
  for (const item of kqlReader.read(corpusFolder("kql")).items) {
    if (item.type !== "rule") continue;
    for (const [index, { text }] of item.rule.queries.entries()) {
      const query = `${item.rule.path}#${index + 1}`;
      const tree = oracle.parse(text);
      const { ast, diagnostics } = parse(text);
      const [theirs, ours] = [oracle.errors(tree).length === 0, !hasErrors(diagnostics)];
      if (theirs) accepted.oracle++;
      if (ours) accepted.ours++;
      if (theirs !== ours) disagreements.push({ query, about: "acceptance" });
      if (!theirs || !ours) continue;
      accepted.both++;
      const [expected, actual] = [oracle.facts(tree), factsOfAst(ast)];
      for (const about of ["names", "tables", "strings"] as const) {
        found[about] += expected[about].length;
        if (expected[about].join("\0") !== actual[about].join("\0")) disagreements.push({ query, about });
      }
    }
  }
  return { accepted, found, disagreements };
}

describe.skipIf(!corporaPresent)(corpusTitle("Kusto, held against Microsoft's own parser"), () => {
  let result: Comparison;
  beforeAll(() => {
    result = compare();
  }, 120_000);

  test("is accepted where it accepts, but for what is listed with a reason", () => {
    const key = ({ query, about }: Disagreement): string => `${about}: ${query}`;
    expect(result.disagreements.map(key).sort()).toEqual(listed.map(key).sort());
    for (const { query, reason } of listed) expect(reason, query).toMatch(/^[A-Z].{20,}\.$/su);
  });

  test("is accepted by both in 822 queries of 835", () => {
    expect(result.accepted).toEqual({ oracle: 822, ours: 827, both: 822 });
  });

  test("has the same names, tables and strings in at least 98 % of those", () => {
    const differing = new Set(result.disagreements.filter((one) => one.about !== "acceptance").map((one) => one.query));
    expect(1 - differing.size / result.accepted.both).toBeGreaterThanOrEqual(0.98);
  });

  test("is looked at closely: so much was compared", () => {
    expect(result.found).toEqual({ names: 19_567, tables: 1301, strings: 5144 });
  });
});
