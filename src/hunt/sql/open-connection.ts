import { openClickHouse } from "./clickhouse.ts";
import { type ConnectionOptions, type SqlConnection, SqlRefusal } from "./connection.ts";
import { openDuckDb } from "./duckdb.ts";
import { openPostgres } from "./postgres.ts";

export const huntEngines = ["clickhouse", "postgres", "duckdb"] as const;

export type HuntEngine = (typeof huntEngines)[number];

/** Connects to a database. `table`: what files that DuckDB reads in place are called. Throws `SqlOffline` and `SqlRefusal`. */
export async function openConnection(
  engine: HuntEngine,
  url: string,
  table: string,
  options: ConnectionOptions = {},
): Promise<SqlConnection> {
  switch (engine) {
    case "clickhouse":
      return openClickHouse(checked(url, ["http:", "https:"], "http://user:password@host:8123/database"), options);
    case "postgres":
      return openPostgres(
        checked(url, ["postgres:", "postgresql:"], "postgres://user:password@host:5432/database"),
        options,
      );
    case "duckdb":
      return openDuckDb(url, table, options);
    default:
      return engine satisfies never;
  }
}

function checked(url: string, schemes: readonly string[], example: string): string {
  if (URL.canParse(url) && schemes.includes(new URL(url).protocol)) return url;
  throw new SqlRefusal(`The address is not understood. It looks like ${example}.`);
}
