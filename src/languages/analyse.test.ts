import { describe, expect, test } from "vitest";
import type { RuleQuery } from "../rule/document.ts";
import { analyseQuery } from "./analyse.ts";

function query(language: string, text: string): RuleQuery {
  return { role: "main", language, text, offset: 0, line: 1 };
}

describe("a query without a parser is one part that is not understood", () => {
  test.each([
    ["sql", "rule/kept-as-text", "SQL is kept as text"],
    ["ppl", "rule/language-not-read", "no parser for ppl"],
  ])("%s", (language, code, reason) => {
    const text = "select pid from processes";
    expect(analyseQuery(query(language, text), {})).toMatchObject({
      outcome: "unread",
      logic: { stages: [{ type: "opaque", text, reason, span: { start: 0, end: text.length } }] },
      diagnostics: [{ code, severity: "info", span: { start: 0, end: text.length } }],
      nodes: 1,
      opaque: [{ reason, text }],
    });
  });
});

test("a query that has one is parsed or failed", () => {
  expect(analyseQuery(query("lucene", "a:b"), {})).toMatchObject({ outcome: "parsed", opaque: [] });
  expect(analyseQuery(query("lucene", "a:(b"), {})).toMatchObject({ outcome: "failed" });
});
