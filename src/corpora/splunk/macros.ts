import type { MacroDefinition } from "../../languages/language.ts";
import type { ReadFailure } from "../corpus.ts";
import { readTextFile } from "../files.ts";
import { textOf, textsOf } from "../untyped.ts";
import { readYamlObject } from "./read-yaml.ts";

export interface MacroReading {
  /** By the name under which SPL calls them: `name`, or `name(2)` with two arguments. */
  readonly macros: ReadonlyMap<string, MacroDefinition>;
  readonly failures: readonly ReadFailure[];
}

/** Reads the macros of a collection. The generated `<detection>_filter` macros stand in no file and are not among them. */
export function readMacros(folder: string, paths: readonly string[]): MacroReading {
  const macros = new Map<string, MacroDefinition>();
  const failures: ReadFailure[] = [];
  for (const path of paths) {
    const file = readTextFile(folder, path);
    const object = file.type === "failure" ? file : readYamlObject(path, file.text);
    if (object.type === "failure") {
      failures.push(object.failure);
      continue;
    }
    const name = textOf(object.value.name).trim();
    const definition = object.value.definition;
    if (name === "" || definition === undefined || definition === null) {
      const message = "A macro needs a name and a definition.";
      failures.push({ path, line: 1, code: "splunk/not-a-macro", message });
      continue;
    }
    const parameters = textsOf(object.value.arguments);
    const key = parameters.length === 0 ? name : `${name}(${parameters.length})`;
    if (macros.has(key)) {
      failures.push({ path, line: 1, code: "splunk/duplicate-macro", message: `The macro ${key} is defined twice.` });
      continue;
    }
    macros.set(key, { definition: textOf(definition), arguments: parameters });
  }
  return { macros, failures };
}
