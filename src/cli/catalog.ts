import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Database } from "../catalog/database.ts";
import { defaultCatalogFile, openCatalog } from "../catalog/location.ts";
import { exitCodes, Stop } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

export function catalogFile(options: { readonly catalog?: string }): string {
  return resolve(options.catalog ?? defaultCatalogFile());
}

/**
 * Opens the catalog for as long as the work takes. One that the options name must be there; where the usual one is not,
 * it is made of the embedded rules.
 */
export async function withCatalog<Result>(
  terminal: Terminal,
  options: { readonly catalog?: string },
  work: (database: Database) => Result,
): Promise<Result> {
  const file = catalogFile(options);
  if (options.catalog !== undefined && !existsSync(file)) {
    const way = `Make it with: detectionary build --out ${options.catalog}`;
    throw new Stop(`There is no catalog ${options.catalog}. ${way}`, exitCodes.inputHasErrors);
  }
  const database = await openCatalog(file, terminal.say);
  try {
    return work(database);
  } finally {
    database.close();
  }
}
