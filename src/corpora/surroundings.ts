import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Environment } from "../languages/language.ts";
import { listFiles } from "./files.ts";
import { readMacros } from "./splunk/macros.ts";

export interface Surroundings {
  /** What the folders around a rule's file (an absolute path) supply to its query. */
  readonly of: (file: string) => Environment;
}

/** Folders that are looked through on the way up; Splunk's layout needs three. */
const maximumLevels = 8;

/**
 * For rules that are read one by one, outside of a corpus: the `macros` folder of the nearest folder above that has one
 * defines the SPL macros, as in the checkout of Splunk's content. Each folder is read once.
 */
export function openSurroundings(): Surroundings {
  const known = new Map<string, Environment>();
  const around = (folder: string, level: number): Environment => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const above = dirname(folder);
    const found = existsSync(join(folder, "macros"))
      ? { macros: readMacros(folder, listFiles(folder, "macros", [".yml", ".yaml"])).macros }
      : level === 0 || above === folder
        ? {}
        : around(above, level - 1);
    known.set(folder, found);
    return found;
  };
  return { of: (file) => around(dirname(file), maximumLevels) };
}
