import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lookupIn, ownRules } from "../../corpora/content/platforms/own-rules.testing.ts";
import { testEngines } from "../../platforms/sql/engines/index.ts";
import { generatedEvents } from "./generated-events.testing.ts";
import { difference, hitsOfEngine, huntOn, knowledge, loadInto, type Place, places } from "./places.testing.ts";

const own = [...ownRules().values()];
const related = lookupIn(own);

for (const { name, missing } of testEngines) {
  describe.skipIf(missing !== null)(missing === null ? name : `${name}: skipped, ${missing}`, () => {
    let place: Place;
    const events = generatedEvents(knowledge, own, { most: 24, related });

    beforeAll(async () => {
      place = (await places[name]?.()) ?? expect.fail(`No place for ${name}.`);
      await loadInto(place.connection, events);
    }, 60_000);

    afterAll(async () => {
      await place?.connection.close();
      await place?.stop();
    });

    test("finds the hits that the engine finds", { timeout: 120_000 }, async () => {
      const { hits, report } = await huntOn(place.connection, own);
      expect(difference(hits, hitsOfEngine(own, events))).toBe("");
      expect(hits.length).toBeGreaterThan(100);
      // Sequences, counts and new values name all of their events.
      expect(new Set(hits.filter((one) => one.events !== undefined).map((one) => one.rule)).size).toBeGreaterThan(8);
      expect([...report.unconfirmed]).toEqual([]);
      expect(report.rows).toBeGreaterThanOrEqual(events.length);
    });
  });
}
