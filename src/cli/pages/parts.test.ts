import { describe, expect, test } from "vitest";
import type { Styler, Terminal } from "../terminal.ts";
import { facts, more, prose } from "./parts.ts";

const plain: Styler = (_, text) => text;
const at = (width: number) => ({ width }) as Terminal;

describe("prose", () => {
  test("breaks at words and keeps paragraphs", () => {
    expect(prose("one two three\nfour\n\nfive\n", at(10))).toBe("one two\nthree four\n\nfive\n");
  });

  test("keeps a long word whole, and a paragraph on one line in a pipe", () => {
    expect(prose(`a ${"b".repeat(12)} c`, at(10))).toBe(`a\n${"b".repeat(12)}\nc\n`);
    expect(prose("one two\nthree", at(Number.POSITIVE_INFINITY))).toBe("one two three\n");
  });

  test("shows the text of a Markdown link", () => {
    expect(prose("see [VNC](https://example.org/a) and [x] (y)", at(99))).toBe("see VNC and [x] (y)\n");
  });

  test("takes a row of brackets in its stride", () => {
    const started = performance.now();
    prose("[".repeat(300_000) + "[a](".repeat(100_000), at(80));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

test("more says how the rest can be had", () => {
  expect([more(5, 5), more(5, 9), more(5, 9, 20), more(9, 9, 20)]).toEqual([
    "",
    "… and 4 more (--all shows them)\n",
    "… and 15 more (--all shows 9)\n",
    "… and 11 more (not listed)\n",
  ]);
});

test("facts leave out what has no value", () => {
  expect(
    facts(
      [
        ["a", "1"],
        ["long", "2"],
        ["none", null],
        ["empty", ""],
      ],
      plain,
    ),
  ).toBe("a     1\nlong  2\n");
});
