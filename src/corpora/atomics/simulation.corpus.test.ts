import { describe, expect, it } from "vitest";
import type { AtomicTest } from "../../emulation/atomic-test.ts";
import { deriveTelemetry } from "../../emulation/telemetry/derive.ts";
import { analyseRule } from "../../languages/analyse.ts";
import { openEngine } from "../../matching/open-engine.ts";
import type { RuleDocument } from "../../rule/document.ts";
import { nameRule } from "../../vocabulary/name-rule.ts";
import { emulationTables } from "../content/emulation/index.ts";
import { matchingKnowledge } from "../content/matching/index.ts";
import { sigmaReader } from "../sigma/index.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { atomicsSource } from "./index.ts";

/** Sigma's rules that name the test which they were written against. */
function linkedRules(): { readonly rules: readonly RuleDocument[]; readonly environment: object } {
  const { items, environment } = sigmaReader.read(corpusFolder("sigma"));
  const rules: RuleDocument[] = [];
  for (const item of items) if (item.type === "rule" && item.rule.simulations.length > 0) rules.push(item.rule);
  return { rules, environment };
}

function testsByGuid(): ReadonlyMap<string, AtomicTest> {
  const tests = new Map<string, AtomicTest>();
  for (const item of atomicsSource.read(corpusFolder("atomics")).items) {
    if (item.type === "test") tests.set(item.test.guid, item.test);
  }
  return tests;
}

describe.skipIf(!corporaPresent)(corpusTitle("rules on the telemetry of the tests that they name"), () => {
  it("fires every rule on one of its tests, but for those whose tests cannot show what they ask for", () => {
    const { rules, environment } = linkedRules();
    const tests = testsByGuid();
    const tables = emulationTables();
    const knowledge = matchingKnowledge();
    const silent: string[] = [];
    for (const document of rules) {
      const rule = nameRule(knowledge.vocabulary, analyseRule(document, environment));
      const fires = document.simulations.some(({ test }) => {
        const found = tests.get(test ?? "");
        if (found === undefined) return false;
        const engine = openEngine(knowledge, [rule]);
        expect(engine.notRun).toEqual([]);
        const { events } = deriveTelemetry(found, tables);
        return events.some(({ data }, index) => engine.push(data, { file: found.guid, record: index + 1 }).length > 0);
      });
      if (!fires) silent.push(document.id);
    }
    expect(rules.length).toBe(65);
    expect(rules.length - silent.length).toBeGreaterThanOrEqual(60);
    expect(silent.sort()).toEqual(Object.keys(tables.notShown).sort());
  }, 120_000);
});
