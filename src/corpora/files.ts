import { closeSync, type Dirent, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { ReadFailure } from "./corpus.ts";

/** Largest rule file that is read; the largest real one has 290 KB. Bundles (STIX) have a cap of their own. */
export const maximumFileBytes = 2 * 1024 * 1024;

/** Longest first line that is read of a file whose rest is of no interest; the longest real one has 127 bytes. */
export const maximumFirstLineBytes = 64 * 1024;

/** Directory levels that are walked below the starting folder; upstream layouts use at most 6. */
export const maximumLevels = 16;

export type FileText =
  | { readonly type: "text"; readonly path: string; readonly text: string }
  | { readonly type: "failure"; readonly failure: ReadFailure };

/**
 * Files below `folder/under` whose name ends in one of `endings` (small letters), sorted, as paths below `folder` with `/`.
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
      else if (endsIn(entry.name, endings)) found.push(path);
    }
  };
  walk(under, 0);
  return found.sort();
}

/** In any letter case: Windows writes `RULE.YML`, too. */
function endsIn(name: string, endings: readonly string[]): boolean {
  const small = name.toLowerCase();
  return endings.some((ending) => small.endsWith(ending));
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
  return readBelow(folder, path, (full, size) => {
    if (size > maximumBytes) {
      return failure(path, "corpus/too-large", `This file has ${size} bytes; at most ${maximumBytes} are read.`);
    }
    return decodeFile(readFileSync(full), path);
  });
}

/** The first line of a file below `folder`, without its end; the rest may be of any size and is not read. */
export function readFirstLine(folder: string, path: string): FileText {
  return readBelow(folder, path, (full, size) => {
    const bytes = readStart(full, maximumFirstLineBytes);
    const end = bytes.findIndex((byte) => byte === 10 || byte === 13);
    if (end < 0 && size > bytes.length) {
      return failure(path, "corpus/too-large", `The first line of this file has more than ${bytes.length} bytes.`);
    }
    return decodeFile(end < 0 ? bytes : bytes.subarray(0, end), path);
  });
}

function readStart(full: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const file = openSync(full, "r");
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, length, 0));
  } finally {
    closeSync(file);
  }
}

/** Checks the path before `read` gets at it, and turns whatever the file system throws into a failure. */
function readBelow(folder: string, path: string, read: (full: string, size: number) => FileText): FileText {
  try {
    // The whole path is resolved, because a folder on the way may be a link, too.
    const full = realpathSync.native(join(folder, path));
    if (!inside(realpathSync.native(folder), full)) {
      return failure(path, "corpus/outside", "This link leaves the folder that is read, and is not followed.");
    }
    const stats = statSync(full);
    if (stats.isDirectory()) {
      return failure(path, "corpus/unreadable", "This folder cannot be opened or lies too deep.");
    }
    // Reading a pipe or a device might never end.
    if (!stats.isFile()) return failure(path, "corpus/unreadable", "This is not a regular file.");
    if (stats.size === 0) return failure(path, "corpus/empty", "This file is empty.");
    return read(full, stats.size);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(",")[0] : "unknown fault";
    return failure(path, "corpus/unreadable", `This file cannot be read: ${reason}.`);
  }
}

function failure(path: string, code: string, message: string, line = 1): FileText {
  return { type: "failure", failure: { path, line, code, message } };
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The text of a file that has been read, or where it stops being UTF-8. */
export function decodeFile(bytes: Uint8Array, path: string): FileText {
  try {
    return { type: "text", path, text: decoder.decode(bytes) };
  } catch {
    const line = 1 + countNewlines(bytes, firstInvalid(bytes));
    return failure(path, "corpus/invalid-utf8", "This file is not valid UTF-8.", line);
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
