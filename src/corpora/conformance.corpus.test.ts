import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { faultsOf } from "../languages/conformance.ts";
import type { Environment } from "../languages/language.ts";
import { fuzzLanguage } from "../languages/mutation.ts";
import { languages } from "../languages/registry.ts";
import { noting } from "../languages/testing.ts";
import { diagnosticGuide } from "./content/diagnostic-guide.ts";
import { ruleReaders } from "./registry.ts";
import { corporaPresent, corpusFolder, corpusTitle, processorTime } from "./testing.ts";

const ratchets = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/ratchets.json"), "utf8"),
) as Readonly<Record<string, { readonly queries: number }>>;

interface Query {
  readonly path: string;
  readonly text: string;
  readonly environment: Environment;
}

/** Language → every query that the readers find in it. */
function queriesByLanguage(): ReadonlyMap<string, readonly Query[]> {
  const found = new Map<string, Query[]>();
  for (const reader of ruleReaders) {
    const { environment, items } = reader.read(corpusFolder(reader.id));
    for (const item of items) {
      if (item.type !== "rule") continue;
      for (const { language, text } of item.rule.queries) {
        const list = found.get(language) ?? [];
        found.set(language, list);
        list.push({ path: item.rule.path, text, environment });
      }
    }
  }
  return found;
}

describe.skipIf(!corporaPresent)(corpusTitle("the queries of the collections"), () => {
  const queries = corporaPresent ? queriesByLanguage() : new Map<string, readonly Query[]>();

  test.each([...languages.values()])("hold what $id promises", (language) => {
    const own = queries.get(language.id) ?? [];
    expect(own.length).toBe(ratchets[language.id]?.queries);
    const faults = own.flatMap(({ path, text, environment }) =>
      faultsOf(language, text, environment).map((fault) => `${path}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  test.each([...languages.values()])(
    "survive mutation in $id, each text in time, with no code that is not explained",
    (language) => {
      const own = queries.get(language.id) ?? [];
      const environment = own[0]?.environment;
      const codes = new Set<string>();
      const result = fuzzLanguage(noting(language, codes), {
        seeds: own.map((one) => one.text).filter((text) => text.length <= 20_000),
        count: 3000,
        seed: 11,
        now: processorTime,
        ...(environment === undefined ? {} : { environment }),
      });
      expect(result.failures).toEqual([]);
      expect([...codes].filter((code) => !diagnosticGuide().has(code))).toEqual([]);
      expect(result.slowestMs, result.slowest).toBeLessThan(200);
    },
  );
});
