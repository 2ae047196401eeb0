import { openHeap } from "./heap.ts";

/** Something that comes true at its deadline unless it is called off. */
export interface Deadline {
  readonly deadline: number;
  alive: boolean;
}

export interface Deadlines<Item extends Deadline> {
  readonly add: (item: Item) => void;
  readonly callOff: (item: Item) => void;
  /** Those whose deadline is before this time, soonest first; they are waited for no more. */
  readonly due: (time: number) => readonly Item[];
  /** How many are kept, called off or not. */
  readonly size: () => number;
}

export function openDeadlines<Item extends Deadline>(): Deadlines<Item> {
  const heap = openHeap<Item>((one, other) => one.deadline < other.deadline);
  let alive = 0;
  return {
    add: (item) => {
      heap.add(item);
      alive += 1;
    },
    callOff: (item) => {
      if (!item.alive) return;
      item.alive = false;
      alive -= 1;
      // What is called off stays until its deadline, but must not fill the memory until then.
      if (heap.size() > 2 * alive + 1024) heap.keep((one) => one.alive);
    },
    due: (time) => {
      const found: Item[] = [];
      for (let first = heap.first(); first !== undefined && first.deadline < time; first = heap.first()) {
        heap.take();
        if (!first.alive) continue;
        alive -= 1;
        first.alive = false;
        found.push(first);
      }
      return found;
    },
    size: heap.size,
  };
}
