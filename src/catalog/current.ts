import { statSync } from "node:fs";
import { type Database, openReadOnly } from "./database.ts";

/** A catalog that follows its file: a build that swaps a new one in is seen at the next question, and nothing else is. */
export interface CurrentCatalog {
  readonly database: () => Database;
  /** Changes exactly when another catalog is open. */
  readonly generation: () => string;
  readonly close: () => void;
}

/** How long a look at the file's identity is believed, in milliseconds. */
const believedFor = 500;

export function openCurrent(file: string): CurrentCatalog {
  let generation = identity(file);
  let open = openReadOnly(file);
  let looked = performance.now();
  const refresh = (): void => {
    if (performance.now() - looked < believedFor) return;
    looked = performance.now();
    const now = identityOrNull(file);
    if (now === null || now === generation) return;
    const next = openLike(open, file);
    if (next === null) return;
    open.close();
    open = next;
    generation = now;
  };
  return {
    database: () => {
      refresh();
      return open;
    },
    generation: () => generation,
    close: () => open.close(),
  };
}

/** What stands at `file` now; null where that is no catalog, or one of another format that our questions do not fit. */
function openLike(open: Database, file: string): Database | null {
  let next: Database | null = null;
  try {
    next = openReadOnly(file);
    if (formatOf(next) === formatOf(open)) return next;
  } catch {
    // A file that is no database shows only when it is asked.
  }
  next?.close();
  return null;
}

function formatOf(database: Database): string | null {
  return database.one<{ value: string }>("SELECT value FROM meta WHERE key = 'format'")?.value ?? null;
}

function identity(file: string): string {
  const { ino, mtimeMs, size } = statSync(file);
  return `${ino.toString(36)}-${Math.round(mtimeMs).toString(36)}-${size.toString(36)}`;
}

/** null while the file is away: the open catalog stays whole and goes on answering. */
function identityOrNull(file: string): string | null {
  try {
    return identity(file);
  } catch {
    return null;
  }
}
