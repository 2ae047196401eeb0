import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AttackKnowledge } from "../../rule/attack.ts";
import { readEmbeddedAttack } from "../attack/index.ts";
import type { CorpusItem, CorpusReader } from "../corpus.ts";
import { listFiles, readTextFile } from "../files.ts";
import { readSigmaFile } from "../sigma/index.ts";

/** What the project ships; stands beside both `src/` and `dist/`. */
export const contentFolder = join(import.meta.dirname, "../../../content");

const id = "detectionary";

/** Our own rules, in Sigma format below `rules/`. */
export const contentReader: CorpusReader = {
  id,
  name: "Detectionary",
  repository: "",
  fileUrl: (_commit, path) => path,
  licence: "Apache-2.0",
  read: (folder) => {
    const paths = listFiles(folder, "rules", [".yml"]);
    return { files: paths.length, environment: {}, items: items(folder, paths) };
  },
};

function* items(folder: string, paths: readonly string[]): Generator<CorpusItem> {
  for (const path of paths) {
    const file = readTextFile(folder, path);
    if (file.type === "failure") yield file;
    else for (const item of readSigmaFile(path, file.text)) yield ours(item);
  }
}

function ours(item: CorpusItem): CorpusItem {
  return item.type === "rule" ? { type: "rule", rule: { ...item.rule, corpus: id } } : item;
}

/** The skeleton of ATT&CK that stands in for a corpus of its own. */
export function embeddedAttack(): AttackKnowledge {
  return readEmbeddedAttack(readFileSync(join(contentFolder, "attack", "enterprise.json"), "utf8"));
}
