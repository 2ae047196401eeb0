import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testEngines } from "../../platforms/sql/engines/index.ts";
import type { ConnectionOptions, SqlConnection } from "./connection.ts";
import { SqlRefusal } from "./connection.ts";
import { type HuntEngine, openConnection } from "./open-connection.ts";

/** Of each database, a query that does not end in the time that a test has. */
const endless: Readonly<Record<string, readonly [HuntEngine, string]>> = {
  ClickHouse: ["clickhouse", "SELECT count() AS n FROM system.numbers"],
  PostgreSQL: ["postgres", "SELECT count(*) AS n FROM generate_series(1, 1000000000000)"],
  DuckDB: [
    "duckdb",
    "SELECT count(*) AS n FROM range(100000000) AS a(i), range(100000000) AS b(j) WHERE (a.i * b.j) % 7 = 3",
  ],
};

for (const { name, missing, start } of testEngines) {
  const [engine = "duckdb", query = ""] = endless[name] ?? [];
  describe.skipIf(missing !== null)(missing === null ? name : `${name}: skipped, ${missing}`, () => {
    let url = "";
    let stop: () => Promise<void> = async () => {};

    beforeAll(async () => {
      const server = await start();
      const folder = mkdtempSync(join(tmpdir(), "detectionary-connections-"));
      url = server.url ?? join(folder, "a.duckdb");
      stop = async () => {
        await server.stop();
        rmSync(folder, { recursive: true });
      };
      if (server.url === null) await (await openConnection(engine, url, "events", { write: true })).close();
    }, 60_000);

    afterAll(() => stop());

    const within = async (options: ConnectionOptions, work: (one: SqlConnection) => Promise<void>): Promise<void> => {
      const connection = await openConnection(engine, url, "events", options);
      try {
        await work(connection);
      } finally {
        await connection.close();
      }
    };
    const all = async (connection: SqlConnection, text: string): Promise<readonly unknown[]> => {
      const found: unknown[] = [];
      for await (const rows of connection.select(text)) found.push(...rows);
      return found;
    };

    test("says what it is, and reads", async () => {
      await within({}, async (connection) => {
        expect(connection.title).toMatch(new RegExp(`^${name} \\d+\\.\\d+`, "u"));
        expect(await all(connection, `SELECT 'x' AS "a.b"`)).toEqual([{ "a.b": "x" }]);
        expect(await connection.columns("nothing")).toBeNull();
        expect(await connection.columns(`no"thing'; --`)).toBeNull();
        await expect(all(connection, "SELECT nothing_like_this(1)")).rejects.toThrow(/nothing_like_this/u);
        expect(await all(connection, "SELECT 'y' AS a")).toEqual([{ a: "y" }]);
      });
    });

    test("writes nothing that it was not opened for", async () => {
      const type = engine === "clickhouse" ? "x String) ENGINE = Memory" : "x VARCHAR)";
      await within({}, async (connection) => {
        await expect(connection.execute(`CREATE TABLE made (${type}`)).rejects.toThrow(SqlRefusal);
        expect(await connection.columns("made")).toBeNull();
      });
    });

    test("gives a query up after its time", { timeout: 30_000 }, async () => {
      await within({ timeout: 1 }, async (connection) => {
        const error = await all(connection, query).catch((one: unknown) => one);
        expect(error).toBeInstanceOf(SqlRefusal);
        expect(error).toMatchObject({ hint: expect.stringContaining("--since"), ofQuery: false });
      });
    });

    test("ends a query that is interrupted", { timeout: 30_000 }, async () => {
      const controller = new AbortController();
      await within({ signal: controller.signal }, async (connection) => {
        setTimeout(() => controller.abort(), 300);
        await expect(all(connection, query)).rejects.toThrow();
      });
    });
  });
}
