import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { ReadFailure } from "./corpus.ts";

/** Largest rule file that is read; the largest real one has 290 KB. Bundles (STIX) have a cap of their own. */
export const maximumFileBytes = 2 * 1024 * 1024;

/** Directory levels that are walked below the starting folder; upstream layouts use at most 6. */
export const maximumLevels = 16;

export type FileText =
  | { readonly type: "text"; readonly path: string; readonly text: string }
  | { readonly type: "failure"; readonly failure: ReadFailure };

/**
 * Files below `folder/under` whose name ends in one of `endings`, sorted, as paths below `folder` with `/`.
 * Links to files inside `folder` are followed; links that leave it are listed too, so that reading them reports them.
 * So are folders that cannot be opened or lie too deep. Links to folders are not followed.
 */
export function listFiles(folder: string, under: string, endings: readonly string[]): readonly string[] {
  const found: string[] = [];
  const walk = (relative: string, level: number): void => {
    const entries = level > maximumLevels ? "unreadable" : entriesOf(join(folder, relative));
    if (entries === "unreadable") {
      found.push(relative);
      return;
    }
    for (const entry of entries) {
      const path = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) walk(path, level + 1);
      else if (endings.some((ending) => entry.name.endsWith(ending))) found.push(path);
    }
  };
  walk(under, 0);
  return found.sort();
}

function entriesOf(folder: string): readonly Dirent[] | "unreadable" {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    return isMissing(error) ? [] : "unreadable";
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

/** The text of one file below `folder`, or why it cannot be had. Never reads outside `folder`. */
export function readTextFile(folder: string, path: string, maximumBytes = maximumFileBytes): FileText {
  const fail = (code: string, message: string, line = 1): FileText => ({
    type: "failure",
    failure: { path, line, code, message },
  });
  try {
    // The whole path is resolved, because a folder on the way may be a link, too.
    const full = realpathSync(join(folder, path));
    if (!inside(realpathSync(folder), full)) {
      return fail("corpus/outside", "This link leaves the corpus folder and is not followed.");
    }
    const stats = statSync(full);
    if (stats.isDirectory()) return fail("corpus/unreadable", "This folder cannot be opened or lies too deep.");
    // Reading a pipe or a device might never end.
    if (!stats.isFile()) return fail("corpus/unreadable", "This is not a regular file.");
    if (stats.size > maximumBytes) {
      return fail("corpus/too-large", `This file has ${stats.size} bytes; at most ${maximumBytes} are read.`);
    }
    const bytes = readFileSync(full);
    if (bytes.length === 0) return fail("corpus/empty", "This file is empty.");
    return decode(bytes, path);
  } catch (error) {
    return fail(
      "corpus/unreadable",
      `This file cannot be read: ${error instanceof Error ? error.message.split(",")[0] : "unknown fault"}.`,
    );
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function decode(bytes: Uint8Array, path: string): FileText {
  try {
    return { type: "text", path, text: decoder.decode(bytes) };
  } catch {
    const line = 1 + countNewlines(bytes, firstInvalid(bytes));
    return {
      type: "failure",
      failure: { path, line, code: "corpus/invalid-utf8", message: "This file is not valid UTF-8." },
    };
  }
}

/** Length of the longest valid prefix, found by halving. */
function firstInvalid(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    const text = new TextDecoder("utf-8", { fatal: true });
    try {
      text.decode(bytes.subarray(0, middle), { stream: true });
      valid = middle;
    } catch {
      invalid = middle;
    }
  }
  return valid;
}

function countNewlines(bytes: Uint8Array, end: number): number {
  let lines = 0;
  for (let i = 0; i < end; i++) if (bytes[i] === 10) lines++;
  return lines;
}

function inside(folder: string, file: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
