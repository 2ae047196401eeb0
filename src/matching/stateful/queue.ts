/** First in, first out, at the same cost however long it is. */
export interface Queue<Item> {
  readonly size: () => number;
  readonly first: () => Item | undefined;
  readonly add: (item: Item) => void;
  readonly take: () => Item | undefined;
  /** Puts one in where the items behind it are those that come after it. */
  readonly insert: (item: Item, comesAfter: (other: Item) => boolean) => void;
  readonly remove: (item: Item) => boolean;
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
      let at = items.length;
      while (at > head && comesAfter(items[at - 1] as Item)) at -= 1;
      items.splice(at, 0, item);
    },
    remove: (item) => {
      const at = items.indexOf(item, head);
      if (at < 0) return false;
      items.splice(at, 1);
      return true;
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
