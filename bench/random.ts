import { randomFrom } from "../src/languages/mutation.ts";

/** Random choices that are the same for the same seed. */
export interface Random {
  /** A whole number from 0 on, below this. */
  readonly below: (limit: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** Capital hexadecimal digits. */
  readonly hex: (digits: number) => string;
}

export function seeded(seed: number): Random {
  const next = randomFrom(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("There is nothing to pick from.");
      return item;
    },
    hex: (digits) => {
      let text = "";
      while (text.length < digits) text += (next() * 4294967296).toString(16).padStart(8, "0");
      return text.slice(0, digits).toUpperCase();
    },
  };
}
