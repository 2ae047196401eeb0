import { Worker } from "node:worker_threads";
import type { KeptProof } from "./kept-proof.ts";
import type { RuleVerdicts, TranslationCount } from "./translation-counts.ts";

/** What is asked of all rules together. */
export interface RuleThreadRequest {
  readonly corporaFolder: string | null;
  readonly translations: boolean;
  readonly proof: boolean;
}

export interface RuleThreadAnswer {
  /** Empty where it was not asked for. */
  readonly translations: readonly TranslationCount[];
  readonly verdicts: readonly RuleVerdicts[];
  /** null where it was not asked for. */
  readonly proof: KeptProof | null;
}

export type RuleThreadMessage =
  | { readonly type: "tests"; readonly done: number; readonly total: number }
  | { readonly type: "answer"; readonly answer: RuleThreadAnswer };

/** Translation and proof run beside the build, since neither needs the other. */
export interface RuleThread {
  /** Rejects with what went wrong in the thread. */
  readonly answer: Promise<RuleThreadAnswer>;
  readonly stop: () => void;
}

/** `onTest` is told how many tests are proved. */
export function startRuleThread(
  request: RuleThreadRequest,
  onTest: (done: number, total: number) => void = () => {},
): RuleThread {
  // The build of the package keeps file names, but for the ending.
  const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./rule-worker.${ending}`, import.meta.url), { workerData: request });
  const answer = new Promise<RuleThreadAnswer>((resolve, reject) => {
    worker.on("message", (message: RuleThreadMessage) => {
      if (message.type === "answer") resolve(message.answer);
      else onTest(message.done, message.total);
    });
    worker.once("error", reject);
    worker.once("exit", (code) => {
      if (code !== 0) reject(new Error(`The thread that translates and proves ended with ${code}.`));
    });
  });
  // Whoever stops the build does not wait for the answer.
  answer.catch(() => {});
  return { answer, stop: () => void worker.terminate() };
}
