import { describe, expect, test } from "vitest";
import type { RuleDocument } from "../../rule/document.ts";
import type { CorpusItem } from "../corpus.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { elasticReader } from "./index.ts";

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(Object.groupBy(items, key)).map(([name, found]) => [name, found?.length ?? 0]),
  );
}

describe.skipIf(!corporaPresent)(corpusTitle("Elastic's detection rules"), () => {
  const reading = corporaPresent ? elasticReader.read(corpusFolder("elastic")) : null;
  const items: readonly CorpusItem[] = [...(reading?.items ?? [])];
  const documents: readonly RuleDocument[] = items.flatMap((item) => (item.type === "rule" ? [item.rule] : []));
  const rules = documents.filter((one) => one.kind !== "hunt");
  const hunts = documents.filter((one) => one.kind === "hunt");

  test("are all read", () => {
    expect(items.filter((item) => item.type === "failure")).toEqual([]);
    expect([reading?.files, documents.length, rules.length, hunts.length]).toEqual([2332, 2332, 2192, 140]);
    expect(documents.flatMap((one) => one.diagnostics)).toEqual([]);
  });

  test("share three ids: one of a rule and a hunt, two of hunts", () => {
    const shared = Object.values(Object.groupBy(documents, (one) => one.id)).filter(
      (found) => (found?.length ?? 0) > 1,
    );
    expect(shared.map((found) => found?.map((one) => one.kind))).toEqual([
      ["rule", "hunt"],
      ["hunt", "hunt"],
      ["hunt", "hunt"],
    ]);
  });

  test("stand where they belong", () => {
    expect(countBy(rules, (one) => `${one.kind} ${one.lifecycle}`)).toEqual({
      "rule active": 1940,
      "rule deprecated": 119,
      "building_block active": 128,
      "building_block deprecated": 5,
    });
  });

  test("have the queries that were counted", () => {
    const queries = rules.flatMap((one) => one.queries);
    expect(countBy(queries, (one) => `${one.role} ${one.language}`)).toEqual({
      "main eql": 1081,
      "main kuery": 792,
      "main esql": 212,
      "main lucene": 1,
      "filter query-dsl": 53,
      "threat kuery": 9,
      "threat query-dsl": 27,
    });
    expect(rules.filter((one) => one.queryless)).toHaveLength(106);
    expect(rules.filter((one) => one.queries.some((query) => query.role === "filter"))).toHaveLength(21);
  });

  test("have their queries where they stand in the file", () => {
    for (const { raw, queries, path } of documents) {
      for (const { role, language, offset, text, line } of queries) {
        if (language === "query-dsl") continue;
        expect(offset, `${path} ${role}`).not.toBeNull();
        expect(raw.startsWith(text, offset ?? 0)).toBe(true);
        expect(raw.slice(0, offset ?? 0).split("\n").length).toBe(line);
      }
    }
  });

  test("have their stages", () => {
    const stages = rules.map((one) => one.stages.map((stage) => stage.type));
    expect(stages.filter((one) => one.includes("new_terms"))).toHaveLength(245);
    expect(stages.filter((one) => one.includes("threshold"))).toHaveLength(31);
    expect(stages.filter((one) => one.length === 2)).toHaveLength(19);
    expect(stages.filter((one) => one.includes("anomaly"))).toHaveLength(106);
    const fields = rules.flatMap((one) =>
      one.stages.flatMap((stage) => (stage.type === "new_terms" ? [stage.fields.length] : [])),
    );
    expect(countBy(fields, String)).toEqual({ 1: 95, 2: 108, 3: 42 });
  });

  test("name their techniques", () => {
    const named = rules.filter((one) => one.attack.some((tag) => tag.kind === "technique"));
    expect(countBy(named, (one) => `${one.kind} ${one.lifecycle}`)).toEqual({
      "rule active": 1860,
      "rule deprecated": 98,
      "building_block active": 123,
      "building_block deprecated": 4,
    });
    expect(rules.every((one) => one.attack.every((tag) => tag.kind === "technique" || tag.kind === "tactic"))).toBe(
      true,
    );
  });

  test("keep dates, severities, licences and guides", () => {
    expect(rules.every((one) => one.created !== null && one.modified !== null && one.severity !== null)).toBe(true);
    expect(countBy(rules, (one) => one.licence)).toEqual({
      "Elastic License v2": 2190,
      "Elastic License": 1,
      "Elastic Licence v2": 1,
    });
    expect(rules.flatMap((one) => one.sections).every((one) => one.title !== "" && one.markdown !== "")).toBe(true);
  });

  test("of hunting have 239 queries, each in the language in which it is written", () => {
    const queries = hunts.flatMap((one) => one.queries);
    expect(countBy(queries, (one) => one.language)).toEqual({ esql: 165, sql: 61, eql: 13 });
    expect(queries.every((one) => one.role === "main")).toBe(true);
    expect(hunts.flatMap((one) => one.attack).filter((one) => one.kind === "other")).toHaveLength(4);
  });
});
