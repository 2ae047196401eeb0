import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Outcome, Visitor } from "./visitor.ts";

export interface CrawlWorkerData {
  readonly catalogFile: string;
  readonly style: string;
}

export interface VisitorThreads {
  readonly visitors: readonly Visitor[];
  readonly close: () => Promise<void>;
}

/** Visitors that each have a thread and a site of their own over one catalog. */
export function openVisitors(threads: number, data: CrawlWorkerData): VisitorThreads {
  const workers = Array.from({ length: threads }, () => {
    return new Worker(new URL("./worker.ts", import.meta.url), { workerData: data });
  });
  return {
    visitors: workers.map((worker) => ({
      work: async (job) => {
        worker.postMessage(job);
        // Rejects with the error of a worker that fails.
        const [outcome] = (await once(worker, "message")) as [Outcome];
        return outcome;
      },
    })),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
