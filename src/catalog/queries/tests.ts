import type { Database } from "../database.ts";
import type { TechniqueTest, TestLine, TestsAnswer } from "./test-answers.ts";

/** Tests that a search shows beside its rules. */
const found = 8;

/** Columns of `test` that a `TestLine` needs; the table must be named `t`. */
export const testLineColumns =
  "t.key, t.guid, t.technique, t.number, t.name, t.platforms_json, t.shell, t.elevated, t.kinds_json, t.events, t.fired";

export interface TestLineRow extends Omit<TestLine, "platforms" | "elevated" | "kinds"> {
  readonly key: number;
  readonly platforms_json: string;
  readonly elevated: number;
  readonly kinds_json: string;
}

export function testLine(row: TestLineRow): TestLine {
  const { guid, technique, number, name, shell, events, fired } = row;
  return {
    guid,
    technique,
    number,
    name,
    platforms: JSON.parse(row.platforms_json) as readonly string[],
    shell,
    elevated: row.elevated === 1,
    kinds: JSON.parse(row.kinds_json) as TestLine["kinds"],
    events,
    fired,
  };
}

/** Tests of a technique, also under ids that other versions of ATT&CK have for it. */
export function testsOfTechnique(database: Database, id: string): readonly TechniqueTest[] {
  const rows = database.all<TestLineRow>(
    `SELECT ${testLineColumns} FROM test t
     WHERE t.technique = ?1 OR t.technique IN (SELECT id FROM technique_alias WHERE technique = ?1) ORDER BY t.technique, t.number`,
    id,
  );
  return rows.map((row) => ({ ...testLine(row), vendors: vendorsOf(database, row.key) }));
}

/** Rules that fire on a test, by corpus, most first. */
export function vendorsOf(database: Database, test: number): TechniqueTest["vendors"] {
  return database.all<TechniqueTest["vendors"][number]>(
    `SELECT r.corpus, count(*) AS rules FROM proof p JOIN rule r ON r.key = p.rule
     WHERE p.test = ? AND p.outcome = 'fired' GROUP BY r.corpus ORDER BY rules DESC, r.corpus`,
    test,
  );
}

/** `expression`: of FTS5. */
export function findTests(database: Database, expression: string): readonly TestLine[] {
  return database
    .all<TestLineRow>(
      `SELECT ${testLineColumns} FROM test_search f JOIN test t ON t.key = f.rowid
       WHERE test_search MATCH ? ORDER BY bm25(test_search, 8.0, 6.0, 3.0, 2.0), t.key LIMIT ?`,
      expression,
      found,
    )
    .map(testLine);
}

/** All tests, by technique. */
export function tests(database: Database): TestsAnswer {
  const counts = database.one<TestsAnswer["counts"]>(
    "SELECT count(*) AS tests, coalesce(sum(events), 0) AS events, coalesce(sum(fired > 0), 0) AS fired FROM test",
  );
  const rules = new Map(
    database
      .all<{ id: string; rules: number }>(
        `SELECT t.technique AS id, count(DISTINCT p.rule) AS rules FROM test t JOIN proof p ON p.test = t.key
         WHERE p.outcome = 'fired' GROUP BY t.technique`,
      )
      .map((one) => [one.id, one.rules]),
  );
  const techniques = database.all<Omit<TestsAnswer["techniques"][number], "rules">>(
    `SELECT t.technique AS id, coalesce(a.technique, t.technique) AS current, coalesce(k.name, o.name, '') AS name, count(*) AS tests, sum(t.events) AS events, sum(t.fired > 0) AS fired
     FROM test t LEFT JOIN technique k ON k.id = t.technique
       LEFT JOIN technique_alias a ON a.id = t.technique LEFT JOIN technique o ON o.id = a.technique
     GROUP BY t.technique ORDER BY t.technique`,
  );
  return {
    counts: counts ?? { tests: 0, events: 0, fired: 0 },
    techniques: techniques.map((one) => ({ ...one, rules: rules.get(one.id) ?? 0 })),
  };
}
