import { clickHouseMissing, startClickHouse } from "./clickhouse.ts";
import { openDuckDb } from "./duckdb.ts";
import type { Engine } from "./engine.ts";
import { postgresMissing, startPostgres } from "./postgres.ts";

export type { Engine, EventRow, EventTable } from "./engine.ts";
export { startPostgresCluster } from "./postgres.ts";

/** An engine that a test may run on. */
export interface TestEngine {
  readonly name: string;
  /** Why it is not there; null where it is. */
  readonly missing: string | null;
  readonly start: () => Promise<Engine>;
  /** Ids of the platforms whose queries it runs. */
  readonly platforms: readonly string[];
}

export const testEngines: readonly TestEngine[] = [
  {
    name: "ClickHouse",
    missing: clickHouseMissing(),
    start: startClickHouse,
    platforms: ["clickhouse-old", "clickhouse-old-json"],
  },
  {
    name: "PostgreSQL",
    missing: postgresMissing(),
    start: startPostgres,
    platforms: ["postgresql", "postgresql-json"],
  },
  { name: "DuckDB", missing: null, start: openDuckDb, platforms: ["duckdb", "duckdb-json"] },
];
