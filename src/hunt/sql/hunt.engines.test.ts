import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recognitionTables } from "../../corpora/content/matching/index.ts";
import { translationKnowledge } from "../../corpora/content/platforms/index.ts";
import { lookupIn, ownRules } from "../../corpora/content/platforms/own-rules.testing.ts";
import type { AnalysedRule } from "../../languages/analyse.ts";
import type { Engine } from "../../matching/engine.ts";
import type { Hit } from "../../matching/hit.ts";
import { openMatcher } from "../../matching/matcher.ts";
import type { LogBatch } from "../../matching/readers/log-format.ts";
import { openViewReader } from "../../matching/view/reader.ts";
import { startPostgresCluster, testEngines } from "../../platforms/sql/engines/index.ts";
import type { SqlConnection } from "./connection.ts";
import { generatedEvents, type TableEvent } from "./generated-events.testing.ts";
import { type HuntReport, hunt } from "./hunt.ts";
import { load } from "./load.ts";
import { openConnection } from "./open-connection.ts";

const knowledge = translationKnowledge();
const view = openViewReader(knowledge, recognitionTables());

function engineOf(rules: readonly AnalysedRule[]): Engine {
  const matcher = openMatcher({ ...knowledge, view }, rules, { related: lookupIn(rules) });
  return {
    running: matcher.rules.length,
    notRun: matcher.notRun,
    push: (data, place, only) => matcher.match(data, place, only).hits,
    finish: () => [],
    report: () => ({ ...matcher.counts(), late: 0, evicted: new Map() }),
    explain: matcher.explain,
  };
}

interface Place {
  readonly connection: SqlConnection;
  readonly stop: () => Promise<void>;
}

/** Makes the table, where the three servers have a part of the rows each. */
const places: Readonly<Record<string, () => Promise<Place>>> = {
  ClickHouse: async () => {
    const engine = await testEngines.find((one) => one.name === "ClickHouse")?.start();
    if (engine?.url == null) throw new Error("No ClickHouse.");
    const columns = `("event.id" String, "@timestamp" DateTime, log_source String, event String)`;
    await engine.execute(`CREATE TABLE events_local ${columns} ENGINE = MergeTree ORDER BY (log_source, "@timestamp")`);
    await engine.execute(
      "CREATE TABLE events AS events_local ENGINE = Distributed(shards, default, events_local, rand())",
    );
    const connection = await openConnection("clickhouse", engine.url, "events", { write: true });
    return { connection, stop: engine.stop };
  },
  PostgreSQL: async () => {
    const engine = await startPostgresCluster();
    const columns = `("event.id" text, "@timestamp" timestamptz, log_source text, event jsonb)`;
    await engine.execute(`CREATE TABLE events ${columns} PARTITION BY HASH ("event.id")`);
    const part = (number: number): string => `FOR VALUES WITH (MODULUS 3, REMAINDER ${number})`;
    await engine.execute(`CREATE TABLE events_0 PARTITION OF events ${part(0)}`);
    for (const shard of [1, 2]) {
      await engine.executeOn(shard, `CREATE TABLE events_${shard} ${columns}`);
      await engine.execute(
        `CREATE FOREIGN TABLE events_${shard} PARTITION OF events ${part(shard)} SERVER shard_${shard}`,
      );
    }
    const connection = await openConnection("postgres", engine.url ?? "", "events", { write: true });
    return { connection, stop: engine.stop };
  },
  DuckDB: async () => {
    const folder = mkdtempSync(join(tmpdir(), "detectionary-hunt-"));
    const connection = await openConnection("duckdb", join(folder, "events.duckdb"), "events", { write: true });
    await connection.execute(
      `CREATE TABLE events ("event.id" VARCHAR, "@timestamp" TIMESTAMP, log_source VARCHAR, event JSON)`,
    );
    return { connection, stop: async () => rmSync(folder, { recursive: true }) };
  },
};

async function huntOn(
  connection: SqlConnection,
  rules: readonly AnalysedRule[],
): Promise<{ readonly hits: readonly Hit[]; readonly report: HuntReport }> {
  const hits: Hit[] = [];
  const run = hunt({
    knowledge,
    connection,
    table: "events",
    rules,
    related: lookupIn(rules),
    engine: engineOf(rules),
  });
  for (;;) {
    const next = await run.next();
    if (next.done === true) return { hits, report: next.value };
    hits.push(next.value);
  }
}

function hitsOfEngine(rules: readonly AnalysedRule[], events: readonly TableEvent[]): readonly Hit[] {
  const engine = engineOf(rules);
  const hits = events.flatMap(({ id, data }) => {
    const [file = "", record = ""] = id.split("#");
    return engine.push(data, { file, record: Number(record) });
  });
  return [...hits, ...engine.finish()];
}

/** The events as the file that their ids name. */
async function* logOf(
  events: readonly TableEvent[],
): AsyncGenerator<{ readonly file: string; readonly batch: LogBatch }> {
  yield {
    file: "generated",
    batch: { records: events.map(({ data }, at) => ({ number: at + 1, data })), faults: [] },
  };
}

/** What the one list has and the other does not; empty where they are the same, in whatever order. */
function difference(found: readonly Hit[], wanted: readonly Hit[]): string {
  const texts = (hits: readonly Hit[]): ReadonlySet<string> => new Set(hits.map((one) => JSON.stringify(one)));
  const [ours, theirs] = [texts(found), texts(wanted)];
  if (found.length !== ours.size) return "A hit was told twice.";
  const missing = [...theirs.difference(ours)].map((one) => `missing ${one}`);
  return [...missing, ...[...ours.difference(theirs)].map((one) => `too many ${one}`)].slice(0, 10).join("\n");
}

const own = [...ownRules().values()];

for (const { name, missing } of testEngines) {
  describe.skipIf(missing !== null)(missing === null ? name : `${name}: skipped, ${missing}`, () => {
    let place: Place;
    const events = generatedEvents(knowledge, own, 24);

    beforeAll(async () => {
      place = (await places[name]?.()) ?? expect.fail(`No place for ${name}.`);
      await load({
        connection: place.connection,
        table: "events",
        vocabulary: knowledge.vocabulary,
        view,
        logs: logOf(events),
      });
    }, 60_000);

    afterAll(async () => {
      await place?.connection.close();
      await place?.stop();
    });

    test("finds the hits that the engine finds", { timeout: 120_000 }, async () => {
      const { hits, report } = await huntOn(place.connection, own);
      expect(difference(hits, hitsOfEngine(own, events))).toBe("");
      expect(hits.length).toBeGreaterThan(100);
      expect([...report.unconfirmed]).toEqual([]);
      expect(report.rows).toBeGreaterThanOrEqual(events.length);
    });
  });
}
