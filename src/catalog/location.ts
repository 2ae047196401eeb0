import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildCatalog } from "./build.ts";
import { type Database, openReadOnly } from "./database.ts";
import { catalogFormat, packageVersion } from "./format.ts";
import { readMeta } from "./meta.ts";
import { CatalogRefusal } from "./refusal.ts";

/** Where the catalog stands unless a command says otherwise: `DETECTIONARY_CATALOG`, or `.detectionary/` here. */
export function defaultCatalogFile(): string {
  return resolve(process.env.DETECTIONARY_CATALOG || join(".detectionary", "catalog.sqlite"));
}

/**
 * Makes sure that a catalog of this version stands at `file`: where there is none, or one that an older version built
 * from its own content alone, the embedded content is built. A catalog of an older format that was built from corpora
 * is left alone and refused, since only its owner can build it again. `say` hears of any work.
 */
export async function ensureCatalog(file: string, say: (text: string) => void = () => {}): Promise<void> {
  const state = existsSync(file) ? stateOf(file) : "missing";
  if (state === "current") return;
  if (state === "foreign")
    throw new CatalogRefusal(`${file} is not a catalog of this version: run "detectionary build" to make it anew.`);
  say(
    state === "missing"
      ? "No catalog yet: building the embedded rules."
      : "The embedded rules changed: building them anew.",
  );
  // Packages need to know what becomes of our own rules on each platform, which takes a second or two.
  await buildCatalog({ out: file, translations: true });
}

/** Opens what `ensureCatalog` made sure of. */
export async function openCatalog(file: string, say?: (text: string) => void): Promise<Database> {
  await ensureCatalog(file, say);
  return openReadOnly(file);
}

function stateOf(file: string): "current" | "stale" | "foreign" {
  const meta = readMeta(file);
  const embedded = meta?.get("embedded_only") === "1";
  if (meta?.get("format") === catalogFormat() && (!embedded || meta.get("version") === packageVersion()))
    return "current";
  return embedded ? "stale" : "foreign";
}
