import { existsSync } from "node:fs";
import { type Database, openReadOnly } from "./database.ts";

/** What a catalog says of itself; null where there is none, or a file that is no catalog. */
export function readMeta(file: string): ReadonlyMap<string, string> | null {
  if (!existsSync(file)) return null;
  try {
    const database = openReadOnly(file);
    try {
      return new Map(
        database.all<{ key: string; value: string }>("SELECT key, value FROM meta").map((one) => [one.key, one.value]),
      );
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}

export function writeMeta(database: Database, key: string, value: string): void {
  database.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value);
}
