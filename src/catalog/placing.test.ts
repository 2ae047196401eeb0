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
