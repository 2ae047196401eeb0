import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { build } from "esbuild";
import type { Hono } from "hono";
import { buildCatalog } from "../catalog/build.ts";
import { corpusCatalog } from "../catalog/corpus-catalog.testing.ts";
import { type CurrentCatalog, openCurrent } from "../catalog/current.ts";
import { ensureCatalog } from "../catalog/location.ts";
import { createApp } from "./app.tsx";
import type { AskedPage } from "./page.ts";

/** A site over a catalog that was built for a test. */
export interface TestSite {
  readonly app: Hono;
  readonly catalog: CurrentCatalog;
  readonly catalogFile: string;
  readonly errors: Error[];
  readonly close: () => void;
}

/**
 * Builds the catalog of the first start, or one of `corporaFolder` as well, in a folder of its own. `proof`: with what
 * its tests show. `pages` stand in place of those of the registry.
 */
export async function openTestSite(
  corporaFolder?: string,
  proof = false,
  pages?: readonly AskedPage[],
): Promise<TestSite> {
  const folder = mkdtempSync(join(tmpdir(), "detectionary web "));
  const catalogFile = join(folder, "catalog.sqlite");
  if (corporaFolder === undefined) await ensureCatalog(catalogFile);
  else await buildCatalog({ out: catalogFile, proof, translations: true, corporaFolder });
  return openSiteOver(catalogFile, () => rmSync(folder, { recursive: true, force: true }), pages);
}

/** The site over the catalog of all public corpora, which other tests have, too. */
export async function openCorpusSite(): Promise<TestSite> {
  return openSiteOver((await corpusCatalog()).catalog, () => {});
}

async function openSiteOver(catalogFile: string, discard: () => void, pages?: readonly AskedPage[]): Promise<TestSite> {
  const catalog = openCurrent(catalogFile);
  const errors: Error[] = [];
  const app = createApp({
    catalog,
    version: "1.2.3",
    style: await bundledStyle(),
    ...(pages === undefined ? {} : { pages }),
    onError: (error) => errors.push(error),
  });
  const close = (): void => {
    catalog.close();
    discard();
  };
  return { app, catalog, catalogFile, errors, close };
}

/** The site of a test on a port, for a browser. */
export async function listenTo({ app }: TestSite): Promise<{ readonly address: string; readonly stop: () => void }> {
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const starting = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () => resolve(starting));
  });
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, stop: () => server.close() };
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
