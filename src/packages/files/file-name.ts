import type { PackageDetection } from "../detection-package.ts";

export type Names = (detection: PackageDetection) => string;

/** Names that Windows keeps for devices, with any ending. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d|clock)$/u;

const longest = 80;

/** A name for a file on every system: small letters, digits and single hyphens; `fallback` where nothing of the text is left. */
export function fileName(text: string, fallback: string): string {
  const name = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .slice(0, longest)
    .replace(/^-+|-+$/gu, "");
  if (name === "") return fallback;
  return devices.test(name) ? `${fallback}-${name}` : name;
}

/** Names of files for detections, made of their titles; the same package always gives the same ones. */
export function openNames(detections: readonly PackageDetection[]): Names {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, title } of detections) {
    if (names.has(id)) continue;
    const base = fileName(title, "rule");
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}-${number}`;
    taken.add(name);
    names.set(id, name);
  }
  return ({ id, title }) => names.get(id) ?? fileName(title, "rule");
}
