import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { activeRules } from "../../corpora/content/platforms/corpus-rules.testing.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../../corpora/testing.ts";
import type { EventData } from "../../matching/readers/log-format.ts";
import { testEngines } from "../../platforms/sql/engines/index.ts";
import { generatedEvents, type TableEvent } from "./generated-events.testing.ts";
import { difference, hitsOfEngine, huntOn, knowledge, loadInto, type Place, places } from "./places.testing.ts";

/** The events of the regression cases, each as its file has it. */
function regressionEvents(): readonly TableEvent[] {
  const folder = join(corpusFolder("sigma"), "regression_data");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => {
      // Records one behind the other, each over several lines.
      const records = readFileSync(join(folder, name), "utf8").split(/(?<=^\})\s*\n(?=\{)/mu);
      return records
        .flatMap((text) => {
          const found: EventData | readonly EventData[] = JSON.parse(text);
          return found;
        })
        .map((data, at) => ({ id: `${name}#${at + 1}`, data }));
    });
}

for (const { name, missing } of testEngines) {
  const title =
    missing === null ? corpusTitle(`rules of Sigma for Windows on ${name}`) : `${name}: skipped, ${missing}`;
  describe.skipIf(missing !== null || !corporaPresent)(title, () => {
    let place: Place;

    beforeAll(async () => {
      place = (await places[name]?.()) ?? expect.fail(`No place for ${name}.`);
    }, 60_000);

    afterAll(async () => {
      await place?.connection.close();
      await place?.stop();
    });

    test("find the hits that the engine finds", { timeout: 600_000 }, async () => {
      const rules = activeRules("sigma").filter((one) =>
        one.document.logSources.some(({ name }) => /\bwindows\b/u.test(name)),
      );
      const some = rules.filter((_, at) => at % 20 === 0);
      const events = [...regressionEvents(), ...generatedEvents(knowledge, some, { most: 12, related: () => null })];
      await loadInto(place.connection, events);
      const { hits, report } = await huntOn(place.connection, rules);
      expect(difference(hits, hitsOfEngine(rules, events))).toBe("");
      expect([...report.unconfirmed]).toEqual([]);
      console.log(name, rules.length, events.length, hits.length, { ...report, notRun: report.notRun.length });
    });
  });
}
