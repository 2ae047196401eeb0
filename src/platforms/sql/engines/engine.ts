/** For tests: a database on this machine on which translated rules are run. */
export interface Engine {
  /** With its version, as a report names it: `ClickHouse 18.16.1 on 3 shards`. */
  readonly title: string;
  /** Under which a client reaches it; null for one in this process. */
  readonly url: string | null;
  /** Runs a statement that returns nothing. */
  execute(statement: string): Promise<void>;
  /** Makes a table, sorted by its first column, and fills it. */
  load(table: EventTable): Promise<void>;
  /** The first column of each row that a query returns, as text, sorted. Fails with the engine's own message. */
  select(query: string): Promise<readonly string[]>;
  /** Ends every process and removes every file; a second call does nothing. */
  stop(): Promise<void>;
}

export interface EventTable {
  readonly name: string;
  /** Name → type. Every column but the first two may be empty. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** What a row does not name is missing in it. */
  readonly rows: readonly EventRow[];
}

/** `time`: `2026-01-31 12:00:00`. `json`: the whole event in one column, as text or as the engine's own type. */
export type ColumnType = "integer" | "number" | "text" | "texts" | "time" | "json";

/** Values fit the type of their column; those of `json` are objects. */
export type EventRow = Readonly<Record<string, unknown>>;

/** A name in a query, in the quotes that all three engines share. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The rows as JSON, one on each line, without what is missing. */
export function jsonLines({ columns, rows }: EventTable, json: (event: unknown) => unknown): string {
  return rows
    .map((row) =>
      JSON.stringify(
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, columns[name] === "json" ? json(value) : value]),
        ),
      ),
    )
    .join("\n");
}
