import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AttackKnowledge } from "../../rule/attack.ts";
import { type AttackVersions, attackVersionsSchema, readEmbeddedAttack } from "../attack/index.ts";
import type { CorpusItem, CorpusReader } from "../corpus.ts";
import { listFiles } from "../files.ts";
import { readingOf } from "../reading.ts";
import { readSigmaFile } from "../sigma/index.ts";
import { ownCorpus, packagesFolder } from "./authored/index.ts";
import { readCheckedYaml } from "./checked-yaml.ts";
import { contentFolder } from "./folder.ts";

/** Our own rules, in Sigma format: those below `rules/`, and those of the packages. */
export const contentReader: CorpusReader = {
  id: ownCorpus,
  name: "Detectionary",
  repository: "",
  fileUrl: (_commit, path) => path,
  licence: "Apache-2.0",
  read: (folder) => {
    const paths = ["rules", packagesFolder].flatMap((under) => listFiles(folder, under, [".yml"]));
    return readingOf(folder, paths, (path, text) => readSigmaFile(path, text).map(ours));
  },
};

function ours(item: CorpusItem): CorpusItem {
  return item.type === "rule" ? { type: "rule", rule: { ...item.rule, corpus: ownCorpus } } : item;
}

/** The skeleton of ATT&CK that stands in for a corpus of its own. */
export function embeddedAttack(): AttackKnowledge {
  return readEmbeddedAttack(readFileSync(join(contentFolder, "attack", "enterprise.json"), "utf8"));
}

/** What ids of one version of ATT&CK are in another. Throws where the file is not as it must be: that is our fault. */
export function attackVersions(): AttackVersions {
  const text = readFileSync(join(contentFolder, "attack", "versions.yaml"), "utf8");
  return readCheckedYaml("content/attack/versions.yaml", text, attackVersionsSchema);
}
