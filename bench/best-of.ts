import { processorTime } from "../src/corpora/testing.ts";

/** Work is repeated until it has taken this long. */
const shortestMs = 300;

/** Milliseconds of one core that the work takes, at best; repeated, since clocks of processor time tick in steps. */
export function bestOf(passes: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < passes; pass++) {
    const started = processorTime();
    let runs = 0;
    let spent = 0;
    do {
      work();
      runs++;
      spent = processorTime() - started;
    } while (spent < shortestMs);
    best = Math.min(best, spent / runs);
  }
  return best;
}
