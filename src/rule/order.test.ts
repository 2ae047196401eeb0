import { expect, test } from "vitest";
import { isOrder, mirrored } from "./order.ts";

test.each([
  ["<", ">"],
  [">=", "<="],
  ["==", "=="],
  ["constructor", "constructor"],
])("a %s b is b %s a", (sign, other) => {
  expect(mirrored(sign)).toBe(other);
  expect(mirrored(mirrored(sign))).toBe(sign);
});

test("equality is no order", () => {
  expect(["<", "<=", ">", ">=", "=", "==", "!=", "toString"].filter(isOrder)).toEqual(["<", "<=", ">", ">="]);
});
