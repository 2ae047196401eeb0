import { existsSync } from "node:fs";
import { join } from "node:path";
import { chooseFiles } from "../src/corpora/attack/choose.ts";
import { listFiles } from "../src/corpora/files.ts";
import { attackReader, ruleReaders } from "../src/corpora/registry.ts";
import type { Environment } from "../src/languages/language.ts";
import type { RuleQuery } from "../src/rule/document.ts";

export interface Query {
  readonly query: RuleQuery;
  readonly environment: Environment;
}

export interface CorporaContents {
  /** Absolute paths of every file that a build reads. */
  readonly files: readonly string[];
  /** Language → the queries written in it. */
  readonly queries: ReadonlyMap<string, readonly Query[]>;
}

/** Folders of Splunk's layout that hold no rules, and are read with them. */
const around = ["macros", "lookups", "data_sources", "stories"];

/** What stands in a folder of corpora, found by the readers themselves; null where no corpus stands in it. */
export function readCorpora(folder: string): CorporaContents | null {
  const present = ruleReaders.filter((one) => existsSync(join(folder, one.id)));
  if (present.length === 0) return null;
  const files = new Set<string>();
  const queries = new Map<string, Query[]>();
  for (const reader of present) {
    const home = join(folder, reader.id);
    const { environment, items } = reader.read(home);
    for (const item of items) {
      if (item.type === "failure") files.add(join(home, item.failure.path));
      if (item.type !== "rule") continue;
      files.add(join(home, item.rule.path));
      for (const query of item.rule.queries) {
        const list = queries.get(query.language) ?? [];
        queries.set(query.language, list);
        list.push({ query, environment });
      }
    }
    for (const under of around) {
      for (const path of listFiles(home, under, [".yml", ".yaml"])) files.add(join(home, path));
    }
  }
  const attack = join(folder, attackReader.id);
  if (existsSync(attack)) for (const path of chooseFiles(attack)) files.add(join(attack, path));
  return { files: [...files], queries };
}
