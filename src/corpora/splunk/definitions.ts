import type { ReadFailure } from "../corpus.ts";
import { listFiles, readTextFile } from "../files.ts";
import { textOf, type Untyped } from "../untyped.ts";
import { failureOf } from "../yaml-object.ts";
import { readYamlObject } from "./read-yaml.ts";

/** How the files of the collection end. */
export const yamlEndings = [".yml", ".yaml"];

/** One sort of named object that stands around the detections, one file each. */
export interface DefinitionKind<Definition> {
  /** Where its files stand in a checkout. */
  readonly folders: readonly string[];
  /** `data source`; in codes `splunk/not-a-data-source` and `splunk/duplicate-data-source`. */
  readonly noun: string;
  /** What a file must have to be one, in words. */
  readonly needs: string;
  /** Null where the map lacks what it needs. `name` is not empty. */
  readonly read: (name: string, value: Untyped, file: DefinitionFile) => NamedDefinition<Definition> | null;
}

export interface DefinitionFile {
  readonly folder: string;
  readonly path: string;
}

export interface NamedDefinition<Definition> {
  /** Under which it is found; mostly its name. */
  readonly key: string;
  readonly definition: Definition;
  /** Parts that could not be read, of a definition that is good without them. */
  readonly failures?: readonly ReadFailure[];
}

export interface Definitions<Definition> {
  readonly named: ReadonlyMap<string, Definition>;
  readonly failures: readonly ReadFailure[];
}

export function listDefinitions(folder: string, kind: DefinitionKind<unknown>): readonly string[] {
  return kind.folders.flatMap((under) => listFiles(folder, under, yamlEndings));
}

/** Reads the files of one sort. Of two with one name the first stays, and the second is a failure. */
export function readDefinitions<Definition>(
  folder: string,
  kind: DefinitionKind<Definition>,
  paths = listDefinitions(folder, kind),
): Definitions<Definition> {
  const code = kind.noun.replaceAll(" ", "-");
  const named = new Map<string, Definition>();
  const failures: ReadFailure[] = [];
  for (const path of paths) {
    const file = readTextFile(folder, path);
    if (file.type === "failure") {
      failures.push(file.failure);
      continue;
    }
    const object = readYamlObject(path, file.text);
    if (object.type === "failure") {
      failures.push(object.failure);
      continue;
    }
    const fault = object.diagnostics.find((one) => one.severity === "error");
    if (fault !== undefined) failures.push(failureOf(path, file.text, fault));
    const name = textOf(object.value.name).trim();
    const one = name === "" ? null : kind.read(name, object.value, { folder, path });
    if (one === null) {
      // What is missing may be what the fault hid; one reason is enough.
      const message = `A ${kind.noun} needs ${kind.needs}.`;
      if (fault === undefined) failures.push({ path, line: 1, code: `splunk/not-a-${code}`, message });
    } else if (named.has(one.key)) {
      const message = `The ${kind.noun} ${one.key} is defined twice.`;
      failures.push({ path, line: 1, code: `splunk/duplicate-${code}`, message });
    } else {
      named.set(one.key, one.definition);
      failures.push(...(one.failures ?? []));
    }
  }
  return { named, failures };
}
