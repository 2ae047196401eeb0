import { clickHouse, jsonKey, oldClickHouse } from "../../platforms/sql/clickhouse.ts";
import { duckDb } from "../../platforms/sql/duckdb.ts";
import type { SqlEngine } from "../../platforms/sql/engine.ts";
import { postgreSql } from "../../platforms/sql/postgresql.ts";

/** What a type of a column holds, as far as scans care. */
export type ColumnKind = "text" | "json" | "time" | "zoned-time" | "seconds" | "list" | "other";

export interface ScanBudget {
  readonly bytes: number;
  readonly tests: number;
}

/** What one database says in its own way where many conditions are asked in one scan. */
export interface ScanWords {
  readonly engine: SqlEngine;
  readonly kindOf: (type: string) => ColumnKind;
  /** Any value as text; NULL stays NULL. */
  readonly asText: (column: string) => string;
  /** A text that is missing. */
  readonly nothing: string;
  /** The numbers, from 1, of the conditions that hold. */
  readonly met: (conditions: readonly string[]) => string;
  /** Is the list not empty? */
  readonly some: (list: string) => string;
  /** May what a `SELECT` calls a result be asked for in its own `WHERE`? */
  readonly aliases: boolean;
  /** A time as milliseconds since 1970. */
  readonly milliseconds: (column: string, kind: ColumnKind) => string;
  /** A time to compare with a column of this kind; `iso` is UTC with milliseconds. */
  readonly time: (iso: string, kind: ColumnKind) => string;
  /**
   * May the value of a key of a JSON object be a list, which no test of a text is made for? Never false for one. `value`:
   * the text that tests get of it.
   */
  readonly mayBeList: (value: string, column: string, key: string) => string;
  /** What one query may come to. A scan of more conditions reads the rows fewer times, but is longer in the making. */
  readonly budget: ScanBudget;
  /** Columns of an events table with the events as JSON: name → type. */
  readonly eventsColumns: Readonly<Record<"event.id" | "@timestamp" | "log_source" | "event", string>>;
}

const clickHouseWords: ScanWords = {
  engine: clickHouse,
  kindOf: (type) => {
    const bare = type.replace(/^(?:Nullable|LowCardinality)\((.*)\)$/u, "$1").replace(/^Nullable\((.*)\)$/u, "$1");
    if (/^(?:String|FixedString|Enum)/u.test(bare)) return "text";
    if (/^DateTime64/u.test(bare)) return "time";
    if (/^DateTime/u.test(bare)) return "seconds";
    if (/^Array/u.test(bare)) return "list";
    return /^(?:JSON|Object)/u.test(bare) ? "json" : "other";
  },
  asText: (column) => `toString(${column})`,
  nothing: "CAST(NULL AS Nullable(String))",
  // A column may not stand in a lambda of a query over several shards, but numbers may.
  met: (conditions) =>
    `arrayFilter(n -> n > 0, [${conditions.map((one, at) => `if(ifNull((${one}), 0), ${at + 1}, 0)`).join(", ")}])`,
  some: (list) => `notEmpty(${list})`,
  aliases: true,
  milliseconds: (column, kind) =>
    kind === "seconds" ? `toUInt32(${column}) * 1000` : `toUnixTimestamp64Milli(${column})`,
  time: (iso, kind) => {
    if (kind === "seconds") return `toDateTime(${Math.floor(Date.parse(iso) / 1000)})`;
    return `fromUnixTimestamp64Milli(toInt64(${Date.parse(iso)}))`;
  },
  mayBeList: (_, column, key) => `JSONType(${column}, ${clickHouse.text(key)}) = 'Array'`,
  // It takes 256 KiB of a query as it comes.
  budget: { bytes: 160 * 1024, tests: 500 },
  eventsColumns: { "event.id": "String", "@timestamp": "DateTime64(3, 'UTC')", log_source: "String", event: "String" },
};

const oldClickHouseWords: ScanWords = {
  ...clickHouseWords,
  engine: oldClickHouse,
  mayBeList: (_, column, key) => `startsWith(visitParamExtractRaw(${column}, ${clickHouse.text(jsonKey(key))}), '[')`,
  // The time to read a query grows with the square of its length.
  budget: { bytes: 64 * 1024, tests: 100 },
  eventsColumns: { ...clickHouseWords.eventsColumns, "@timestamp": "DateTime" },
};

/** `IS NOT TRUE` says the same, but is not handed on to the servers of foreign tables. */
const scannedPostgres: SqlEngine = {
  ...postgreSql,
  not: (operand) => `CASE WHEN ${operand} THEN false ELSE true END`,
};

const postgresWords: ScanWords = {
  engine: scannedPostgres,
  kindOf: (type) => {
    if (/\[\]$/u.test(type)) return "list";
    if (/^(?:text|character|varchar|citext|name)/u.test(type)) return "text";
    if (/^json/u.test(type)) return "json";
    if (!/^timestamp/u.test(type)) return "other";
    return / with time zone$/u.test(type) ? "zoned-time" : "time";
  },
  asText: (column) => `CAST(${column} AS text)`,
  nothing: "CAST(NULL AS text)",
  met: (conditions) =>
    `array_remove(ARRAY[${conditions.map((one, at) => `CASE WHEN ${one} THEN ${at + 1} END`).join(", ")}]::integer[], NULL)`,
  some: (list) => `${list} <> '{}'`,
  aliases: false,
  milliseconds: (column) => `CAST(extract(epoch FROM ${column}) * 1000 AS bigint)`,
  time: (iso, kind) => `${kind === "zoned-time" ? "TIMESTAMPTZ" : "TIMESTAMP"} ${sqlTime(iso, kind)}`,
  mayBeList: (value) => beginsList(postgreSql, value),
  budget: { bytes: 512 * 1024, tests: 500 },
  eventsColumns: { "event.id": "text", "@timestamp": "timestamp with time zone", log_source: "text", event: "jsonb" },
};

const duckDbWords: ScanWords = {
  engine: duckDb,
  kindOf: (type) => {
    if (/\]$/u.test(type)) return "list";
    if (/^(?:VARCHAR|ENUM|UUID)/u.test(type)) return "text";
    if (type === "JSON") return "json";
    if (!/^TIMESTAMP/u.test(type)) return "other";
    return type === "TIMESTAMP WITH TIME ZONE" ? "zoned-time" : "time";
  },
  asText: (column) => `CAST(${column} AS VARCHAR)`,
  nothing: "CAST(NULL AS VARCHAR)",
  met: (conditions) =>
    `list_filter([${conditions.map((one, at) => `CASE WHEN ${one} THEN ${at + 1} END`).join(", ")}], lambda n: n IS NOT NULL)`,
  some: (list) => `len(${list}) > 0`,
  aliases: false,
  milliseconds: (column) => `epoch_ms(${column})`,
  time: (iso, kind) => `${kind === "zoned-time" ? "TIMESTAMPTZ" : "TIMESTAMP"} ${sqlTime(iso, kind)}`,
  mayBeList: (value) => beginsList(duckDb, value),
  budget: { bytes: 512 * 1024, tests: 500 },
  eventsColumns: { "event.id": "VARCHAR", "@timestamp": "TIMESTAMP", log_source: "VARCHAR", event: "JSON" },
};

export const scanWords = {
  clickhouse: clickHouseWords,
  "clickhouse-old": oldClickHouseWords,
  postgresql: postgresWords,
  duckdb: duckDbWords,
} as const satisfies Readonly<Record<string, ScanWords>>;

/** The text of a list is its JSON. */
function beginsList(engine: SqlEngine, value: string): string {
  return engine.holds("start", value, "[", false);
}

function sqlTime(iso: string, kind: ColumnKind): string {
  return `'${kind === "zoned-time" ? iso : iso.replace("T", " ").replace("Z", "")}'`;
}
