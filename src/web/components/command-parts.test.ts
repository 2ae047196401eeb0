import { expect, test } from "vitest";
import { commandParts } from "./command-parts.ts";

function cut(command: string, spans: readonly (readonly [number, number])[]) {
  const parts = commandParts(
    command,
    spans.map(([start, end]) => ({ start, end })),
  );
  return { ...parts, pieces: parts.pieces.map(({ text, part, first }) => [text, part, first]) };
}

test("a command without spans is one piece", () => {
  expect(cut("a b", [])).toEqual({ pieces: [["a b", null, false]], events: [], partOf: [] });
});

test("pieces belong to the smallest span around them, and parts are numbered as they come", () => {
  expect(
    cut("ab cd ef", [
      [0, 5],
      [3, 5],
      [3, 5],
      [6, 8],
    ]),
  ).toEqual({
    pieces: [
      ["ab ", 0, true],
      ["cd", 1, true],
      [" ", null, false],
      ["ef", 2, true],
    ],
    events: [0, 1, 3],
    partOf: [0, 1, 1, 2],
  });
});

test("a span over the whole command marks nothing, and one that is covered by others has no part", () => {
  expect(
    cut("ab cd\n", [
      [0, 5],
      [0, 6],
    ]),
  ).toMatchObject({ partOf: [null, null], events: [] });
  expect(
    cut("abcd x", [
      [0, 4],
      [0, 2],
      [2, 4],
    ]).partOf,
  ).toEqual([null, 0, 1]);
});

test("spans beyond a command that was cut do no harm", () => {
  expect(
    cut("ab cd", [
      [3, 90],
      [40, 50],
    ]),
  ).toMatchObject({ partOf: [0, null], events: [0] });
});
