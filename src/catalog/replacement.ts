import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CatalogRefusal } from "./refusal.ts";

/** A new file for the place of an old one, which stays whole until the new one is swapped in. */
export interface Replacement {
  /** Where to write; in the same folder, so that the swap is one step. */
  readonly unfinished: string;
  readonly swapIn: () => void;
  readonly discard: () => void;
}

/** Builds of this process: two may run at once. */
let builds = 0;

/** Makes the folder and clears away what dead builds left. Throws a CatalogRefusal where no file can take the place. */
export function openReplacement(out: string): Replacement {
  refuseAllButFiles(out);
  mkdirSync(dirname(out), { recursive: true });
  removeRemains(out);
  const unfinished = `${out}.building-${process.pid}-${++builds}`;
  return {
    unfinished,
    swapIn: () => renameSync(unfinished, out),
    discard: () => rmSync(unfinished, { force: true }),
  };
}

/** A folder could not be replaced, and a device could: `--out /dev/null` must not make a file of it. */
function refuseAllButFiles(out: string): void {
  const state = statSync(out, { throwIfNoEntry: false });
  if (state !== undefined && !state.isFile()) throw new CatalogRefusal(`${out} is not a file that could be replaced.`);
}

/** Leftovers of builds whose process is gone. */
function removeRemains(out: string): void {
  const prefix = `${basename(out)}.building-`;
  for (const name of readdirSync(dirname(out))) {
    const pid = name.startsWith(prefix) ? /^(\d+)(?:-\d+)?$/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(dirname(out), name), { force: true });
  }
}

/** A process of another user cannot be signalled, and runs. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
