import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { expandGlob, isGlob } from "./glob.ts";

/** A file to be read. */
export interface LogFile {
  /** As it was named, or as it was found below what was named; `-` is the standard input. */
  readonly path: string;
  /** It was named itself: that it is no log is a fault then, and not in a folder where other files may lie. */
  readonly named: boolean;
}

/** Why a path is not read. */
export interface FileFault {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export interface FoundLogs {
  readonly files: readonly LogFile[];
  readonly faults: readonly FileFault[];
}

/**
 * The files that paths, folders and patterns (`*`, `?`, `**`) stand for, each once, in the order of their names below each path.
 * Folders are read with all below them, without names that begin with a dot; links are followed, and loops of them end.
 */
export async function findLogs(paths: readonly string[]): Promise<FoundLogs> {
  const files: LogFile[] = [];
  const faults: FileFault[] = [];
  const known = new Set<string>();

  function fault(path: string, error: unknown): void {
    faults.push({ path, code: "file-unreadable", message: reasonOf(error) });
  }

  async function add(path: string, named: boolean): Promise<void> {
    try {
      const about = await stat(path);
      const real = await realpath(path);
      if (known.has(real)) return;
      known.add(real);
      if (about.isDirectory()) await addFolder(path);
      // A pipe or device is waited for only where somebody asked for it.
      else if (named || about.isFile()) files.push({ path, named });
    } catch (error) {
      fault(path, error);
    }
  }

  async function addFolder(folder: string): Promise<void> {
    const names = await readdir(folder);
    for (const name of names.sort()) if (!name.startsWith(".")) await add(join(folder, name), false);
  }

  for (const path of paths) {
    if (path === "-") {
      if (!known.has(path)) files.push({ path, named: true });
      known.add(path);
    } else if (isGlob(path) && !(await exists(path))) {
      const met = await expandGlob(path, fault);
      if (met.length === 0) faults.push({ path, code: "file-none", message: "No file meets the pattern." });
      for (const one of met) await add(one, false);
    } else {
      await add(path, true);
    }
  }
  return { files, faults };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "Does not exist."],
  ["EACCES", "May not be read."],
  ["EPERM", "May not be read."],
  ["ELOOP", "Is a link that leads to itself."],
  ["EISDIR", "Is a folder."],
]);

/** One sentence. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons.get(code ?? "") ?? `Cannot be read: ${message}.`;
}
