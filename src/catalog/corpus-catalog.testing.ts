import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { inject } from "vitest";
import { corpusFolder } from "../corpora/testing.ts";
import { buildCatalog } from "./build.ts";
import type { BuildReport } from "./report.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly corpusCatalog: string;
  }
}

/** Milliseconds between two looks at whether the other process is done. */
const look = 250;

/**
 * Of all public corpora, with translations and proof: built once a run of the tests, by the process that asks first. It is
 * read only; whoever wants to change it builds its own.
 */
export async function corpusCatalog(): Promise<BuildReport> {
  const folder = inject("corpusCatalog");
  const told = join(folder, "report.json");
  if (isFirst(folder)) {
    const report = await buildOnce(folder);
    writeFileSync(`${told}.part`, JSON.stringify(report));
    renameSync(`${told}.part`, told);
  }
  while (!existsSync(told)) {
    if (existsSync(join(folder, "failed"))) throw new Error("The process that builds the catalog failed.");
    await pause(look);
  }
  return JSON.parse(readFileSync(told, "utf8"));
}

/** Only one process can make the folder. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(join(folder, "building"));
    return true;
  } catch {
    return false;
  }
}

async function buildOnce(folder: string): Promise<BuildReport> {
  try {
    const out = join(folder, "catalog.sqlite");
    return await buildCatalog({ out, corporaFolder: corpusFolder(""), translations: true, proof: true });
  } catch (error) {
    writeFileSync(join(folder, "failed"), "");
    throw error;
  }
}
