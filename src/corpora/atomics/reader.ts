import { readYaml } from "../../kit/yaml.ts";
import type { EmulationItem, EmulationSource } from "../emulation-source.ts";
import { listFiles, readTextFile } from "../files.ts";
import { githubFile } from "../github.ts";
import { failureOf, yamlObject } from "../yaml-object.ts";
import { readTests } from "./tests.ts";

const repository = "https://github.com/redcanaryco/atomic-red-team";

const codes = { notAMap: "atomics/not-a-technique", moreDocuments: "atomics/more-documents" };

/** Atomic Red Team: one file a technique, below `atomics/<id>/<id>.yaml`. */
export const atomicsSource: EmulationSource = {
  id: "atomics",
  name: "Atomic Red Team",
  repository,
  fileUrl: githubFile(repository),
  licence: "MIT",
  read: (folder) => {
    const paths = listFiles(folder, "atomics", [".yaml", ".yml"]).filter(isTechnique);
    return { files: paths.length, items: { [Symbol.iterator]: () => readAtomics(folder, paths) } };
  },
};

/** Payloads and indexes are YAML, too; a technique's file is called as its folder. */
function isTechnique(path: string): boolean {
  const [, folder, name] = /^atomics\/([^/]+)\/([^/]+)\.ya?ml$/i.exec(path) ?? [];
  return folder !== undefined && folder === name && /^T\d{4}/.test(folder);
}

function* readAtomics(folder: string, paths: readonly string[]): Generator<EmulationItem> {
  const seen = new Set<string>();
  for (const path of paths) {
    const file = readTextFile(folder, path);
    if (file.type === "failure") {
      yield file;
      continue;
    }
    for (const item of readAtomicsFile(path, file.text)) {
      if (item.type === "test" && seen.has(item.test.guid)) {
        const message = `Another test has the GUID ${item.test.guid}; this one is left out.`;
        yield { type: "failure", failure: { path, line: 1, code: "atomics/duplicate-guid", message } };
        continue;
      }
      if (item.type === "test") seen.add(item.test.guid);
      yield item;
    }
  }
}

/** The tests of one file, and what of it could not be read. */
export function readAtomicsFile(path: string, text: string): readonly EmulationItem[] {
  const reading = readYaml(text);
  const object = yamlObject(path, text, { ...reading, text }, codes);
  if (object.type === "failure") return [object];
  const faults = object.diagnostics.map(
    (one): EmulationItem => ({ type: "failure", failure: failureOf(path, text, one) }),
  );
  return [...faults, ...readTests(path, text, object)];
}
