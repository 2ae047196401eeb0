import { Worker } from "node:worker_threads";
import type { FromWorker, ToWorker, WorkerReady, WorkerStart } from "./messages.ts";
import type { LogPiece } from "./pieces.ts";

/** Messages about pieces in the order of the pieces, whichever worker is ahead. */
export interface PiecePool {
  /** What the rules came to; null once it is aborted. */
  readonly ready: (signal: AbortSignal) => Promise<WorkerReady | null>;
  /** The next message of a piece, and room for one more. Asked piece by piece, until `done`; null once it is aborted. */
  readonly next: (number: number, signal: AbortSignal) => Promise<FromWorker | null>;
  readonly stop: () => Promise<void>;
}

/** Pieces that may be begun before the first of them is through: what is found in them waits in memory. */
const aheadPerWorker = 3;

interface Thread {
  readonly worker: Worker;
  busy: boolean;
}

/** Starts the workers, which compile the rules themselves, and gives them one piece after the other. */
export function openPool(pieces: readonly LogPiece[], count: number, start: Omit<WorkerStart, "worker">): PiecePool {
  // The build of the package keeps file names, but for the ending.
  const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const waiting = new Map<number, { readonly from: Thread; readonly message: FromWorker }[]>();
  let current = 0;
  let begun = 0;
  let compiled: WorkerReady | null = null;
  let failure: Error | null = null;
  let stopped = false;
  let wake: () => void = () => {};

  const threads = Array.from({ length: count }, (_, at): Thread => {
    const workerData: WorkerStart = { ...start, worker: at };
    const worker = new Worker(new URL(`./piece-worker.${ending}`, import.meta.url), { workerData });
    return { worker, busy: false };
  });
  const abort = (): void => wake();
  const tell = (thread: Thread, message: ToWorker): void => thread.worker.postMessage(message);
  const fail = (error: Error): void => {
    failure ??= error;
    wake();
  };
  const dispatch = (): void => {
    for (const thread of threads) {
      const piece = pieces[begun];
      if (thread.busy || piece === undefined || begun > current + count * aheadPerWorker) continue;
      thread.busy = true;
      tell(thread, { type: "read", number: begun, piece });
      begun++;
    }
  };
  for (const thread of threads) {
    thread.worker.on("message", (message: FromWorker | WorkerReady) => {
      if (message.type === "ready") {
        compiled = message;
        wake();
        return;
      }
      const queue = waiting.get(message.number) ?? [];
      waiting.set(message.number, queue);
      queue.push({ from: thread, message });
      if (message.type === "done") thread.busy = false;
      dispatch();
      if (message.number === current) wake();
    });
    thread.worker.once("error", fail);
    thread.worker.once("exit", (code) => {
      if (!stopped) fail(new Error(`A thread that matches ended with ${code}.`));
    });
  }
  dispatch();
  const until = async <Found>(signal: AbortSignal, look: () => Found | null): Promise<Found | null> => {
    signal.addEventListener("abort", abort);
    for (;;) {
      if (signal.aborted) return null;
      if (failure !== null) throw failure;
      const found = look();
      if (found !== null) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    ready: (signal) => until(signal, () => compiled),
    next: (number, signal) => {
      current = number;
      dispatch();
      return until(signal, () => {
        const first = waiting.get(number)?.shift();
        if (first === undefined) return null;
        if (first.message.type === "batch") tell(first.from, { type: "taken" });
        else waiting.delete(number);
        return first.message;
      });
    },
    stop: async () => {
      stopped = true;
      await Promise.all(threads.map((one) => one.worker.terminate()));
    },
  };
}
