import { describe, expect, test } from "vitest";
import { excerptLines } from "./excerpt.ts";

/** Both rows, without their margin. `marked` is where `[` and `]` stand in the line. */
function rows(written: string, width = 80): readonly string[] {
  const from = written.indexOf("[");
  const to = written.indexOf("]") - 1;
  const line = written.replace(/[[\]]/g, "");
  const text = excerptLines({ line, from, to, severity: "error" }, width, (_, plain) => plain);
  expect(text.endsWith("\n")).toBe(true);
  const lines = text.slice(0, -1).split("\n");
  expect(lines.every((one) => one.startsWith("  "))).toBe(true);
  return lines.map((one) => one.slice(2));
}

describe("the mark stands under its place", () => {
  test.each([
    ["of several characters", "a [bcd] e", ["a bcd e", "  ^~~"]],
    ["of one character", "a [b]", ["a b", "  ^"]],
    ["without any characters", "a []b", ["a b", "  ^"]],
    ["at the end of the line", "a b[]", ["a b", "   ^"]],
    ["in an empty line", "[]", ["", "^"]],
    ["behind tabs, which are kept", "\ta\t[bc]", ["\ta\tbc", "\t \t^~"]],
    ["over a tab", "a[b\tc]d", ["ab\tcd", " ^~~~~~"]],
    ["behind wide characters", "終端[ab]", ["終端ab", "    ^~"]],
    ["over wide characters", "a[終]端", ["a終端", " ^~"]],
    ["behind an emoji", "\u{1f600}[ab]", ["\u{1f600}ab", "  ^~"]],
    ["over an emoji of several characters", "[\u{1f469}\u200d\u{1f4bb}]x", ["\u{1f469}\u200d\u{1f4bb}x", "^~"]],
    ["behind a combining character", "e\u0301[a]", ["e\u0301a", " ^"]],
    ["behind a control character, which is shown", "\u001b[a]", ["\\u001ba", "      ^"]],
    ["behind a character that turns text around", "\u202e[a]", ["\\u202ea", "      ^"]],
  ])("%s", (_, written, expected) => {
    expect(rows(written)).toEqual(expected);
  });
});

describe("a long line is cut around the place", () => {
  const long = "0123456789".repeat(10);

  test("at its end", () => {
    expect(rows(`[ab]${long}`, 22)).toEqual(["ab01234567890123456…", "^~"]);
  });

  test("at its start", () => {
    expect(rows(`${long}[ab]`, 22)).toEqual(["…456789ab", "       ^~"]);
  });

  test("on both sides", () => {
    expect(rows(`${long}[ab]${long}`, 22)).toEqual(["…456789ab0123456789…", "       ^~"]);
  });

  test("with the mark going on to the cut", () => {
    expect(rows(`[${long}]`, 22)).toEqual(["0123456789012345678…", "^~~~~~~~~~~~~~~~~~~~"]);
  });

  test("without taking a character apart", () => {
    expect(rows(`${"\u{1f600}".repeat(50)}[ab]`, 22)).toEqual([`…${"\u{1f600}".repeat(3)}ab`, "       ^~"]);
  });

  test("however long it is", () => {
    const started = performance.now();
    expect(rows(`${"a\u0301".repeat(250_000)}[x]`, 80)[0]?.length).toBeLessThan(200);
    expect(rows(`[${"\t".repeat(500_000)}]`, 80)[0]?.length).toBeLessThan(200);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
