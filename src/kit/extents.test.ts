import { expect, test } from "vitest";
import { openExtents } from "./extents.ts";
import { span } from "./span.ts";

test("a node reaches as far as the outermost brackets around it, and its own span stays as it is", () => {
  const extents = openExtents();
  const node = { span: span(4, 9) };
  expect(extents.of(node)).toEqual({ start: 4, end: 9 });
  expect(extents.isBracketed(node)).toBe(false);
  extents.widen(node, span(3, 10));
  extents.widen(node, span(1, 12));
  expect(extents.of(node)).toEqual({ start: 1, end: 12 });
  expect(extents.isBracketed(node)).toBe(true);
  expect(node.span).toEqual({ start: 4, end: 9 });
});
