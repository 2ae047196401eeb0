import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, parse, sep } from "node:path";

/** Does a path ask for several files? */
export function isGlob(path: string): boolean {
  return /[*?]/.test(path);
}

/**
 * The files that a pattern meets, in the order of their names: `*` and `?` stay within a name, `**` is any number of folders.
 * Names that begin with a dot are met by patterns that begin with one alone; `**` follows no links, so that it ends.
 * @param onUnreadable is told of folders that cannot be read
 */
export async function expandGlob(
  pattern: string,
  onUnreadable: (folder: string, error: Error) => void,
): Promise<string[]> {
  const { root } = parse(pattern);
  const segments = pattern
    .slice(root.length)
    .split(sep === "\\" ? /[\\/]/ : "/")
    .filter((one) => one !== "" && one !== ".");
  const found = new Set<string>();

  async function list(folder: string): Promise<Dirent[]> {
    try {
      const entries = await readdir(folder === "" ? "." : folder, { withFileTypes: true });
      return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      // A pattern asks what is there; only what is there and cannot be read is worth telling.
      if (!["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? ""))
        onUnreadable(folder, error as Error);
      return [];
    }
  }

  async function walk(folder: string, index: number): Promise<void> {
    const segment = segments[index];
    if (segment === undefined) return;
    const last = index === segments.length - 1;
    if (!isGlob(segment)) {
      const path = join(folder, segment);
      if (!last) await walk(path, index + 1);
      else if ((await list(folder)).some((one) => one.name === segment)) found.add(path);
      return;
    }
    const entries = await list(folder);
    if (segment === "**") {
      await walk(folder, index + 1);
      for (const one of entries) {
        if (one.name.startsWith(".")) continue;
        if (one.isDirectory()) await walk(join(folder, one.name), index);
        else if (last) found.add(join(folder, one.name));
      }
      return;
    }
    for (const one of entries) {
      if (!matchesName(one.name, segment)) continue;
      const path = join(folder, one.name);
      if (last) found.add(path);
      else if (one.isDirectory() || one.isSymbolicLink()) await walk(path, index + 1);
    }
  }
  await walk(root, 0);
  return [...found];
}

/** Greedy with one step back, so that no pattern costs more than the product of both lengths. */
export function matchesName(name: string, pattern: string): boolean {
  if (name.startsWith(".") && !pattern.startsWith(".")) return false;
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let afterStar = 0;
  while (at < name.length) {
    if (pattern[inPattern] === "*") {
      star = inPattern++;
      afterStar = at;
    } else if (inPattern < pattern.length && (pattern[inPattern] === "?" || pattern[inPattern] === name[at])) {
      inPattern++;
      at++;
    } else if (star >= 0) {
      inPattern = star + 1;
      at = ++afterStar;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === "*") inPattern++;
  return inPattern === pattern.length;
}
