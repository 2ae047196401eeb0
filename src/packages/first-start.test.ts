import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../catalog/database.ts";
import { openCatalog } from "../catalog/location.ts";
import { authoredTechniques } from "../catalog/queries/authored-package.ts";
import { systems } from "../platforms/systems.ts";
import { composePackage } from "./compose.ts";
import type { DetectionPackage } from "./detection-package.ts";

let folder = "";
let catalog: Database;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "detectionary-"));
  catalog = await openCatalog(join(folder, "catalog.sqlite"));
});
afterAll(() => {
  catalog.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("without any corpus, as the first start makes it", () => {
  test.each(systems.map((one) => one.id))("every package of ours is whole on %s", (platform) => {
    const techniques = authoredTechniques(catalog);
    expect(techniques.length).toBeGreaterThanOrEqual(40);
    for (const technique of techniques) {
      const made = composePackage(catalog, technique, platform);
      expect(made, technique).toMatchObject({ origin: "authored", absence: null });
      expect(missingIn(made), technique).toEqual([]);
    }
  });
});

/** Parts without content; a test that was run must say what it proves. */
function missingIn(made: DetectionPackage | null): readonly string[] {
  if (made === null) return ["package"];
  const { description, detections, needs, falsePositives, knobs, investigation, response, references, tests } = made;
  const parts = { description, detections, needs, falsePositives, knobs, investigation, response, references };
  const proved = tests.filter(({ proof, fires, signals }) => proof !== null && fires.length > 0 && signals.length > 0);
  return [
    ...Object.entries(parts).flatMap(([name, items]) => (items.length === 0 ? [name] : [])),
    ...detections.flatMap(({ id, query }) => (query === "" ? [id] : [])),
    ...(investigation.some((step) => step.queries.length > 0) ? [] : ["pivots"]),
    ...(proved.length < 3 ? ["proved tests"] : []),
  ];
}
