import { openHeap } from "./heap.ts";

/** Gives back in the order of time what was put in in any order. */
export interface ReorderBuffer<Item> {
  /** Puts one in, and gives what cannot come any earlier now, oldest first. */
  readonly offer: (time: number, item: Item) => readonly Item[];
  /** All that is left, oldest first. */
  readonly finish: () => readonly Item[];
  /** How many came when something newer had been given already. They are given at once. */
  readonly late: () => number;
  /** How many were given before their time because there were too many of them. */
  readonly early: () => number;
}

export interface ReorderLimits {
  /** Milliseconds by which one may come later than a newer one. Infinity: until all are there. */
  readonly lateness: number;
  /** How many are held at most. */
  readonly held: number;
}

export const defaultReorder: ReorderLimits = { lateness: Number.POSITIVE_INFINITY, held: 1_000_000 };

interface Waiting<Item> {
  readonly time: number;
  /** Of the same time, what arrived first is given first. */
  readonly arrival: number;
  readonly item: Item;
}

/**
 * What is older than the newest by more than the lateness is given. What comes after something newer was given is late:
 * it is counted, and given at once, as holding it back would help nobody and dropping it would lose events of hosts whose
 * own order is right.
 */
export function openReorder<Item>({ lateness, held }: ReorderLimits): ReorderBuffer<Item> {
  const heap = openHeap<Waiting<Item>>(isBefore);
  let arrivals = 0;
  let newest = Number.NEGATIVE_INFINITY;
  let given = Number.NEGATIVE_INFINITY;
  let late = 0;
  let early = 0;
  const take = (into: Item[]): void => {
    const first = heap.take();
    if (first === undefined) return;
    given = first.time;
    into.push(first.item);
  };
  return {
    offer: (time, item) => {
      if (time < given) {
        late += 1;
        return [item];
      }
      heap.add({ time, arrival: arrivals, item });
      arrivals += 1;
      if (time > newest) newest = time;
      const ready: Item[] = [];
      while ((heap.first()?.time ?? newest) < newest - lateness) take(ready);
      while (heap.size() > held) {
        early += 1;
        take(ready);
      }
      return ready;
    },
    finish: () => {
      const rest: Item[] = [];
      while (heap.size() > 0) take(rest);
      return rest;
    },
    late: () => late,
    early: () => early,
  };
}

function isBefore<Item>(one: Waiting<Item>, other: Waiting<Item>): boolean {
  return one.time < other.time || (one.time === other.time && one.arrival < other.arrival);
}
