import type { Context, Hono } from "hono";
import type { CurrentCatalog } from "../catalog/current.ts";
import { packageFiles } from "../packages/files/index.ts";
import { knobsIn } from "./knobs.ts";
import { type PackageSource, packageFrom } from "./package-source.ts";
import type { Refusal } from "./page.ts";
import { zipArchive } from "./zip-archive.ts";

export interface PackageDownload {
  readonly catalog: CurrentCatalog;
  /** Answers where there is no package. */
  readonly refuse: (context: Context, refusal: Exclude<Refusal, { type: "moved" }>) => Response;
  readonly source?: PackageSource;
}

/** `GET /attack/<technique>/<platform>/download`: a package as a folder of files that its platform takes, in a ZIP archive. */
export function addPackageDownload(app: Hono, { catalog, refuse, source = packageFrom }: PackageDownload): void {
  app.get("/attack/:id/:platform/download", (context) => {
    const database = catalog.database();
    const { searchParams, search } = new URL(context.req.url);
    const knobs = knobsIn(searchParams);
    const loaded = source(database, {
      technique: context.req.param("id"),
      platform: context.req.param("platform"),
      knobs,
    });
    if (loaded.type === "moved") return context.redirect(`${loaded.to}/download${search}`, 302);
    if (loaded.type !== "data") return refuse(context, loaded);
    const { technique, platform, detections } = loaded.data;
    if (detections.length === 0) {
      const what = `There is no detection of ${technique.name} for ${platform.title}, so there is nothing to download.`;
      return refuse(context, { type: "missing", what });
    }
    const built = database.one<{ value: string }>("SELECT value FROM meta WHERE key = 'built_at'")?.value ?? "";
    const day = built.slice(0, 10);
    const name = `${technique.id}-${platform.id}`;
    const files = packageFiles(loaded.data, { date: day }).map(({ path, text }) => ({ path: `${name}/${path}`, text }));
    context.header("Content-Type", "application/zip");
    context.header("Content-Disposition", `attachment; filename="${name}.zip"`);
    context.header("Cache-Control", "no-cache");
    return context.body(zipArchive(files, day));
  });
}
