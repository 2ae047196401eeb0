import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Hono } from "hono";
import { buildCatalog } from "../catalog/build.ts";
import { type CurrentCatalog, openCurrent } from "../catalog/current.ts";
import { createApp } from "./app.tsx";

/** A site over a catalog that was built for a test. */
export interface TestSite {
  readonly app: Hono;
  readonly catalog: CurrentCatalog;
  readonly catalogFile: string;
  readonly errors: Error[];
  readonly close: () => void;
}

/**
 * Builds the embedded catalog, or one of `corporaFolder` as well, in a folder of its own. `proof`: with what its tests
 * show.
 */
export async function openTestSite(corporaFolder?: string, proof = false): Promise<TestSite> {
  const folder = mkdtempSync(join(tmpdir(), "detectionary web "));
  const catalogFile = join(folder, "catalog.sqlite");
  await buildCatalog({ out: catalogFile, proof, ...(corporaFolder === undefined ? {} : { corporaFolder }) });
  const catalog = openCurrent(catalogFile);
  const errors: Error[] = [];
  const app = createApp({
    catalog,
    version: "1.2.3",
    style: await bundledStyle(),
    onError: (error) => errors.push(error),
  });
  const close = (): void => {
    catalog.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { app, catalog, catalogFile, errors, close };
}

/** The style sheet as the build bundles it. */
export async function bundledStyle(): Promise<string> {
  const entry = join(import.meta.dirname, "styles", "app.css");
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    logLevel: "silent",
  });
  return outputFiles?.[0]?.text ?? "";
}
