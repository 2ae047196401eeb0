import { Worker } from "node:worker_threads";
import type { TranslationCount } from "./translation-counts.ts";

/** Translation runs beside the build, since neither needs the other. */
export interface TranslationThread {
  /** Rejects with what went wrong in the thread. */
  readonly counts: Promise<readonly TranslationCount[]>;
  readonly stop: () => void;
}

export function startTranslation(corporaFolder: string | undefined): TranslationThread {
  // The build of the package keeps file names, but for the ending.
  const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./translation-worker.${ending}`, import.meta.url), {
    workerData: { corporaFolder: corporaFolder ?? null },
  });
  const counts = new Promise<readonly TranslationCount[]>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => {
      if (code !== 0) reject(new Error(`The thread that translates ended with ${code}.`));
    });
  });
  // Whoever stops the build does not wait for the counts.
  counts.catch(() => {});
  return { counts, stop: () => void worker.terminate() };
}
