import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

interface Entry {
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = dirname(import.meta.dirname);
const packages: Readonly<Record<string, Entry>> = JSON.parse(
  readFileSync(join(root, "package-lock.json"), "utf8"),
).packages;

/** Whether npm would find a package from another one's place in the tree. */
function isLocked(name: string, from: string): boolean {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf("node_modules/") - 1))) {
    if (`${place === "" ? "" : `${place}/`}node_modules/${name}` in packages) return true;
    if (place === "") return false;
  }
}

test("every platform package is locked, so that npm ci works on each system", () => {
  const optional = Object.entries(packages).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).map((name) => ({ place, name })),
  );
  expect(optional.filter(({ place, name }) => !isLocked(name, place))).toEqual([]);
  const names = new Set(optional.map(({ name }) => name));
  for (const name of ["@biomejs/cli-win32-x64", "@esbuild/darwin-arm64", "@typescript/typescript-linux-arm64"]) {
    expect(names).toContain(name);
  }
});

test("no download address is recorded", () => {
  expect(Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
});

test("the versions of package.json are exact", () => {
  const { dependencies, devDependencies } = packages[""] ?? {};
  const versions = Object.values({ ...dependencies, ...devDependencies });
  expect(versions.length).toBeGreaterThan(10);
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(?:-r\.\d+)?$/.test(version))).toEqual([]);
});
