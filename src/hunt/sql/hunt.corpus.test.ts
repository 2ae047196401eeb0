import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { activeRules } from "../../corpora/content/platforms/corpus-rules.testing.ts";
import { corporaPresent, corpusFolder, corpusTitle, thorough } from "../../corpora/testing.ts";
import { readLogs } from "../log-files/read-logs.ts";
import { generatedEvents, type TableEvent } from "./generated-events.testing.ts";
import { difference, hitsOfEngine, huntOn, knowledge, loadInto, onEachPlace } from "./places.testing.ts";

/** One in so many rules. */
const oneIn = thorough ? 1 : 3;

/** The events of the regression cases, in both forms that they have: EVTX and JSON. */
async function regressionEvents(): Promise<readonly TableEvent[]> {
  const folder = join(corpusFolder("sigma"), "regression_data");
  const events: TableEvent[] = [];
  for await (const { file, batch } of readLogs([folder])) {
    for (const { number, data } of batch.records) events.push({ id: `${relative(folder, file)}#${number}`, data });
  }
  return events;
}

describe.skipIf(!corporaPresent)(corpusTitle("the hunt"), () => {
  onEachPlace("rules of Sigma for Windows", (place) => {
    test("find the hits that the engine finds", { timeout: 600_000 }, async () => {
      const { connection } = place();
      const rules = activeRules("sigma")
        .filter((one) => one.document.logSources.some(({ name }) => /\bwindows\b/u.test(name)))
        .filter((_, at) => at % oneIn === 0);
      const some = rules.filter((_, at) => at % 20 === 0);
      const generated = generatedEvents(knowledge, some, { most: 12, related: () => null });
      const events = [...(await regressionEvents()), ...generated];
      await loadInto(connection, events);
      const { hits, report } = await huntOn(connection, rules);
      expect(difference(hits, hitsOfEngine(rules, events))).toBe("");
      expect([...report.unconfirmed]).toEqual([]);
      expect(report.inPart).toEqual([]);
      expect(report.running).toBeGreaterThan(2800 / oneIn);
      expect(new Set(hits.map((one) => one.rule)).size).toBeGreaterThan(150 / oneIn);
    });
  });
});
