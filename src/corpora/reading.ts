import type { CorpusItem, CorpusReading } from "./corpus.ts";
import { maximumFileBytes, readTextFile } from "./files.ts";

/** What becomes of the files of a corpus, one after the other. A file that cannot be had is a failure. */
export function* itemsOf(
  folder: string,
  paths: readonly string[],
  read: (path: string, text: string) => readonly CorpusItem[],
  maximumBytes = maximumFileBytes,
): Generator<CorpusItem> {
  for (const path of paths) {
    const file = readTextFile(folder, path, maximumBytes);
    if (file.type === "failure") yield file;
    else yield* read(path, file.text);
  }
}

/** A corpus whose files stand by themselves. */
export function readingOf(
  folder: string,
  paths: readonly string[],
  read: (path: string, text: string) => readonly CorpusItem[],
  maximumBytes = maximumFileBytes,
): CorpusReading {
  return {
    files: paths.length,
    environment: {},
    items: { [Symbol.iterator]: () => itemsOf(folder, paths, read, maximumBytes) },
  };
}
