/** First in, first out, at the same cost however long it is. Plain data, since there may be very many. */
export interface Queue<Item> {
  items: (Item | undefined)[];
  /** Where it begins; what stands before is gone. */
  head: number;
}

/** Room at the front is given up when it is more than this and more than half. */
const slack = 32;

export function emptyQueue<Item>(): Queue<Item> {
  return { items: [], head: 0 };
}

export function sizeOf({ items, head }: Queue<unknown>): number {
  return items.length - head;
}

export function firstOf<Item>({ items, head }: Queue<Item>): Item | undefined {
  return items[head];
}

export function addTo<Item>({ items }: Queue<Item>, item: Item): void {
  items.push(item);
}

export function takeFrom<Item>(queue: Queue<Item>): Item | undefined {
  const { items, head } = queue;
  if (head === items.length) return undefined;
  const item = items[head];
  items[head] = undefined;
  queue.head += 1;
  if (queue.head > slack && queue.head * 2 >= items.length) {
    queue.items = items.slice(queue.head);
    queue.head = 0;
  }
  return item;
}

/** Puts one in before the first that comes after it; all that come after it stand together at the end. */
export function insertInto<Item>(queue: Queue<Item>, item: Item, comesAfter: (other: Item) => boolean): void {
  queue.items.splice(placeOf(queue, comesAfter), 0, item);
}

/** Takes one out; the items before it are not from its place on, all others are. */
export function removeFrom<Item>(queue: Queue<Item>, item: Item, isFromItsPlace: (other: Item) => boolean): void {
  const at = queue.items.indexOf(item, placeOf(queue, isFromItsPlace));
  if (at >= 0) queue.items.splice(at, 1);
}

export function keepIn<Item>(queue: Queue<Item>, test: (item: Item) => boolean): void {
  queue.items = itemsOf(queue).filter(test);
  queue.head = 0;
}

/** Oldest first; the newest so many where that is said. */
export function itemsOf<Item>({ items, head }: Queue<Item>, most = Number.POSITIVE_INFINITY): readonly Item[] {
  return items.slice(Math.max(head, items.length - most)) as Item[];
}

/** By halves: where the items begin of which it holds. */
function placeOf<Item>({ items, head }: Queue<Item>, test: (item: Item) => boolean): number {
  let [from, to] = [head, items.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (test(items[middle] as Item)) to = middle;
    else from = middle + 1;
  }
  return from;
}
