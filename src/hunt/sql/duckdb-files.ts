import { SqlRefusal, type SqlRow } from "./connection.ts";
import { tableName } from "./scan-table.ts";
import { scanWords } from "./scan-words.ts";

const words = scanWords.duckdb;
const { name: quoted, text } = words.engine;

/** Ways to read a file in place, by the end of its name. */
const readers: readonly (readonly [RegExp, (path: string) => string])[] = [
  [/\.(?:parquet|pq)$/iu, (path) => `read_parquet(${text(path)}, union_by_name = true, filename = true)`],
  [
    /\.(?:ndjson|jsonl|json)(?:\.gz|\.zst)?$/iu,
    (path) => `read_json_objects(${text(path)}, filename = true, maximum_object_size = 67108864)`,
  ],
  [
    /\.(?:csv|tsv)(?:\.gz|\.zst)?$/iu,
    (path) => `read_csv(${text(path)}, all_varchar = true, union_by_name = true, filename = true)`,
  ],
];

/**
 * The statement that makes files the events table. Parquet and CSV: a column for each field, named by the ids of the
 * vocabulary (a column of structs gives its members, `process` with `command_line`), or a column `event` of JSON.
 * JSON: an object for each event, with the ids as keys. All of them: `log_source` and `@timestamp`; `event.id` where
 * there is one, else the file and the number of the row.
 */
export async function viewOfFiles(
  path: string,
  table: string,
  rows: (query: string) => Promise<readonly SqlRow[]>,
): Promise<string> {
  const reader = readers.find(([sign]) => sign.test(path));
  if (reader === undefined) {
    throw new SqlRefusal(
      `DuckDB reads *.parquet, *.ndjson, *.jsonl, *.json and *.csv in place, and databases named *.duckdb; ${path} is none of them.`,
    );
  }
  const from = reader[1](path);
  const columns = new Map(
    (await rows(`DESCRIBE SELECT * FROM ${from}`)).map((one) => [String(one.column_name), String(one.column_type)]),
  );
  const made = columns.has("json") && columns.size === 2 ? jsonColumns() : flatColumns(columns);
  return `CREATE VIEW ${tableName(words, table)} AS SELECT ${made.join(", ")} FROM ${from}`;
}

const rowId = `concat(filename, '#', row_number() OVER ())`;

function jsonColumns(): readonly string[] {
  const { jsonText } = words.engine;
  const value = (key: string): string => jsonText("json", key);
  return [
    `coalesce(${value("event.id")}, ${rowId}) AS ${quoted("event.id")}`,
    `${value("@timestamp")} AS ${quoted("@timestamp")}`,
    `${value("log_source")} AS log_source`,
    "json AS event",
  ];
}

function flatColumns(columns: ReadonlyMap<string, string>): readonly string[] {
  const made = new Map<string, string>();
  for (const [column, type] of columns) {
    if (column === "filename") continue;
    for (const [id, value] of membersOf(column, quoted(column), type)) {
      if (!made.has(id)) made.set(id, `${value} AS ${quoted(id)}`);
    }
  }
  if (!made.has("event.id")) made.set("event.id", `${rowId} AS ${quoted("event.id")}`);
  return [...made.values()];
}

/** The members of a struct by their paths, as far as they are no structs themselves. */
function membersOf(id: string, value: string, type: string): readonly (readonly [string, string])[] {
  const inner = /^STRUCT\((.*)\)$/su.exec(type)?.[1];
  if (inner === undefined) return [[id, value]];
  return partsOf(inner).flatMap((part) => {
    const found = /^(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/su.exec(part);
    if (found === null) return [];
    const [, inQuotes, plain, own = ""] = found;
    const member = inQuotes === undefined ? (plain ?? "") : inQuotes.replaceAll('""', '"');
    return membersOf(`${id}.${member}`, `struct_extract(${value}, ${text(member)})`, own);
  });
}

/** What commas divide, outside of quotes and parentheses. */
function partsOf(inner: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  let quote = false;
  for (let at = 0; at < inner.length; at++) {
    const char = inner[at];
    if (char === '"') quote = !quote;
    else if (quote) continue;
    else if (char === "(") depth++;
    else if (char === ")") depth--;
    else if (char === "," && depth === 0) {
      parts.push(inner.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, inner.slice(from).trim()];
}
