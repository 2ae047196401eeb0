import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { recognitionTables } from "../../corpora/content/matching/index.ts";
import { translationKnowledge } from "../../corpora/content/platforms/index.ts";
import { lookupIn } from "../../corpora/content/platforms/own-rules.testing.ts";
import type { AnalysedRule } from "../../languages/analyse.ts";
import type { Engine } from "../../matching/engine.ts";
import type { Hit } from "../../matching/hit.ts";
import { openEngine } from "../../matching/open-engine.ts";
import type { LogBatch } from "../../matching/readers/log-format.ts";
import { openViewReader } from "../../matching/view/reader.ts";
import { startPostgresCluster, testEngines } from "../../platforms/sql/engines/index.ts";
import type { SqlConnection } from "./connection.ts";
import { placeOf } from "./found-event.ts";
import type { TableEvent } from "./generated-events.testing.ts";
import { type HuntReport, hunt } from "./hunt.ts";
import { load } from "./load.ts";
import { openConnection } from "./open-connection.ts";

export const knowledge = translationKnowledge();
export const view = openViewReader(knowledge, recognitionTables());

export function engineOf(rules: readonly AnalysedRule[]): Engine {
  return openEngine({ ...knowledge, view }, rules, { related: lookupIn(rules) });
}

/** A database with an empty table `events`, of which the servers hold a part of the rows each. */
export interface Place {
  readonly connection: SqlConnection;
  readonly stop: () => Promise<void>;
}

/** For tests: the databases, by the names of the engines that tests may run on. */
export const places: Readonly<Record<string, () => Promise<Place>>> = {
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

/** The tests once for each database that is there; `place` is asked within them. Where one is missing its title says so. */
export function onEachPlace(
  title: string,
  tests: (place: () => Place) => void,
  fill: (place: Place) => Promise<void> = () => Promise.resolve(),
): void {
  for (const { name, missing } of testEngines) {
    describe.skipIf(missing !== null)(missing === null ? `${title} on ${name}` : `${name}: skipped, ${missing}`, () => {
      let place: Place | null = null;

      beforeAll(async () => {
        place = (await places[name]?.()) ?? expect.fail(`No place for ${name}.`);
        await fill(place);
      }, 60_000);

      afterAll(async () => {
        await place?.connection.close();
        await place?.stop();
      });

      tests(() => place ?? expect.fail(`No place for ${name}.`));
    });
  }
}

export async function huntOn(
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
    view,
  });
  for (;;) {
    const next = await run.next();
    if (next.done === true) return { hits, report: next.value };
    hits.push(next.value);
  }
}

export function hitsOfEngine(rules: readonly AnalysedRule[], events: readonly TableEvent[]): readonly Hit[] {
  const engine = engineOf(rules);
  const hits = events.flatMap(({ id, data }) => {
    return engine.push(data, placeOf(id));
  });
  return [...hits, ...engine.finish()];
}

/** Fills the table with events, each called by the file and the record that its id names. */
export async function loadInto(connection: SqlConnection, events: readonly TableEvent[]): Promise<void> {
  await load({ connection, table: "events", vocabulary: knowledge.vocabulary, view, logs: logsOf(events) });
}

/** The events in files of their ids, each at the record that its id names. */
async function* logsOf(
  events: readonly TableEvent[],
): AsyncGenerator<{ readonly file: string; readonly batch: LogBatch }> {
  for (const [file, own] of Map.groupBy(events, ({ id }) => placeOf(id).file)) {
    yield { file, batch: { records: own.map(({ id, data }) => ({ number: placeOf(id).record, data })), faults: [] } };
  }
}

/** What the one list has and the other does not; empty where they are the same, in whatever order. */
export function difference(found: readonly Hit[], wanted: readonly Hit[]): string {
  const texts = (hits: readonly Hit[]): ReadonlySet<string> => new Set(hits.map((one) => JSON.stringify(one)));
  const [ours, theirs] = [texts(found), texts(wanted)];
  if (found.length !== ours.size) return "A hit was told twice.";
  const missing = [...theirs.difference(ours)].map((one) => `missing ${one}`);
  return [...missing, ...[...ours.difference(theirs)].map((one) => `too many ${one}`)].slice(0, 10).join("\n");
}
