import type { CorpusItem, CorpusReader } from "../corpus.ts";
import { readTextFile } from "../files.ts";
import { githubFile } from "../github.ts";
import { chooseFiles, versionInName } from "./choose.ts";
import { knowledgeOf, withoutAttackId } from "./knowledge.ts";
import { readStixFile } from "./read-json.ts";
import { openStix, type StixObjects } from "./stix.ts";

const repository = "https://github.com/mitre/cti";

/** The bundle of Enterprise ATT&CK 18.1 has 33 MB. */
const maximumBundleBytes = 128 * 1024 * 1024;

/** MITRE ATT&CK for Enterprise, from a STIX 2 bundle or from a folder with one object a file. */
export const attackReader: CorpusReader = {
  id: "attack",
  name: "MITRE ATT&CK",
  repository,
  fileUrl: githubFile(repository),
  licence: "LicenseRef-MITRE-ATTACK",
  read: (folder) => {
    const paths = chooseFiles(folder);
    return {
      files: paths.length,
      environment: {},
      items: { [Symbol.iterator]: () => readAttack(folder, paths) },
    };
  },
};

function* readAttack(folder: string, paths: readonly string[]): Generator<CorpusItem> {
  const failures: CorpusItem[] = [];
  const stix = openStix(objectsOf(folder, paths, failures));
  yield* failures;
  if (stix.ofType("attack-pattern").length === 0) return;
  yield* leftOut(stix, paths[0] ?? "");
  const [only] = paths;
  yield { type: "attack", attack: knowledgeOf(stix, only === undefined ? null : versionInName(only)) };
}

/** Parses one file after the other, so that of each only the objects stay. */
function* objectsOf(folder: string, paths: readonly string[], failures: CorpusItem[]): Generator<unknown> {
  for (const path of paths) {
    const file = readTextFile(folder, path, maximumBundleBytes);
    const objects = file.type === "failure" ? file : readStixFile(path, file.text);
    if (objects.type === "failure") failures.push(objects);
    else yield* objects.objects;
  }
}

function* leftOut(stix: StixObjects, path: string): Generator<CorpusItem> {
  for (const id of withoutAttackId(stix)) {
    const message = `The object ${id} has no ATT&CK id and is left out.`;
    yield { type: "failure", failure: { path, line: 1, code: "attack/no-id", message } };
  }
  for (const id of stix.doubles) {
    const message = `Another object has the ATT&CK id of ${id}, which is left out.`;
    yield { type: "failure", failure: { path, line: 1, code: "attack/duplicate-id", message } };
  }
}
