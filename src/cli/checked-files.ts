import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { CorpusItem } from "../corpora/corpus.ts";
import { listFiles, readTextFile } from "../corpora/files.ts";
import { queryEndings, queryLanguage, readRuleFile, ruleFileEndings, ruleFormats } from "../corpora/recognise.ts";
import type { LanguageId } from "../rule/document.ts";
import { wrongUsage } from "./exit.ts";

/** A file that a user wants checked. */
export interface CheckedFile {
  /** The folder of the argument; paths below it tell the readers about the life cycle of a rule. */
  readonly folder: string;
  readonly path: string;
  /** As the user would write it. */
  readonly shown: string;
  readonly named: boolean;
}

/** What a file holds: rules in a format of some collection, or one query and nothing else. */
export type Contents =
  | { readonly type: "rules"; readonly items: readonly CorpusItem[]; readonly text: string }
  | { readonly type: "query"; readonly language: LanguageId; readonly text: string };

/** The files of all arguments. A file that two of them reach is checked once, or it would have its own id twice. */
export function checkedFiles(paths: readonly string[]): readonly CheckedFile[] {
  return [...new Map(paths.flatMap(filesAt).map((one) => [resolve(one.folder, one.path), one])).values()];
}

function filesAt(path: string): readonly CheckedFile[] {
  const state = statSync(path, { throwIfNoEntry: false });
  if (state === undefined && path === "-") throw wrongUsage("Name the language of what stdin holds: --language ID.");
  if (state === undefined) throw wrongUsage(`There is no file or folder ${path}.`);
  if (!state.isDirectory()) {
    // A link that was named may lead anywhere; one that stands in a folder may not leave it.
    const file = realpathSync(path);
    return [{ folder: dirname(file), path: basename(file), shown: path, named: true }];
  }
  return listFiles(path, "", ruleFileEndings).map((below) => ({
    folder: path,
    path: below,
    shown: join(path, below).replaceAll("\\", "/"),
    named: false,
  }));
}

/** null for a file of a folder that is something else than a rule. */
export function contentsOf({ folder, path, shown, named }: CheckedFile): Contents | null {
  const file = readTextFile(folder, path);
  if (file.type === "failure") return { type: "rules", items: [file], text: "" };
  const { text } = file;
  const language = queryLanguage(path);
  if (language !== null) return { type: "query", language, text };
  const items = readRuleFile(path, text);
  if (items !== null) return { type: "rules", items, text };
  if (!named) return null;
  const formats = ruleFormats.map((one) => one.name);
  const message = `A rule was expected (${formats.join(", ")}), or a query (${[...queryEndings.keys()].join(", ")}).`;
  const failure = { path: shown, line: 1, code: "check/not-a-rule", message };
  return { type: "rules", items: [{ type: "failure", failure }], text };
}
