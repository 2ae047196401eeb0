import type { LogBatch } from "../../matching/readers/log-format.ts";
import type { ViewReader } from "../../matching/view/layout.ts";
import type { Vocabulary } from "../../vocabulary/vocabulary.ts";
import { type SqlConnection, SqlRefusal, type TextRow } from "./connection.ts";
import { openEventRows } from "./event-row.ts";
import { tableName } from "./scan-table.ts";

export interface LoadReport {
  readonly events: number;
  /** An event has one for each kind of log that it is of. */
  readonly rows: number;
  /** Records that could not be read. */
  readonly damaged: number;
  /** Events without a time that could be read: rules that look at several events do not see them. */
  readonly timeless: number;
}

export interface LoadRequest {
  readonly connection: SqlConnection;
  readonly table: string;
  readonly vocabulary: Vocabulary;
  readonly view: ViewReader;
  readonly logs: AsyncIterable<{ readonly file: string; readonly batch: LogBatch }>;
  readonly progress?: (events: number) => void;
}

/** Rows that go at a time, or fewer where they are long. */
const rowsAtOnce = 2000;
const textAtOnce = 4 * 1024 * 1024;

/** Fills a table with events, and makes it where there is none. An event is called by its file and record: `a.evtx#17`. */
export async function load(request: LoadRequest): Promise<LoadReport> {
  const { connection, table, progress = () => {} } = request;
  await makeTable(connection, table);
  const rowsOf = openEventRows(request.vocabulary, request.view);
  const done = { events: 0, rows: 0, damaged: 0, timeless: 0 };
  let waiting: TextRow[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await connection.insert(table, columns, waiting);
    waiting = [];
    size = 0;
  };
  for await (const { file, batch } of request.logs) {
    done.damaged += batch.faults.filter((one) => one.code !== "file-skipped").length;
    for (const { number, data } of batch.records) {
      const { rows, timed } = rowsOf(`${file}#${number}`, data);
      done.events++;
      done.rows += rows.length;
      if (!timed) done.timeless++;
      waiting.push(...rows);
      size += (rows[0]?.event?.length ?? 0) * rows.length;
      if (waiting.length >= rowsAtOnce || size >= textAtOnce) await flush();
    }
    progress(done.events);
  }
  await flush();
  return done;
}

const columns = ["event.id", "@timestamp", "log_source", "event"] as const;

async function makeTable(connection: SqlConnection, table: string): Promise<void> {
  const known = await connection.columns(table);
  if (known === null) {
    for (const statement of tableStatements(connection, table)) await connection.execute(statement);
    return;
  }
  const missing = columns.filter((one) => !known.has(one));
  if (missing.length > 0) {
    throw new SqlRefusal(
      `The table ${table} has no column ${missing.join(", ")}: events are loaded into ${columns.join(", ")}.`,
      "Name another table by --table; it is made where there is none.",
    );
  }
}

function tableStatements({ words }: SqlConnection, table: string): readonly string[] {
  const { engine, eventsColumns } = words;
  const name = tableName(words, table);
  const own = columns.map((one) => `${engine.name(one)} ${eventsColumns[one]}`).join(", ");
  const key = `(${engine.name("log_source")}, ${engine.name("@timestamp")})`;
  switch (engine.id) {
    case "clickhouse":
    case "clickhouse-old":
      return [`CREATE TABLE ${name} (${own}) ENGINE = MergeTree ORDER BY ${key}`];
    case "postgresql":
      return [`CREATE TABLE ${name} (${own})`, `CREATE INDEX ON ${name} ${key}`];
    default:
      return [`CREATE TABLE ${name} (${own})`];
  }
}
