/** Gives the first of what was put in, by an order of its own. */
export interface Heap<Item> {
  readonly size: () => number;
  readonly first: () => Item | undefined;
  readonly add: (item: Item) => void;
  readonly take: () => Item | undefined;
  readonly keep: (test: (item: Item) => boolean) => void;
}

/** A binary heap: no item is before the one at half its place. */
export function openHeap<Item>(isBefore: (one: Item, other: Item) => boolean): Heap<Item> {
  const items: Item[] = [];
  const add = (item: Item): void => {
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = items[above] as Item;
      if (!isBefore(item, other)) break;
      items[at] = other;
      at = above;
    }
    items[at] = item;
  };
  return {
    size: () => items.length,
    first: () => items[0],
    add,
    take: () => {
      const first = items[0];
      const last = items.pop();
      if (items.length === 0 || last === undefined) return first;
      let at = 0;
      for (;;) {
        let below = 2 * at + 1;
        if (below >= items.length) break;
        const right = below + 1;
        if (right < items.length && isBefore(items[right] as Item, items[below] as Item)) below = right;
        const other = items[below] as Item;
        if (!isBefore(other, last)) break;
        items[at] = other;
        at = below;
      }
      items[at] = last;
      return first;
    },
    keep: (test) => {
      for (const item of items.splice(0).filter(test)) add(item);
    },
  };
}
