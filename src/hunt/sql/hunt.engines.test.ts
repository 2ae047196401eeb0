import { expect, test } from "vitest";
import { lookupIn, ownRules } from "../../corpora/content/platforms/own-rules.testing.ts";
import { generatedEvents } from "./generated-events.testing.ts";
import { difference, hitsOfEngine, huntOn, knowledge, loadInto, onEachPlace } from "./places.testing.ts";

const own = [...ownRules().values()];
const related = lookupIn(own);

const events = generatedEvents(knowledge, own, { most: 24, related });

onEachPlace(
  "rules",
  (place) => {
    test("find the hits that the engine finds", { timeout: 120_000 }, async () => {
      const { hits, report } = await huntOn(place().connection, own);
      expect(difference(hits, hitsOfEngine(own, events))).toBe("");
      expect(hits.length).toBeGreaterThan(100);
      // Sequences, counts and new values name all of their events.
      expect(new Set(hits.filter((one) => one.events !== undefined).map((one) => one.rule)).size).toBeGreaterThan(8);
      expect([...report.unconfirmed]).toEqual([]);
      expect(report.rows).toBeGreaterThanOrEqual(events.length);
    });
  },
  ({ connection }) => loadInto(connection, events),
);
