import { lstatSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { ReadFailure } from "./corpus.ts";

/** Largest rule file that is read; the largest real one has 290 KB. Bundles (STIX) have a cap of their own. */
export const maximumFileBytes = 2 * 1024 * 1024;

/** Directory levels that are walked; upstream layouts use at most 6. */
const maximumLevels = 16;

export type FileText =
  | { readonly type: "text"; readonly path: string; readonly text: string }
  | { readonly type: "failure"; readonly failure: ReadFailure };

/**
 * Files below `folder/under` whose name ends in one of `endings`, sorted, as paths below `folder` with `/`.
 * Links to files inside `folder` are followed; links that leave it are listed too, so that reading them reports them.
 */
export function listFiles(folder: string, under: string, endings: readonly string[]): readonly string[] {
  const found: string[] = [];
  const walk = (relative: string, level: number): void => {
    if (level > maximumLevels) return;
    for (const entry of entriesOf(join(folder, relative))) {
      const path = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) walk(path, level + 1);
      else if (endings.some((ending) => entry.name.endsWith(ending))) found.push(path);
    }
  };
  walk(under, 0);
  return found.sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
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
  const full = join(folder, path);
  try {
    if (lstatSync(full).isSymbolicLink() && !inside(realpathSync(folder), realpathSync(full))) {
      return fail("corpus/outside", "This link leaves the corpus folder and is not followed.");
    }
    const size = statSync(full).size;
    if (size > maximumBytes) {
      return fail("corpus/too-large", `This file has ${size} bytes; at most ${maximumBytes} are read.`);
    }
    const bytes = readFileSync(full);
    if (bytes.length === 0) return fail("corpus/empty", "This file is empty.");
    return decode(bytes, path);
  } catch (error) {
    return fail("corpus/unreadable", `This file cannot be read: ${error instanceof Error ? error.message.split(",")[0] : "unknown fault"}.`);
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function decode(bytes: Uint8Array, path: string): FileText {
  try {
    return { type: "text", path, text: decoder.decode(bytes) };
  } catch {
    const line = 1 + countNewlines(bytes, firstInvalid(bytes));
    return { type: "failure", failure: { path, line, code: "corpus/invalid-utf8", message: "This file is not valid UTF-8." } };
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
