import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Hono } from "hono";
import { buildCatalog } from "../catalog/build.ts";
import { type CurrentCatalog, openCurrent } from "../catalog/current.ts";
import { createApp } from "./app.tsx";
import type { Bundle } from "./assets.ts";

/** A site over a catalog that was built for a test. */
export interface TestSite {
  readonly app: Hono;
  readonly catalog: CurrentCatalog;
  readonly catalogFile: string;
  readonly errors: Error[];
  readonly close: () => void;
}

/** Builds the embedded catalog, or one of `corporaFolder` as well, in a folder of its own. */
export async function openTestSite(corporaFolder?: string): Promise<TestSite> {
  const folder = mkdtempSync(join(tmpdir(), "detectionary web "));
  const catalogFile = join(folder, "catalog.sqlite");
  await buildCatalog({ out: catalogFile, ...(corporaFolder === undefined ? {} : { corporaFolder }) });
  const catalog = openCurrent(catalogFile);
  const errors: Error[] = [];
  const app = createApp({
    catalog,
    version: "1.2.3",
    bundle: await bundled(),
    onError: (error) => errors.push(error),
  });
  const close = (): void => {
    catalog.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { app, catalog, catalogFile, errors, close };
}

/** Style sheet and script as the build bundles them. */
export async function bundled(): Promise<Bundle> {
  const [style = "", script = ""] = await Promise.all([bundle("styles", "app.css"), bundle("client", "site.ts")]);
  return { style, script };
}

async function bundle(...path: readonly string[]): Promise<string> {
  const entry = join(import.meta.dirname, ...path);
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    logLevel: "silent",
  });
  return outputFiles?.[0]?.text ?? "";
}
