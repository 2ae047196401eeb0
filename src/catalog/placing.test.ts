import { expect, test } from "vitest";
import { diagnostic } from "../kit/diagnostic.ts";
import type { RuleDocument, RuleQuery } from "../rule/document.ts";
import { placeInFile } from "./placing.ts";

const document = { path: "a.toml", raw: "[rule]\nquery = '''\nprocess where\n  true and\n'''\n" } as RuleDocument;
const at = [diagnostic("eql/operand", "error", "Expected an operand.", { start: 24, end: 24 })];
const text = "process where\n  true and\n";

function query(offset: number | null): RuleQuery {
  return { role: "main", language: "eql", text, offset, line: 3 };
}

test("a query that stands in the file is placed exactly", () => {
  expect(placeInFile(document, query(19), at)).toMatchObject([{ path: "a.toml", line: 4, column: 11, hint: null }]);
});

test("one that was decoded keeps its own columns, from the line on which it begins", () => {
  expect(placeInFile(document, query(null), at)).toMatchObject([{ line: 4, column: 11 }]);
});

test("what is missing at the end of a query is missing behind its last word, not on the next line of the file", () => {
  const missing = [diagnostic("eql/expected-value", "error", "A.", { start: text.length, end: text.length })];
  expect(placeInFile(document, query(19), missing)).toMatchObject([{ line: 4, column: 11, endLine: 4, endColumn: 11 }]);
  expect(placeInFile(document, query(null), missing)).toMatchObject([{ line: 4, column: 11 }]);
});

test("a fault of the file itself counts from its start", () => {
  expect(placeInFile(document, null, [diagnostic("x/y", "info", "A.", { start: 7, end: 8 })])).toMatchObject([
    { line: 2, column: 1 },
  ]);
});

test("one that merging made longer than the file is placed where it begins", () => {
  const merged = `${"selection\n".repeat(9)}condition`;
  const late = [diagnostic("sigma/timeframe", "info", "A.", { start: merged.length, end: merged.length })];
  const longer: RuleQuery = { role: "main", language: "sigma", text: merged, offset: null, line: 3 };
  expect(placeInFile(document, longer, late)).toMatchObject([{ line: 3, column: 1 }]);
});

test("files in turn, also of one length, are counted each by itself", () => {
  const lineOf = (raw: string) =>
    placeInFile({ path: "a", raw }, null, [diagnostic("x/y", "info", "A.", { start: 3, end: 3 })])[0]?.line;
  expect(["a\nb\nc", "a b c", "a\nb c", "a\nb\nc"].map(lineOf)).toEqual([2, 1, 2, 2]);
});

test("a thousand rules of one file do not count its lines a thousand times", () => {
  const raw = "a line of some length\n".repeat(40_000);
  const found = [diagnostic("x/y", "info", "A.", { start: raw.length - 1, end: raw.length - 1 })];
  const before = performance.now();
  for (let rule = 0; rule < 1000; rule++) placeInFile({ path: "a", raw }, null, found);
  // Each count takes some milliseconds.
  expect(performance.now() - before).toBeLessThan(1000);
});
