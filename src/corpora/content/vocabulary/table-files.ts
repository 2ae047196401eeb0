import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A YAML file of the vocabulary; `name` is its path in the project, as faults tell it. */
export interface TableFile {
  readonly name: string;
  readonly text: string;
}

/** The YAML files of one folder of the vocabulary, by name. */
export function tableFiles(home: string, folder: string): readonly TableFile[] {
  return readdirSync(join(home, folder))
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => ({
      name: `content/vocabulary/${folder}/${name}`,
      text: readFileSync(join(home, folder, name), "utf8"),
    }));
}

/** Throws where a table defines one thing twice, perhaps in two files. */
export function refuseTwice(what: string, ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const one of ids) {
    if (seen.has(one)) throw new Error(`content/vocabulary: the ${what} ${one} is defined twice.`);
    seen.add(one);
  }
}
