import { expect, test } from "vitest";
import { addTo, emptyQueue, firstOf, insertInto, itemsOf, keepIn, removeFrom, sizeOf, takeFrom } from "./queue.ts";
import { randomFrom } from "./random.testing.ts";

test("is what a sorted list is, at every step", () => {
  const random = randomFrom(7);
  const queue = emptyQueue<number>();
  let list: number[] = [];
  for (let at = 0; at < 5000; at++) {
    const number = Math.floor(random() * 1000) + at;
    const choice = random();
    if (choice < 0.5) {
      insertInto(queue, number, (other) => other > number);
      list = [...list, number].toSorted((one, other) => one - other);
    } else if (choice < 0.8) {
      expect(takeFrom(queue)).toBe(list.shift());
    } else if (choice < 0.9) {
      const gone = list[Math.floor(random() * list.length)] ?? -1;
      removeFrom(queue, gone, (other) => other >= gone);
      const place = list.indexOf(gone);
      if (place >= 0) list.splice(place, 1);
    } else if (choice < 0.95) {
      keepIn(queue, (one) => one % 7 !== 0);
      list = list.filter((one) => one % 7 !== 0);
    } else {
      const end = (list.at(-1) ?? 0) + 1;
      addTo(queue, end);
      list.push(end);
    }
    expect(sizeOf(queue)).toBe(list.length);
    expect(firstOf(queue)).toBe(list[0]);
    expect(itemsOf(queue, 5)).toEqual(list.slice(-5));
  }
  expect(itemsOf(queue)).toEqual(list);
});
