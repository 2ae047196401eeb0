import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

/** One open catalog. Statements are prepared once; every module of `queries/` asks through this. */
export interface Database {
  /** All rows; `Row` is what the caller's SQL selects, column by column. */
  readonly all: <Row>(sql: string, ...values: readonly SQLInputValue[]) => readonly Row[];
  readonly one: <Row>(sql: string, ...values: readonly SQLInputValue[]) => Row | null;
  readonly run: (sql: string, ...values: readonly SQLInputValue[]) => void;
  /** Several statements at once, without values. */
  readonly execute: (sql: string) => void;
  readonly close: () => void;
}

/** Opens read-only; throws when there is no catalog or it is not one. */
export function openReadOnly(file: string): Database {
  const database = wrap(new DatabaseSync(file, { readOnly: true }));
  database.execute("PRAGMA query_only = 1; PRAGMA mmap_size = 268435456; PRAGMA cache_size = -32768;");
  return database;
}

/** Makes a new file for one bulk write: nothing reads it before it is complete, so its journal need not survive a crash. */
export function createForBulk(file: string): Database {
  const database = wrap(new DatabaseSync(file));
  database.execute(
    "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
  );
  return database;
}

function wrap(connection: DatabaseSync): Database {
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const made = connection.prepare(sql);
    prepared.set(sql, made);
    return made;
  };
  return {
    all: <Row>(sql: string, ...values: readonly SQLInputValue[]) =>
      statement(sql).all(...values) as unknown as readonly Row[],
    one: <Row>(sql: string, ...values: readonly SQLInputValue[]) =>
      (statement(sql).get(...values) as unknown as Row | undefined) ?? null,
    run: (sql, ...values) => {
      statement(sql).run(...values);
    },
    execute: (sql) => connection.exec(sql),
    close: () => {
      prepared.clear();
      connection.close();
    },
  };
}
