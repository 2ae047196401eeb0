import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { clickHouseConfig, clickHouseUsers, type Shard } from "./clickhouse-config.ts";
import { type ColumnType, type Engine, type EventTable, jsonLines, quoted } from "./engine.ts";
import { findProgram } from "./programs.ts";
import { freePorts, type ServerProcess, serverFolder, startServer, waitUntilUp } from "./server-process.ts";

/** Why there is no ClickHouse to run on; null where there is one. */
export function clickHouseMissing(): string | null {
  return findProgram("clickhouse-server") === null ? "clickhouse-server is not installed" : null;
}

const shardCount = 3;

/**
 * ClickHouse servers of which each holds a share of the rows, taken at random, and a table over all of them, of which
 * the first server is asked. Debian's version is 18.16: the oldest that a translation must suit.
 */
export async function startClickHouse(): Promise<Engine> {
  const program = findProgram("clickhouse-server");
  if (program === null) throw new Error(clickHouseMissing() ?? "");
  const ports = await freePorts(shardCount * 3);
  const shards: readonly Shard[] = Array.from({ length: shardCount }, (_, index) => ({
    folder: serverFolder("clickhouse"),
    http: ports[index * 3] ?? 0,
    native: ports[index * 3 + 1] ?? 0,
    interserver: ports[index * 3 + 2] ?? 0,
  }));
  const servers: ServerProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  try {
    for (const shard of shards) {
      const config = join(shard.folder, "config.xml");
      writeFileSync(config, clickHouseConfig(shard, shards));
      writeFileSync(join(shard.folder, "users.xml"), clickHouseUsers);
      servers.push(startServer([program, `--config-file=${config}`], { folder: shard.folder, signal: "KILL" }));
    }
    for (const [index, server] of servers.entries()) {
      const port = shards[index]?.http ?? 0;
      await waitUntilUp("ClickHouse", server, async () => (await isAlive(port)) === true);
    }
    const first = shards[0]?.http ?? 0;
    const version = (await ask(first, "SELECT version()")).trim();
    return {
      title: `ClickHouse ${version} on ${shardCount} shards`,
      url: `http://127.0.0.1:${first}/`,
      execute: async (statement) => {
        // Every shard has the table of its rows; the one over all of them is asked for at the first.
        const everywhere = /ENGINE = (?!Distributed)/u.test(statement);
        for (const shard of everywhere ? shards : shards.slice(0, 1)) await ask(shard.http, statement);
      },
      load: async (table) => {
        for (const shard of shards) await ask(shard.http, createTable(table));
        await ask(first, `CREATE TABLE ${quoted(table.name)} AS ${localName(table)} ${distributed(table)}`);
        await insert(first, table);
      },
      select: async (query) => {
        const answer: { readonly data: readonly (readonly unknown[])[] } = JSON.parse(
          await ask(first, `${query}\nFORMAT JSONCompact`),
        );
        return answer.data.map(([id]) => String(id)).sort();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function isAlive(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/ping`)).ok;
  } catch {
    return false;
  }
}

async function ask(port: number, body: string, settings: Readonly<Record<string, string>> = {}): Promise<string> {
  const address = new URL(`http://127.0.0.1:${port}/`);
  for (const [name, value] of Object.entries(settings)) address.searchParams.set(name, value);
  const response = await fetch(address, { method: "POST", body });
  const text = await response.text();
  // An error after the first rows comes with status 200.
  if (!response.ok || /^Code: \d+, e\.displayText\(\)/mu.test(text))
    throw new Error(`${text.trim()}\n${body.slice(0, 1000)}`);
  return text;
}

function localName({ name }: EventTable): string {
  return quoted(`${name}_local`);
}

function createTable(table: EventTable): string {
  const columns = Object.entries(table.columns).map(
    ([name, type], index) => `${quoted(name)} ${columnType(type, index)}`,
  );
  const [key] = Object.keys(table.columns);
  return `CREATE TABLE ${localName(table)} (${columns.join(", ")}) ENGINE = MergeTree ORDER BY ${quoted(key ?? "")} SETTINGS index_granularity = 128`;
}

function columnType(type: ColumnType, index: number): string {
  switch (type) {
    case "integer":
      return index < 2 ? "Int64" : "Nullable(Int64)";
    case "number":
      return "Nullable(Float64)";
    case "text":
      return index < 2 ? "String" : "Nullable(String)";
    // An array can't be missing here: an empty one stands for it.
    case "texts":
      return "Array(String)";
    case "time":
      return "DateTime";
    case "json":
      return "String";
    default:
      return type satisfies never;
  }
}

function distributed(table: EventTable): string {
  return `ENGINE = Distributed(shards, default, ${localName(table)}, rand())`;
}

async function insert(port: number, table: EventTable): Promise<void> {
  const names = Object.keys(table.columns).map(quoted).join(", ");
  // The rows are on their shards when this returns.
  const settings = { insert_distributed_sync: "1" };
  await ask(
    port,
    `INSERT INTO ${quoted(table.name)} (${names}) FORMAT JSONEachRow\n${jsonLines(table, JSON.stringify)}`,
    settings,
  );
}
