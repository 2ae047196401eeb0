import { expect, test } from "vitest";
import { readPackages } from "../../corpora/content/authored/index.ts";
import type { Hit } from "../../matching/hit.ts";
import { difference, hitsOfEngine, huntOn, loadInto, onEachPlace } from "../sql/places.testing.ts";
import { packageRules } from "./package-rules.ts";
import { readTelemetry } from "./run-telemetry.ts";

const { packages } = readPackages();
const rules = packages.flatMap((one) => packageRules(one));
const events = packages.flatMap(({ technique, telemetry }) =>
  [...telemetry].flatMap(([path, text]) =>
    readTelemetry(text).events.map((data, at) => ({ id: `${technique}/${path}#${at + 1}`, data })),
  ),
);

/** A table keeps addresses in their normal form (`10.0.0.1` for `::ffff:10.0.0.1`), and names groups by it. */
function withoutGroup({ group: _group, ...hit }: Hit): Hit {
  return hit;
}

onEachPlace(
  "packages",
  (place) => {
    test("find what the engine finds in their telemetry", { timeout: 300_000 }, async () => {
      const { hits, report } = await huntOn(place().connection, rules);
      expect(difference(hits.map(withoutGroup), hitsOfEngine(rules, events).map(withoutGroup))).toBe("");
      expect([...report.unconfirmed]).toEqual([]);
      expect(hits.length).toBeGreaterThan(packages.length);
    });
  },
  ({ connection }) => loadInto(connection, events),
);
