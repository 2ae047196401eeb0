import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { transformSync } from "esbuild";
import { openCurrent } from "../../catalog/current.ts";
import type { Job } from "./visitor.ts";
import type { CrawlWorkerData } from "./workers.ts";

// Node leaves out types by itself, but knows no JSX.
registerHooks({
  load: (url, context, next) => {
    if (!url.endsWith(".tsx")) return next(url, context);
    const path = fileURLToPath(url);
    const { code } = transformSync(readFileSync(path, "utf8"), {
      loader: "tsx",
      jsx: "automatic",
      jsxImportSource: "hono/jsx",
      sourcefile: path,
      sourcemap: "inline",
    });
    return { format: "module", source: code, shortCircuit: true };
  },
});

const { catalogFile, style } = workerData as CrawlWorkerData;
// After the hooks, which everything that holds JSX needs.
const { createApp } = await import("../app.tsx");
const { createVisitor } = await import("./visitor.ts");
const errors: Error[] = [];
const catalog = openCurrent(catalogFile);
const app = createApp({ catalog, version: "1.2.3", style, onError: (error) => errors.push(error) });
const visitor = createVisitor({ app, errors });
parentPort?.on("message", async (job: Job) => parentPort?.postMessage(await visitor.work(job)));
