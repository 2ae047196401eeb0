import type { Platform } from "../platform.ts";
import { clickHouse, oldClickHouse } from "./clickhouse.ts";
import { sqlDialect } from "./dialect.ts";
import { duckDb } from "./duckdb.ts";
import type { SqlEngine } from "./engine.ts";
import { type EventsTable, eventsPlace, flatTable, jsonTable } from "./events-table.ts";
import { postgreSql } from "./postgresql.ts";
import { writeSql } from "./query.ts";

const engines: readonly SqlEngine[] = [clickHouse, oldClickHouse, postgreSql, duckDb];

/** What the column of a field is called in a flat table. */
export function sqlColumn(platform: Platform, field: string): string {
  return engines.find((one) => one.id === platform.id)?.column(field) ?? field;
}

/** A table of events in one database, with a column for each field. */
export const sqlPlatforms: readonly Platform[] = engines.map((one) => sqlPlatform(one, flatTable));

/** The same with one column of JSON. */
export const sqlJsonPlatforms: readonly Platform[] = engines.map((one) => {
  const platform = sqlPlatform(one, jsonTable);
  return {
    ...platform,
    id: `${one.id}-json`,
    title: `${one.title}, events as JSON`,
    aliases: one.aliases.map((alias) => `${alias}-json`),
  };
});

function sqlPlatform(engine: SqlEngine, table: EventsTable): Platform {
  const dialect = sqlDialect(engine, table);
  return {
    id: engine.id,
    title: engine.title,
    aliases: engine.aliases,
    language: null,
    schema: "ecs",
    content: null,
    place: eventsPlace,
    dialect,
    write: (query) => writeSql({ engine, table, dialect }, query),
    comment: (lines) =>
      lines
        .flatMap((one) => one.split(/[\p{Cc}\u2028\u2029]+/u))
        .map((one) => `-- ${one}`.trimEnd())
        .join("\n"),
  };
}
