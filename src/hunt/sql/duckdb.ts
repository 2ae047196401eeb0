import { existsSync } from "node:fs";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { type ConnectionOptions, type SqlConnection, SqlOffline, SqlRefusal, type SqlRow } from "./connection.ts";
import { viewOfFiles } from "./duckdb-files.ts";
import { tableName } from "./scan-table.ts";
import { scanWords } from "./scan-words.ts";

const words = scanWords.duckdb;

/**
 * DuckDB in this process: a database file (`events.duckdb`), or files that it reads where they are, as a table
 * (`logs/*.parquet`, `.ndjson`, `.csv`; see `duckdb-files.ts`).
 */
export async function openDuckDb(
  url: string,
  table: string,
  { signal, timeout, write = false }: ConnectionOptions,
): Promise<SqlConnection> {
  const path = url.replace(/^duckdb:(?:\/\/)?/u, "");
  const inPlace = !/\.(?:duckdb|ddb|db)$/iu.test(path) && path !== ":memory:";
  if (!inPlace && !write && path !== ":memory:" && !existsSync(path)) {
    throw new SqlOffline(`There is no database ${path}.`);
  }
  if (inPlace && write) throw new SqlRefusal(`${path} is no database file: load into one named *.duckdb.`);
  const { instance, connection } = await openInstance(inPlace ? ":memory:" : path, write);
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener("abort", interrupt, { once: true });
  const refused = (error: unknown): Error => {
    signal?.throwIfAborted();
    const text = error instanceof Error ? error.message : String(error);
    if (/^INTERRUPT/u.test(text)) {
      return new SqlRefusal(text, "Ask for a shorter time by --since and --until, or allow more by --timeout.");
    }
    return new SqlRefusal(text.replace(/\s+/gu, " ").slice(0, 1000), null, true);
  };
  const timed = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    signal?.throwIfAborted();
    const timer = timeout === undefined ? undefined : setTimeout(interrupt, timeout * 1000);
    try {
      return await work();
    } catch (error) {
      throw refused(error);
    } finally {
      clearTimeout(timer);
    }
  };
  const rows = (query: string): Promise<readonly SqlRow[]> =>
    timed(async () => (await connection.runAndReadAll(query)).getRowObjectsJson());
  const close = async (): Promise<void> => {
    signal?.removeEventListener("abort", interrupt);
    connection.closeSync();
    instance.closeSync();
  };
  try {
    if (inPlace) await rows(await viewOfFiles(path, table, rows));
  } catch (error) {
    await close();
    throw error;
  }
  // It would put what a name stands for in the place of each of its hundreds of uses.
  await rows("SET disabled_optimizers = 'filter_pushdown'");
  const [version] = await rows("SELECT version() AS version");
  return {
    title: `DuckDB ${String(version?.version).replace(/^v/u, "")}`,
    words,
    columns: async (name) => {
      try {
        const found = await rows(`DESCRIBE ${tableName(words, name)}`);
        return new Map(found.map((one) => [String(one.column_name), String(one.column_type)]));
      } catch (error) {
        if (error instanceof SqlRefusal && /^Catalog Error/u.test(error.message)) return null;
        throw error;
      }
    },
    select: async function* (query) {
      const result = await timed(() => connection.stream(query));
      const pieces = result.yieldRowObjectJson();
      for (;;) {
        const next = await timed(() => pieces.next());
        if (next.done === true) return;
        yield next.value;
      }
    },
    execute: async (statement) => {
      await rows(statement);
    },
    insert: async (name, columns, given) => {
      const names = columns.map(words.engine.name).join(", ");
      const types = Object.fromEntries(columns.map((one) => [one, "VARCHAR"]));
      const shape = words.engine.text(JSON.stringify([types]));
      await timed(() =>
        connection.run(
          `INSERT INTO ${tableName(words, name)} (${names}) SELECT ${columns
            .map((one) => `CAST(r.${words.engine.name(one)} AS ${typeOf(one)})`)
            .join(", ")} FROM (SELECT unnest(from_json($rows, ${shape})) AS r)`,
          { rows: JSON.stringify(given) },
        ),
      );
    },
    done: async () => {
      const { percentage } = connection.progress;
      return percentage < 0 ? null : percentage / 100;
    },
    close,
  };
}

function typeOf(column: string): string {
  const types: Readonly<Record<string, string>> = words.eventsColumns;
  return types[column] ?? "VARCHAR";
}

async function openInstance(
  path: string,
  write: boolean,
): Promise<{ readonly instance: DuckDBInstance; readonly connection: DuckDBConnection }> {
  const duckdb = await import("@duckdb/node-api").catch(() => {
    throw new SqlOffline(
      "DuckDB is not installed here: npm install @duckdb/node-api, which is an optional part of detectionary.",
    );
  });
  try {
    const mode = write || path === ":memory:" ? "READ_WRITE" : "READ_ONLY";
    const instance = await duckdb.DuckDBInstance.create(path, { access_mode: mode });
    return { instance, connection: await instance.connect() };
  } catch (error) {
    throw new SqlOffline(`DuckDB cannot open ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
