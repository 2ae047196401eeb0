import { describe, expect, test } from "vitest";
import { beforeLastBlanks, cover, lineStarts, positionAt, shift, span } from "./span.ts";

describe("spans", () => {
  test("cover holds both, in either order, with what lies between", () => {
    expect(cover(span(2, 4), span(9, 12))).toEqual({ start: 2, end: 12 });
    expect(cover(span(9, 12), span(2, 4))).toEqual({ start: 2, end: 12 });
    expect(cover(span(2, 12), span(4, 5))).toEqual({ start: 2, end: 12 });
  });

  test("what stands behind the last word moves to its end, and nothing else", () => {
    expect(beforeLastBlanks("a b \n", span(5, 5))).toEqual({ start: 3, end: 3 });
    expect(beforeLastBlanks("a b \n", span(2, 5))).toEqual({ start: 2, end: 5 });
    expect(beforeLastBlanks(" \n", span(0, 2))).toEqual({ start: 0, end: 0 });
  });

  test("shift moves both ends, and back", () => {
    expect(shift(span(2, 4), 10)).toEqual({ start: 12, end: 14 });
    expect(shift(span(12, 14), -10)).toEqual({ start: 2, end: 4 });
    expect(shift(span(2, 4), 0)).toEqual({ start: 2, end: 4 });
  });
});

describe("lines", () => {
  test("end at a line feed, a carriage return, or both together", () => {
    expect(lineStarts("a\nb\r\nc\rd")).toEqual([0, 2, 5, 7]);
  });

  test("an empty text has one line, a last line feed begins another", () => {
    expect(lineStarts("")).toEqual([0]);
    expect(lineStarts("a\n")).toEqual([0, 2]);
    expect(lineStarts("\n\n")).toEqual([0, 1, 2]);
  });
});

describe("positions", () => {
  const starts = lineStarts("ab\ncd\r\n\nef");

  test.each([
    [0, 1, 1],
    [2, 1, 3],
    [3, 2, 1],
    [6, 2, 4],
    [7, 3, 1],
    [8, 4, 1],
    [10, 4, 3],
  ])("offset %i is line %i, column %i", (offset, line, column) => {
    expect(positionAt(starts, offset)).toEqual({ line, column });
  });

  test("an offset past the end lands on the last line", () => {
    expect(positionAt(starts, 99).line).toBe(4);
  });

  test("columns count UTF-16 code units", () => {
    expect(positionAt(lineStarts("x\n😀y"), 4)).toEqual({ line: 2, column: 3 });
  });
});
