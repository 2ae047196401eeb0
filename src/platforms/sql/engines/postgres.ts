import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type ColumnType, type Engine, type EventTable, jsonLines, quoted } from "./engine.ts";
import { connectPostgres, type PostgresConnection } from "./postgres-connection.ts";
import { findProgram, postgresFolders } from "./programs.ts";
import { freePorts, serverFolder, serverUser, startServer, waitUntilUp } from "./server-process.ts";

/** Why there is no PostgreSQL to run on; null where there is one. */
export function postgresMissing(): string | null {
  const folders = postgresFolders();
  const missing = ["initdb", "postgres"].filter((name) => findProgram(name, folders) === null);
  return missing.length === 0 ? null : `${missing.join(" and ")} of PostgreSQL are not installed`;
}

const superuser = "tests";

/** Queries that run at the same time. */
const connectionCount = 2;

/** A PostgreSQL server with a new cluster in a temporary folder. */
interface PostgresServer {
  readonly port: number;
  readonly version: string;
  query(text: string): Promise<readonly (readonly (string | null)[])[]>;
  stop(): Promise<void>;
}

async function startServerOfPostgres(): Promise<PostgresServer> {
  const [initdb, postgres] = ["initdb", "postgres"].map((name) => findProgram(name, postgresFolders()));
  if (initdb == null || postgres == null) throw new Error(postgresMissing() ?? "");
  const folder = serverFolder("postgres");
  const data = join(folder, "data");
  const [port = 0] = await freePorts(1);
  execFileSync(
    initdb,
    ["-D", data, "-U", superuser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
    { ...serverUser(), cwd: folder, stdio: "pipe" },
  );
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    // Nothing here has to outlive the process.
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_wal_size=4GB",
    "autovacuum=off",
    // Costs a second for a query of many parts, and gains nothing on a few rows.
    "jit=off",
  ];
  // QUIT is the signal for "at once".
  const server = startServer([postgres, "-D", data, ...settings.flatMap((one) => ["-c", one])], {
    folder,
    signal: "QUIT",
  });
  const connections: PostgresConnection[] = [];
  const stop = async (): Promise<void> => {
    for (const connection of connections) connection.close();
    await server.stop();
  };
  try {
    await waitUntilUp("PostgreSQL", server, async () => {
      const connection = await connectPostgres(port, superuser).catch(() => null);
      if (connection !== null) connections.push(connection);
      return connection !== null;
    });
    while (connections.length < connectionCount) connections.push(await connectPostgres(port, superuser));
    let turn = 0;
    const query = (text: string): Promise<readonly (readonly (string | null)[])[]> => {
      turn = (turn + 1) % connections.length;
      const connection = connections[turn];
      if (connection === undefined) throw new Error("No connection.");
      return connection.query(text);
    };
    const [[version] = []] = await query("SHOW server_version");
    return { port, version: version?.split(" ")[0] ?? "", query, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One server. */
export async function startPostgres(): Promise<Engine> {
  const server = await startServerOfPostgres();
  return { title: `PostgreSQL ${server.version}`, ...engineOn(server) };
}

function engineOn({ port, query, stop }: PostgresServer): Omit<Engine, "title"> {
  return {
    url: `postgres://${superuser}@127.0.0.1:${port}/postgres`,
    execute: async (statement) => {
      await query(statement);
    },
    load: async (table) => {
      for (const statement of loading(table)) await query(statement);
    },
    select: async (text) => (await query(text)).map(([id]) => String(id)).sort(),
    stop,
  };
}

const serverCount = 3;

/** Servers of which the first is asked; its foreign servers `shard_1`, `shard_2` … are the others. */
export interface PostgresCluster extends Engine {
  /** Runs a statement on one of the others, from 1. */
  executeOn(shard: number, statement: string): Promise<void>;
}

/** Three servers, each with a cluster of its own. */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const servers: PostgresServer[] = [];
  const stop = async (): Promise<void> => {
    for (const server of servers) await server.stop();
  };
  try {
    while (servers.length < serverCount) servers.push(await startServerOfPostgres());
    const [first, ...others] = servers;
    if (first === undefined) throw new Error("No server.");
    await first.query("CREATE EXTENSION postgres_fdw");
    for (const [index, { port }] of others.entries()) {
      const name = `shard_${index + 1}`;
      await first.query(
        `CREATE SERVER ${name} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '${port}', dbname 'postgres', async_capable 'true')`,
      );
      await first.query(`CREATE USER MAPPING FOR ${superuser} SERVER ${name} OPTIONS (user '${superuser}')`);
    }
    return {
      ...engineOn(first),
      title: `PostgreSQL ${first.version} on ${serverCount} servers`,
      executeOn: async (shard, statement) => {
        await servers[shard]?.query(statement);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Rows in one statement: a text has to stay below 1 GB, and the server reads it whole. */
const rowsAtOnce = 2000;

function loading(table: EventTable): readonly string[] {
  const columns = Object.entries(table.columns);
  const name = quoted(table.name);
  const definitions = columns.map(([column, type]) => `${quoted(column)} ${columnType(type)}`);
  const statements = [`CREATE TABLE ${name} (${definitions.join(", ")})`];
  for (let from = 0; from < table.rows.length; from += rowsAtOnce) {
    const rows = jsonLines({ ...table, rows: table.rows.slice(from, from + rowsAtOnce) }, (event) => event);
    const text = `[${rows.replaceAll("\n", ",")}]`.replaceAll("'", "''");
    statements.push(`INSERT INTO ${name} SELECT * FROM jsonb_populate_recordset(NULL::${name}, '${text}')`);
  }
  const [key] = columns[0] ?? [""];
  return [...statements, `CREATE INDEX ON ${name} (${quoted(key)})`, `ANALYZE ${name} (${quoted(key)})`];
}

function columnType(type: ColumnType): string {
  switch (type) {
    case "integer":
      return "bigint";
    case "number":
      return "double precision";
    case "text":
      return "text";
    case "texts":
      return "text[]";
    case "time":
      return "timestamp";
    case "json":
      return "jsonb";
    default:
      return type satisfies never;
  }
}
