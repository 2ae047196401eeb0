import type { Sample } from "./testing.ts";

/** Numbers in [0, 1), the same for the same seed: a linear congruential generator (MMIX constants, high bits). */
export function randomFrom(seed: number): () => number {
  let state = BigInt(seed) * 2862933555777941757n + 3037000493n;
  return () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 11n) / 2 ** 53;
  };
}

export interface StreamShape {
  readonly length: number;
  readonly steps: number;
  readonly keys: number;
  readonly values: number;
  /** Greatest step of time from one to the next; 0 among them makes events of the same time. */
  readonly pace: number;
  /** The least step. */
  readonly least: number;
}

/** Samples in the order of time. */
export function randomStream(seed: number, shape: StreamShape): readonly Sample[] {
  const random = randomFrom(seed);
  const below = (most: number): number => Math.floor(random() * most);
  let time = 0;
  return Array.from({ length: shape.length }, (_, at): Sample => {
    time += shape.least + below(shape.pace + 1 - shape.least);
    const key = below(shape.keys + 1);
    const value = below(shape.values + 1);
    const step = below(shape.steps);
    const values = new Array<string | null>(3).fill(value === shape.values ? null : String(value));
    return { time, step, by: [key === shape.keys ? null : `k${key}`], values, ref: `${at}` };
  });
}

export function shuffled<Item>(seed: number, items: readonly Item[]): readonly Item[] {
  const random = randomFrom(seed);
  const row = [...items];
  for (let at = row.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [row[at], row[other]] = [row[other] as Item, row[at] as Item];
  }
  return row;
}
