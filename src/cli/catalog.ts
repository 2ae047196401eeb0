import { resolve } from "node:path";
import type { Database } from "../catalog/database.ts";
import { defaultCatalogFile, openCatalog } from "../catalog/location.ts";
import type { Terminal } from "./terminal.ts";

export function catalogFile(options: { readonly catalog?: string }): string {
  return resolve(options.catalog ?? defaultCatalogFile());
}

/** Opens the catalog that the options name for as long as the work takes; makes the embedded one where there is none. */
export async function withCatalog<Result>(
  terminal: Terminal,
  options: { readonly catalog?: string },
  work: (database: Database) => Result,
): Promise<Result> {
  const database = await openCatalog(catalogFile(options), terminal.say);
  try {
    return work(database);
  } finally {
    database.close();
  }
}
