import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Lies inside dist/, so that it is swapped in together with what it describes. */
export const stampFile = join(root, "dist", ".stamp");

const settings = ["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json", "scripts/build.mjs"];

/**
 * A digest of all that the build reads: names, sizes and times of the source files (a removed file counts, too),
 * and the contents of the settings.
 */
export function buildStamp() {
  const hash = createHash("sha256");
  for (const name of settings) hash.update(readFileSync(join(root, name)));
  const source = join(root, "src");
  for (const path of existsSync(source) ? filesUnder(source) : []) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path.slice(root.length)}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

/** Every file below a folder, in a stable order; tests are left out, since the build does not read them. */
export function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesUnder(path);
      return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
    });
}
