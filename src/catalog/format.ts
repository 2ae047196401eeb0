import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A digest of the schema: catalogs of the same format have the same tables. */
export function catalogFormat(): string {
  return createHash("sha256").update(readSql("schema.sql")).digest("hex").slice(0, 16);
}

/** One of the SQL files beside this module. */
export function readSql(name: "schema.sql" | "indexes.sql"): string {
  return readFileSync(join(import.meta.dirname, name), "utf8");
}

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
