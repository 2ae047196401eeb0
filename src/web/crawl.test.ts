import { afterAll, beforeAll, expect, test } from "vitest";
import { type Crawl, crawl } from "./crawl/crawl.ts";
import { knownPages } from "./crawl/known.ts";
import { describeFaults } from "./crawl/report.ts";
import { createVisitor } from "./crawl/visitor.ts";
import { schemaChoices } from "./lens.ts";
import { openTestSite, type TestSite } from "./testing.ts";

let site: TestSite;
let known: Readonly<Record<string, readonly string[]>>;
let result: Crawl;

beforeAll(async () => {
  site = await openTestSite();
  const database = site.catalog.database();
  known = knownPages(database);
  result = await crawl([createVisitor(site)], {
    schemas: schemaChoices(database).map(({ id }) => id),
    known: Object.values(known).flat(),
    // Events and packages are the most of it, and alike.
    oneIn: { "/events/:provider/:event": 5, "/attack/:id/:platform": 10 },
    questionsOfKind: 10,
    sampleOfKind: 2,
  });
}, 120_000);

afterAll(() => site.close());

test("no page of the embedded catalog is dead, slow or large, or breaks the rules of HTML", () => {
  expect(describeFaults(result)).toEqual([]);
});

test("links lead to the page of everything in the embedded catalog", () => {
  const seen = new Set([...result.kinds.values()].flat().map(({ address }) => address));
  for (const [what, addresses] of Object.entries(known)) {
    expect([what, addresses.filter((address) => !seen.has(address) && !result.thinned.has(address))]).toEqual([
      what,
      [],
    ]);
  }
  // Only the search leads to techniques that ATT&CK has replaced and to fields that no rule filters on.
  expect(result.unlinked.filter((address) => !/^\/(attack|fields)\//.test(address))).toEqual([]);
});
