import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { platformNamed } from "../../../platforms/registry.ts";
import { openTranslator } from "../../../platforms/translate.ts";
import { loadKustoOracle } from "../../kql/testing.ts";
import { corporaPresent, corpusTitle } from "../../testing.ts";
import { activeRules, ruleCorpora } from "./corpus-rules.testing.ts";
import { translationKnowledge } from "./index.ts";
import { lookupIn } from "./own-rules.testing.ts";

const goldens = join(import.meta.dirname, "../../../../fixtures/platforms/microsoft");

const { parse, errors } = loadKustoOracle();

test("Microsoft's own parser accepts what is written for our own rules", () => {
  const refused = readdirSync(goldens).flatMap((name) => {
    const [query = ""] = readFileSync(join(goldens, name), "utf8").split("\n--- ");
    return query.startsWith("(no query)") ? [] : errors(parse(query)).map((one) => `${name}: ${one}`);
  });
  expect(refused).toEqual([]);
});

describe.skipIf(!corporaPresent)(corpusTitle("translations to KQL"), () => {
  test.each(ruleCorpora)("Microsoft's own parser accepts those of %s", { timeout: 600_000 }, (corpus) => {
    const rules = activeRules(corpus);
    const platform = platformNamed("microsoft");
    if (platform === null) throw new Error("There is no platform microsoft.");
    const translator = openTranslator(translationKnowledge(), { related: lookupIn(rules) });
    const refused: string[] = [];
    let queries = 0;
    for (const rule of rules) {
      const { query } = translator.translate(rule, platform);
      if (query === null) continue;
      queries++;
      const [first] = errors(parse(query));
      if (first !== undefined) refused.push(`${rule.document.path}: ${first}`);
    }
    expect(refused).toEqual([]);
    expect(queries).toBeGreaterThan(100);
  });
});
