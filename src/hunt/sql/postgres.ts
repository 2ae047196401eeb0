import type { Client } from "pg";
import {
  type ConnectionOptions,
  type SqlConnection,
  SqlOffline,
  SqlRefusal,
  type SqlRow,
  withoutSecrets,
} from "./connection.ts";
import { tableName } from "./scan-table.ts";
import { scanWords } from "./scan-words.ts";

const words = scanWords.postgresql;

/** Rows that come at a time; no more of a result is in memory. */
const rowsAtOnce = 1000;

const connectWithin = 15_000;

/**
 * PostgreSQL, and what speaks its protocol: `postgres://user:password@host:5432/database?sslmode=verify-full`.
 * Reads in transactions that are told to write nothing.
 */
export async function openPostgres(url: string, options: ConnectionOptions): Promise<SqlConnection> {
  const { signal, timeout, write = false } = options;
  const shown = withoutSecrets(url);
  const open = async (): Promise<Client> => {
    const { Client: PgClient } = await import("pg");
    const client = new PgClient({
      connectionString: url,
      application_name: "detectionary",
      connectionTimeoutMillis: connectWithin,
      ...(timeout === undefined ? {} : { statement_timeout: Math.ceil(timeout * 1000) }),
    });
    // A server that goes away is told to whoever waits for its answer.
    client.on("error", () => {});
    try {
      await client.connect();
    } catch (error) {
      await client.end().catch(() => {});
      throw faultOf(error, shown);
    }
    return client;
  };
  const client = await open();
  const ask = async (text: string): Promise<readonly SqlRow[]> => {
    signal?.throwIfAborted();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } catch (error) {
      signal?.throwIfAborted();
      throw faultOf(error, shown);
    }
  };
  const cancel = (): void => {
    // The server goes on with a query whose client is gone until it has something to say.
    void cancelOf(open, backendOf(client));
  };
  signal?.addEventListener("abort", cancel, { once: true });
  const [version] = await ask("SHOW server_version");
  // Compiling a query of many parts takes longer than running it.
  await ask("SET jit = off");
  await ask("SET standard_conforming_strings = on");
  if (!write) await ask("SET default_transaction_read_only = on");
  return {
    title: `PostgreSQL ${String(version?.server_version).split(" ")[0]}`,
    words,
    columns: async (table) => {
      const rows = await ask(
        `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = to_regclass(${words.engine.text(tableName(words, table))}) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
      );
      return rows.length === 0 ? null : new Map(rows.map((one) => [String(one.name), String(one.type)]));
    },
    select: (query) => inPieces(ask, query),
    execute: async (statement) => {
      await ask(statement);
    },
    insert: async (table, columns, rows) => {
      const names = columns.map(words.engine.name).join(", ");
      const places = columns.map((one) => `${words.engine.name(one)} text`).join(", ");
      const values = columns.map((one) => `CAST(${words.engine.name(one)} AS ${typeOf(one)})`).join(", ");
      signal?.throwIfAborted();
      try {
        await client.query(
          `INSERT INTO ${tableName(words, table)} (${names}) SELECT ${values} FROM json_to_recordset($1::json) AS rows(${places})`,
          [JSON.stringify(rows)],
        );
      } catch (error) {
        throw faultOf(error, shown);
      }
    },
    done: async () => null,
    close: async () => {
      signal?.removeEventListener("abort", cancel);
      await client.end().catch(() => {});
    },
  };
}

function typeOf(column: string): string {
  const types: Readonly<Record<string, string>> = words.eventsColumns;
  return types[column] ?? "text";
}

/** A cursor of the server, so that a result of any size takes no memory. */
async function* inPieces(
  ask: (text: string) => Promise<readonly SqlRow[]>,
  query: string,
): AsyncGenerator<readonly SqlRow[]> {
  await ask("BEGIN READ ONLY");
  try {
    await ask(`DECLARE scan NO SCROLL CURSOR FOR ${query}`);
    for (;;) {
      const rows = await ask(`FETCH ${rowsAtOnce} FROM scan`);
      if (rows.length > 0) yield rows;
      if (rows.length < rowsAtOnce) break;
    }
  } finally {
    await ask("ROLLBACK").catch(() => {});
  }
}

/** Number of the server's process, which pg has without saying so in its types. */
function backendOf(client: Client): number | null {
  const number: unknown = "processID" in client ? client.processID : null;
  return typeof number === "number" ? number : null;
}

async function cancelOf(open: () => Promise<Client>, backend: number | null): Promise<void> {
  if (backend === null) return;
  try {
    const other = await open();
    await other.query("SELECT pg_cancel_backend($1)", [backend]);
    await other.end();
  } catch {
    // Nothing is lost: the server ends the query when it next speaks to its client.
  }
}

const hints: readonly (readonly [RegExp, string])[] = [
  [/^28/u, "Put user and password into the address: postgres://user:password@host:5432/database"],
  [/^3D000/u, "Name the database in the address: postgres://user@host:5432/database"],
  [/^42P01/u, "Name the table by --table, with its schema if it is in another than public: --table siem.events"],
  [/^57014/u, "Ask for a shorter time by --since and --until, or allow more by --timeout."],
  [/^42501/u, "The user may not do this; reading needs SELECT on the table alone."],
];

/** SQLSTATE: https://www.postgresql.org/docs/15/errcodes-appendix.html */
function faultOf(error: unknown, shown: string): Error {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why = error instanceof Error ? (error.message === "" ? code : error.message) : String(error);
  if (/^[0-9A-Z]{5}$/u.test(code) && !/^(?:08|57P0)/u.test(code)) {
    const detail = error instanceof Error && "detail" in error && error.detail ? ` (${String(error.detail)})` : "";
    const hint = hints.find(([sign]) => sign.test(code))?.[1] ?? null;
    return new SqlRefusal(`${code}: ${why}${detail}`, hint, hint === null);
  }
  return new SqlOffline(`PostgreSQL at ${shown} cannot be reached: ${why}`);
}
