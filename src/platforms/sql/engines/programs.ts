import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where Debian puts servers, which the PATH of a plain user may leave out. */
const serverFolders = ["/usr/sbin", "/usr/local/sbin"];

/** The path of a program; null where it is not installed. */
export function findProgram(name: string, folders: readonly string[] = []): string | null {
  const places = [...folders, ...(process.env.PATH ?? "").split(delimiter), ...serverFolders].filter(Boolean);
  return places.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/** Folders with the programs of a PostgreSQL server, the newest version first: Debian has one for each. */
export function postgresFolders(): readonly string[] {
  const versions = "/usr/lib/postgresql";
  try {
    return readdirSync(versions)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(versions, version, "bin"));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
