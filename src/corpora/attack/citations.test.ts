import { expect, test } from "vitest";
import { stripCitations } from "./citations.ts";

test.each([
  ["no mark at all", "A text (with brackets).", "A text (with brackets)."],
  ["at the end", "It runs.(Citation: Blog 2020)", "It runs."],
  ["with a blank before", "It runs. (Citation: Blog 2020) ", "It runs."],
  ["before a full stop", "It runs (Citation: Blog 2020).", "It runs."],
  ["between words", "It runs (Citation: Blog 2020) often.", "It runs often."],
  ["glued to the next word", "It runs.(Citation: Blog 2020)Then stops.", "It runs. Then stops."],
  ["several", "It runs.(Citation: A)(Citation: B) (Citation: C) Then stops.", "It runs. Then stops."],
  ["brackets in the name", "It runs.(Citation: Blog (part 2) 2020) On.", "It runs. On."],
  ["a new line after", "It runs.(Citation: A)\n\nNext.", "It runs.\n\nNext."],
  ["not closed", "It runs (Citation: A and on.", "It runs (Citation: A and on."],
  ["not closed on its line", "It (Citation: A\nruns) on.", "It (Citation: A\nruns) on."],
])("%s", (_, text, expected) => {
  expect(stripCitations(text)).toBe(expected);
});

test("a text of nothing but openings takes no time", () => {
  const text = "(Citation: ".repeat(100_000);
  const start = performance.now();
  expect(stripCitations(text)).toBe(text.trim());
  expect(performance.now() - start).toBeLessThan(2_000);
});
