/** First in, first out, at the same cost however long it is. */
export interface Queue<Item> {
  readonly size: () => number;
  readonly first: () => Item | undefined;
  readonly add: (item: Item) => void;
  readonly take: () => Item | undefined;
  /** Puts one in before the first that comes after it; all that come after it stand together at the end. */
  readonly insert: (item: Item, comesAfter: (other: Item) => boolean) => void;
  /** Takes one out; those before it in the queue are not from its place on, all others are. */
  readonly remove: (item: Item, isFromItsPlace: (other: Item) => boolean) => void;
  readonly keep: (test: (item: Item) => boolean) => void;
  /** The newest so many, oldest first. */
  readonly last: (most: number) => readonly Item[];
  readonly forEach: (each: (item: Item) => void) => void;
}

/** Room at the front is given up when it is more than this and more than half. */
const slack = 32;

export function openQueue<Item>(): Queue<Item> {
  let items: (Item | undefined)[] = [];
  let head = 0;
  const compact = (): void => {
    if (head <= slack || head * 2 < items.length) return;
    items = items.slice(head);
    head = 0;
  };
  /** By halves: where the items begin of which it holds. */
  const firstOf = (test: (item: Item) => boolean): number => {
    let [from, to] = [head, items.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (test(items[middle] as Item)) to = middle;
      else from = middle + 1;
    }
    return from;
  };
  return {
    size: () => items.length - head,
    first: () => items[head],
    add: (item) => {
      items.push(item);
    },
    take: () => {
      if (head === items.length) return undefined;
      const item = items[head];
      items[head] = undefined;
      head += 1;
      compact();
      return item;
    },
    insert: (item, comesAfter) => {
      items.splice(firstOf(comesAfter), 0, item);
    },
    remove: (item, isFromItsPlace) => {
      const at = items.indexOf(item, firstOf(isFromItsPlace));
      if (at >= 0) items.splice(at, 1);
    },
    keep: (test) => {
      items = (items.slice(head) as Item[]).filter(test);
      head = 0;
    },
    last: (most) => items.slice(Math.max(head, items.length - most)) as Item[],
    forEach: (each) => {
      for (let at = head; at < items.length; at++) each(items[at] as Item);
    },
  };
}
