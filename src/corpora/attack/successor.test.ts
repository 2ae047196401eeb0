import { expect, test } from "vitest";
import { successorOf } from "./successor.ts";

const links = new Map([
  ["T1", "T2"],
  ["T2", "T3"],
  ["T4", "T5"],
  ["T5", "T4"],
  ["T6", "T6"],
]);

test("follows a chain to its end", () => {
  expect(successorOf("T1", links)).toBe("T3");
  expect(successorOf("T2", links)).toBe("T3");
});

test("nothing follows what was not revoked", () => {
  expect(successorOf("T3", links)).toBeNull();
});

test("ends in a loop", () => {
  expect(successorOf("T4", links)).toBe("T5");
  expect(successorOf("T6", links)).toBeNull();
});
