import { availableParallelism } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { corporaPresent, corpusTitle, thorough } from "../corpora/testing.ts";
import { type Crawl, crawl } from "./crawl/crawl.ts";
import { knownPages } from "./crawl/known.ts";
import { describeFaults } from "./crawl/report.ts";
import { openVisitors } from "./crawl/workers.ts";
import { schemaChoices } from "./lens.ts";
import { bundledStyle, openCorpusSite, type TestSite } from "./testing.ts";

/**
 * Of kinds with thousands of pages a part is visited, in minutes instead of an hour:
 * `THOROUGH=1 npx vitest run src/web/crawl.corpus` visits them all.
 */
const parts = {
  "/indicators/:id": 100,
  "/rules/:corpus/:slug": 10,
  "/fields/:id": 10,
  "/events/:provider/:event": 10,
  "/tests/:test": 10,
  "/software/:id": 4,
  "/attack/:id": 4,
  "/attack/:id/:platform": 20,
};

describe.skipIf(!corporaPresent)(corpusTitle("a crawl of the site over the public corpora"), () => {
  let site: TestSite;
  let known: Readonly<Record<string, readonly string[]>>;
  let result: Crawl;

  beforeAll(async () => {
    site = await openCorpusSite();
    const database = site.catalog.database();
    known = knownPages(database);
    const threads = openVisitors(Math.min(4, availableParallelism()), {
      catalogFile: site.catalogFile,
      style: await bundledStyle(),
    });
    try {
      result = await crawl(threads.visitors, {
        schemas: schemaChoices(database).map(({ id }) => id),
        known: Object.values(known).flat(),
        oneIn: thorough ? {} : parts,
        questionsOfKind: 30,
        sampleOfKind: 25,
      });
    } finally {
      await threads.close();
    }
  }, 900_000);

  afterAll(() => site?.close());

  test("no page is dead, slow or large, or breaks the rules of HTML", () => {
    expect(describeFaults(result)).toEqual([]);
  });

  test("it has seen the page of everything in the catalog", () => {
    const seen = new Set([...result.kinds.values()].flat().map(({ address }) => address));
    for (const [what, addresses] of Object.entries(known)) {
      expect([what, addresses.filter((address) => !seen.has(address) && !result.thinned.has(address))]).toEqual([
        what,
        [],
      ]);
    }
    expect(seen.size).toBeGreaterThan(2_000);
  });
});
