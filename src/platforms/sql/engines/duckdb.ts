import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { type ColumnType, type Engine, jsonLines, quoted } from "./engine.ts";

/** DuckDB in this process, in memory. */
export async function openDuckDb(): Promise<Engine> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  const rows = async (query: string): Promise<readonly (readonly unknown[])[]> =>
    (await connection.runAndReadAll(query)).getRows();
  const [version] = (await rows("SELECT version()"))[0] ?? [];
  let open = true;
  return {
    title: `DuckDB ${String(version).replace(/^v/u, "")}`,
    url: null,
    execute: async (statement) => {
      await rows(statement);
    },
    load: async (table) => {
      const columns = Object.entries(table.columns).map(([name, type]) => [name, columnType(type)] as const);
      const definitions = columns.map(([name, type]) => `${quoted(name)} ${type}`);
      await rows(`CREATE TABLE ${quoted(table.name)} (${definitions.join(", ")})`);
      const folder = await mkdtemp(join(tmpdir(), "detectionary-duckdb-"));
      try {
        const file = join(folder, "rows.json");
        writeFileSync(
          file,
          jsonLines(table, (event) => event),
        );
        const types = columns.map(([name, type]) => `${text(name)}: ${text(type)}`);
        await rows(
          `INSERT INTO ${quoted(table.name)} SELECT * FROM read_json(${text(file)}, format = 'newline_delimited', columns = {${types.join(", ")}}, maximum_object_size = 268435456) ORDER BY 1`,
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    select: async (query) => (await rows(query)).map(([id]) => String(id)).sort(),
    stop: async () => {
      if (!open) return;
      open = false;
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function columnType(type: ColumnType): string {
  switch (type) {
    case "integer":
      return "BIGINT";
    case "number":
      return "DOUBLE";
    case "text":
      return "VARCHAR";
    case "texts":
      return "VARCHAR[]";
    case "time":
      return "TIMESTAMP";
    case "json":
      return "JSON";
    default:
      return type satisfies never;
  }
}
