import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../corpora/testing.ts";
import { buildCatalog } from "./build.ts";
import { type Database, openReadOnly } from "./database.ts";
import type { LanguageAnswer, RuleWithPredicates } from "./queries/answers.ts";
import { technique } from "./queries/technique.ts";
import type { BuildReport } from "./report.ts";

interface Ratchet {
  readonly queries: number;
  /** May only rise. */
  readonly parsed: number;
  /** Opaque nodes in 10,000; may only fall. */
  readonly opaquePer10000: number;
}

const ratchets = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/ratchets.json"), "utf8"),
) as Readonly<Record<string, Ratchet>>;

describe.skipIf(!corporaPresent)(corpusTitle("the catalog of all corpora"), () => {
  const folder = mkdtempSync(join(tmpdir(), "detectionary-"));
  let report: BuildReport;
  let database: Database;

  beforeAll(async () => {
    report = await buildCatalog({ out: join(folder, "catalog.sqlite"), corporaFolder: corpusFolder("") });
    database = openReadOnly(report.catalog);
  }, 240_000);

  afterAll(() => {
    database?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const languages = (): ReadonlyMap<string, LanguageAnswer> =>
    new Map(
      report.corpora
        .filter((one) => one.id !== "detectionary")
        .flatMap((one) => one.languages)
        .map((one) => [one.language, one]),
    );

  test.each(Object.entries(ratchets))("%s is understood at least as well as before", (language, ratchet) => {
    const now = languages().get(language);
    expect(now?.queries).toBe(ratchet.queries);
    expect(now?.parsed).toBeGreaterThanOrEqual(ratchet.parsed);
    expect(((now?.opaque ?? 0) / (now?.nodes ?? 1)) * 10_000).toBeLessThanOrEqual(ratchet.opaquePer10000);
  });

  const triples = (
    rules: readonly RuleWithPredicates[],
  ): { fields: ReadonlySet<string | null>; triples: ReadonlySet<string> } => {
    const predicates = rules.flatMap((one) => one.predicates).filter((one) => !one.derived);
    return {
      fields: new Set(predicates.map((one) => one.field)),
      triples: new Set(predicates.flatMap((one) => one.values.map((value) => `${one.field} ${one.operator} ${value}`))),
    };
  };

  test("T1133: the eleven Windows rules of Sigma filter with 154 triples on 7 fields", () => {
    const rules = technique(database, "T1133")?.rules.filter(
      (one) => one.corpus === "sigma" && one.path.startsWith("rules/windows/"),
    );
    expect(rules?.length).toBe(11);
    const found = triples(rules ?? []);
    expect(found.triples.size).toBe(154);
    expect(found.fields.size).toBe(7);
  });

  test("every rule of the corpora has a row, whatever became of its query", () => {
    const count = (sql: string): number => database.one<{ n: number }>(sql)?.n ?? 0;
    expect(count("SELECT count(*) AS n FROM rule WHERE corpus = 'sigma' AND lifecycle = 'active'")).toBe(3780);
    expect(count("SELECT count(*) AS n FROM rule WHERE corpus = 'elastic'")).toBe(2332);
    expect(count("SELECT count(*) AS n FROM rule WHERE corpus = 'elastic' AND outcome = 'queryless'")).toBe(106);
    expect(count("SELECT count(*) AS n FROM rule WHERE corpus = 'splunk'")).toBe(1711);
    expect(count("SELECT count(*) AS n FROM rule WHERE corpus = 'kql'")).toBe(447);
    expect(count("SELECT count(*) AS n FROM rule WHERE corpus = 'chronicle'")).toBe(348);
    expect(count("SELECT count(*) AS n FROM technique WHERE revoked_by IS NULL AND deprecated = 0")).toBe(691);
  });
});
