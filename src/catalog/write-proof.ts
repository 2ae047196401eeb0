import type { Database } from "./database.ts";
import type { KeptProof, KeptTest } from "./kept-proof.ts";
import type { ProofReport } from "./report.ts";

/** Writes tests and what came of them. `urlOf`: the file of a test at its upstream, where that is public. */
export function writeProof(
  database: Database,
  { tests, outcomes, rules }: KeptProof,
  urlOf: (test: KeptTest) => string | null,
): void {
  const testKeys = new Map(tests.map((one, index) => [one.guid, index + 1]));
  for (const [index, one] of tests.entries()) writeTest(database, index + 1, one, urlOf(one));
  const ruleKeys = new Map(
    database
      .all<{ key: number; id: string }>("SELECT key, corpus || ':' || id AS id FROM rule")
      .map((one) => [one.id, one.key]),
  );
  for (const one of outcomes) {
    const rule = ruleKeys.get(one.rule);
    const test = testKeys.get(one.test);
    if (rule === undefined || test === undefined) continue;
    database.run(
      "INSERT OR IGNORE INTO proof VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      rule,
      test,
      Number(one.linked),
      one.outcome,
      one.event,
      one.kind,
      one.certainty,
      one.reasonsJson,
      one.reasons,
    );
  }
  for (const { rule, fired, silent, notRun, notShown } of rules) {
    const key = ruleKeys.get(rule);
    if (key !== undefined) {
      database.run("INSERT OR IGNORE INTO proof_rule VALUES (?, ?, ?, ?, ?)", key, fired, silent, notRun, notShown);
    }
  }
}

function writeTest(database: Database, key: number, test: KeptTest, url: string | null): void {
  database.run(
    "INSERT INTO test VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    key,
    test.guid,
    test.corpus,
    test.technique,
    test.number,
    test.name,
    JSON.stringify(test.platforms),
    test.shell,
    Number(test.elevated),
    test.path,
    url,
    test.events,
    JSON.stringify(test.kinds),
    test.fired,
  );
  database.run(
    "INSERT INTO test_text VALUES (?, ?, ?, ?, ?, ?, ?)",
    key,
    test.description,
    test.command,
    test.cleanup,
    JSON.stringify(test.prerequisites),
    test.eventsJson,
    JSON.stringify(test.unshown),
  );
  database.run(
    "INSERT INTO test_search (rowid, name, ids, description, command) VALUES (?, ?, ?, ?, ?)",
    key,
    test.name,
    `${test.guid}\n${test.technique}`,
    test.description,
    test.command,
  );
}

/** Counts over what has been written. */
export function proofReport(database: Database, { seconds, sources }: KeptProof): ProofReport {
  const tests = database.one<Pick<ProofReport, "tests" | "events" | "fired" | "silent">>(
    `SELECT count(*) AS tests, coalesce(sum(events), 0) AS events, coalesce(sum(fired > 0), 0) AS fired,
       coalesce(sum(fired = 0 AND events > 0), 0) AS silent FROM test`,
  ) ?? { tests: 0, events: 0, fired: 0, silent: 0 };
  const corpora = database.all<ProofReport["corpora"][number]>(
    `SELECT r.corpus, count(*) AS rules, sum(p.not_run IS NULL) AS run, sum(p.fired + p.silent > 0) AS exercised,
       sum(p.fired > 0) AS fired, sum(p.fired) AS firings, sum(p.silent) AS silences
     FROM proof_rule p JOIN rule r ON r.key = p.rule JOIN corpus c ON c.id = r.corpus GROUP BY r.corpus ORDER BY c.position`,
  );
  return { seconds, sources: sources.map((one) => one.id), ...tests, corpora };
}
