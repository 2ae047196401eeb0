import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Environment } from "../languages/language.ts";
import { type DefinitionKind, readDefinitions } from "./splunk/definitions.ts";
import { lookupKind } from "./splunk/lookups.ts";
import { macroKind } from "./splunk/macros.ts";

export interface Surroundings {
  /** What the folders around a rule's file (an absolute path) supply to its query. */
  readonly of: (file: string) => Environment;
}

/** Folders that are looked through on the way up; Splunk's layout needs three. */
const maximumLevels = 8;

/**
 * For rules that are read one by one, outside of a corpus: the nearest folder above that has a `macros` or `lookups` folder
 * defines the SPL macros and lookups, as a checkout of Splunk's content does. Each folder is read once.
 */
export function openSurroundings(): Surroundings {
  const known = new Map<string, Environment>();
  const around = (folder: string, level: number): Environment => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const above = dirname(folder);
    const found = holds(folder, macroKind) || holds(folder, lookupKind) ? environmentOf(folder) : null;
    const environment = found ?? (level === 0 || above === folder ? {} : around(above, level - 1));
    known.set(folder, environment);
    return environment;
  };
  return { of: (file) => around(dirname(file), maximumLevels) };
}

function holds(folder: string, kind: DefinitionKind<unknown>): boolean {
  return kind.folders.some((under) => existsSync(join(folder, under)));
}

function environmentOf(folder: string): Environment {
  return {
    macros: readDefinitions(folder, macroKind).named,
    lookups: readDefinitions(folder, lookupKind).named,
  };
}
