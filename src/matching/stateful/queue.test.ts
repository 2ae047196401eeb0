import { expect, test } from "vitest";
import { openQueue } from "./queue.ts";
import { randomFrom } from "./random.testing.ts";

test("is what a sorted list is, at every step", () => {
  const random = randomFrom(7);
  const queue = openQueue<number>();
  let list: number[] = [];
  for (let at = 0; at < 5000; at++) {
    const number = Math.floor(random() * 1000) + at;
    const choice = random();
    if (choice < 0.5) {
      queue.insert(number, (other) => other > number);
      list = [...list, number].toSorted((one, other) => one - other);
    } else if (choice < 0.8) {
      expect(queue.take()).toBe(list.shift());
    } else if (choice < 0.9) {
      const gone = list[Math.floor(random() * list.length)] ?? -1;
      queue.remove(gone, (other) => other >= gone);
      const place = list.indexOf(gone);
      if (place >= 0) list.splice(place, 1);
    } else if (choice < 0.95) {
      queue.keep((one) => one % 7 !== 0);
      list = list.filter((one) => one % 7 !== 0);
    } else {
      const end = (list.at(-1) ?? 0) + 1;
      queue.add(end);
      list.push(end);
    }
    expect(queue.size()).toBe(list.length);
    expect(queue.first()).toBe(list[0]);
    expect(queue.last(5)).toEqual(list.slice(-5));
  }
  const left: number[] = [];
  queue.forEach((one) => {
    left.push(one);
  });
  expect(left).toEqual(list);
});
