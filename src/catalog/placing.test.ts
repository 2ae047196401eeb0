import { describe, expect, test } from "vitest";
import { diagnostic } from "../kit/diagnostic.ts";
import { span } from "../kit/span.ts";
import type { RuleDocument, RuleQuery } from "../rule/document.ts";
import { placeInFile } from "./placing.ts";

function place(raw: string, query: Pick<RuleQuery, "text" | "offset" | "line"> | null, start: number) {
  const document = { path: "rule.yml", raw } as RuleDocument;
  const full: RuleQuery | null = query === null ? null : { role: "main", language: "spl", ...query };
  return placeInFile(document, full, [diagnostic("spl/x", "error", "No.", span(start, start + 1))]).map(
    ({ line, column }) => `${line}:${column}`,
  );
}

describe("placeInFile", () => {
  test("a fault of the document counts from its start", () => {
    expect(place("a: 1\nb: 2\n", null, 8)).toEqual(["2:4"]);
  });

  test("a query that stands in the file letter for letter counts from where it begins", () => {
    expect(place("name: x\nsearch: a=1 b=2\n", { text: "a=1 b=2", offset: 16, line: 2 }, 4)).toEqual(["2:13"]);
  });

  test("a block that is indented in the file counts with its indent", () => {
    const raw = "search: |-\n  a=1\n  | where b\n    c\n";
    expect(place(raw, { text: "a=1\n| where b\n  c", offset: null, line: 2 }, 12)).toEqual(["3:11"]);
    expect(place(raw, { text: "a=1\n| where b\n  c", offset: null, line: 2 }, 16)).toEqual(["4:5"]);
  });

  test("a line that the file spells otherwise counts in itself", () => {
    expect(place('search: "a=\\"1\\" b"\n', { text: 'a="1" b', offset: null, line: 1 }, 6)).toEqual(["1:7"]);
  });

  test("a query that has more lines than the file stays within it as far as it can", () => {
    expect(place("search: x", { text: "a\nb\nc", offset: null, line: 1 }, 4)).toEqual(["3:1"]);
  });

  test("nothing to place", () => {
    expect(placeInFile({ path: "rule.yml", raw: "" } as RuleDocument, null, [])).toEqual([]);
  });
});
