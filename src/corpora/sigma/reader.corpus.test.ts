import { describe, expect, test } from "vitest";
import { lower, parse, type SigmaAst } from "../../languages/sigma/index.ts";
import { predicatesOf } from "../../rule/predicates.ts";
import { uniqueRules } from "../identity.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { sigmaReader } from "./reader.ts";

describe.skipIf(!corporaPresent)(corpusTitle("the Sigma collection"), () => {
  const reading = sigmaReader.read(corpusFolder("sigma"));
  const items = corporaPresent ? [...uniqueRules(reading.items)] : [];
  const rules = items.flatMap((one) => (one.type === "rule" ? [one.rule] : []));
  const active = rules.filter((one) => one.lifecycle === "active");
  const count = (of: (rule: (typeof rules)[number]) => string, some = rules) =>
    Object.fromEntries(Object.entries(Object.groupBy(some, of)).map(([key, found]) => [key, found?.length]));

  test("is read without a failure", () => {
    expect(items.filter((one) => one.type !== "rule")).toEqual([]);
    expect(reading.files).toBe(4039);
    // Three of the 92 unsupported documents are global ones, which are no rules of their own.
    expect(count((one) => one.lifecycle)).toEqual({ active: 3780, deprecated: 172, unsupported: 89 });
    expect(count((one) => one.path.split("/")[0] ?? "", active)).toEqual({
      rules: 3141,
      "rules-emerging-threats": 473,
      "rules-threat-hunting": 140,
      "rules-placeholder": 23,
      "rules-compliance": 3,
    });
    expect(rules.filter((one) => one.diagnostics.length > 0).map((one) => one.id)).toEqual([
      "unsupported/windows/sysmon_process_reimaging.yml#3",
      "unsupported/windows/win_remote_service.yml#3",
    ]);
  });

  test("has the metadata that was counted without this reader", () => {
    const collection = active.filter((one) => one.path.startsWith("rules/"));
    expect(count((one) => one.status, collection)).toEqual({ test: 2839, experimental: 225, stable: 77 });
    expect(count((one) => one.severity ?? "none", collection)).toEqual({
      high: 1420,
      medium: 1352,
      low: 273,
      critical: 71,
      informational: 25,
    });
    expect(active.filter((one) => one.attack.some((tag) => tag.kind === "technique"))).toHaveLength(3309);
    expect(count((one) => one.kind)).toEqual({ rule: 3901, hunt: 140 });
    expect(rules.filter((one) => one.created === null)).toEqual([]);
    expect(active.filter((one) => one.attack.some((tag) => tag.id === "stealth"))).toHaveLength(1094);
    expect(
      active
        .flatMap((one) => one.attack)
        .filter((tag) => tag.kind === "other")
        .map((tag) => tag.id),
    ).toEqual(["ds0005"]);
  });

  test("passes on what the language would say", () => {
    const several = rules.filter((one) => one.queries[0]?.offset === null);
    expect(several).toHaveLength(5);
    for (const rule of [...several, ...active.slice(0, 50)]) {
      const [query] = rule.queries;
      expect(query?.parsed).toEqual(parse(query?.text ?? ""));
    }
  });

  test("the eleven Windows rules of T1133 have 154 triples of field, operator and value in 7 fields", () => {
    const eleven = rules.filter(
      (one) => one.path.startsWith("rules/windows/") && one.attack.some((tag) => tag.id === "T1133"),
    );
    expect(eleven).toHaveLength(11);
    const triples = eleven.flatMap((rule) => {
      const logics = rule.queries.map((query) => lower((query.parsed as { ast: SigmaAst }).ast));
      return logics
        .flatMap((logic) => predicatesOf(logic).uses)
        .flatMap(({ predicate: { field, operator, raw } }) =>
          field === null || field.raw === "EventID" ? [] : raw.map((value) => ({ field: field.raw, operator, value })),
        );
    });
    expect(new Set(triples.map((one) => JSON.stringify(one))).size).toBe(154);
    expect([...new Set(triples.map((one) => one.field))].toSorted()).toEqual([
      "CommandLine",
      "Image",
      "IpAddress",
      "LogonType",
      "ParentImage",
      "TargetFilename",
      "TargetObject",
    ]);
  });
});
