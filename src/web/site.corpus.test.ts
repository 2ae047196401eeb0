import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { corporaPresent, corpusTitle } from "../corpora/testing.ts";
import { openCorpusSite, type TestSite } from "./testing.ts";

describe.skipIf(!corporaPresent)(corpusTitle("the site over the public corpora"), () => {
  let site: TestSite;

  beforeAll(async () => {
    site = await openCorpusSite();
  }, 600_000);

  afterAll(() => site?.close());

  async function sizeOf(path: string): Promise<number> {
    const response = await site.app.request(path);
    expect([path, response.status]).toEqual([path, 200]);
    return (await response.arrayBuffer()).byteLength;
  }

  test("every technique page has less than 200 KB", async () => {
    const ids = site.catalog.database().all<{ id: string }>("SELECT id FROM technique ORDER BY id");
    expect(ids.length).toBeGreaterThan(690);
    const large: (readonly [string, number])[] = [];
    for (const { id } of ids) {
      const size = await sizeOf(`/attack/${id}`);
      if (size >= 200_000) large.push([id, size]);
    }
    expect(large).toEqual([]);
  }, 120_000);

  test("every field, and indicators of every kind, have a page below 400 KB", async () => {
    const database = site.catalog.database();
    const fields = database.all<{ id: string }>("SELECT id FROM field WHERE predicates > 0 UNION SELECT id FROM facet");
    const indicators = database.all<{ id: string }>(
      "SELECT id FROM indicator WHERE key % 500 = 0 OR key IN (SELECT key FROM indicator ORDER BY reach + excluded_by DESC LIMIT 50)",
    );
    expect([fields.length > 500, indicators.length > 100]).toEqual([true, true]);
    const large: (readonly [string, number])[] = [];
    for (const path of [
      ...["/fields", "/fields?mapped=no", "/indicators", "/indicators?sort=vendors"],
      ...fields.map(({ id }) => `/fields/${encodeURIComponent(id)}`),
      ...indicators.map(({ id }) => `/indicators/${id}`),
    ]) {
      const size = await sizeOf(path);
      if (size >= 400_000) large.push([path, size]);
    }
    expect(large).toEqual([]);
  }, 120_000);

  test("a rule of every kind and language has a page", async () => {
    const rules = site.catalog
      .database()
      .all<{ corpus: string; slug: string }>(
        "SELECT corpus, slug FROM rule GROUP BY corpus, language, kind, lifecycle, outcome, key % 12",
      );
    expect(rules.length).toBeGreaterThan(150);
    for (const { corpus, slug } of rules) await sizeOf(`/rules/${corpus}/${slug}`);
  }, 120_000);

  test("every corpus, and each page of what was not understood", async () => {
    const corpora = site.catalog
      .database()
      .all<{ corpus: string; pages: number }>(
        "SELECT corpus, (count(*) + 99) / 100 AS pages FROM diagnostic GROUP BY corpus",
      );
    expect(corpora.length).toBeGreaterThan(1);
    for (const { corpus, pages } of corpora) {
      for (let page = 1; page <= pages; page++) await sizeOf(`/corpora/${corpus}?page=${page}`);
    }
  }, 120_000);

  test.each([
    ["rundll32.exe", /Rundll32/i],
    ["T1059.001", /href="\/attack\/T1059.001"/],
    ["CVE-2024-1708", /ScreenConnect/i],
    ["C:\\Windows\\Temp", /<mark>C:\\Windows\\Temp<\/mark>/i],
    ["-EncodedCommand", /PowerShell/i],
    ["Image|endswith", /<mark>Image\|endswith<\/mark>/],
  ])("searching for %s finds rules", async (query, expected) => {
    const html = await (await site.app.request(`/search?q=${encodeURIComponent(query)}`)).text();
    expect(html).toMatch(/id="rules-title" class="small-title">[1-9][\d,]* rules found/);
    expect(html).toMatch(expected);
  });

  test("none of it was an error of ours", () => {
    expect(site.errors).toEqual([]);
  });
});
