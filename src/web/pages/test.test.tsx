import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { madeTests, writeTestCorpora } from "../../catalog/testing.ts";
import { createVisitor } from "../crawl/visitor.ts";
import { openTestSite, type TestSite } from "../testing.ts";

let corpora = "";
let site: TestSite;

beforeAll(async () => {
  corpora = writeTestCorpora();
  site = await openTestSite(corpora, true);
}, 60_000);

afterAll(() => {
  site.close();
  rmSync(corpora, { recursive: true, force: true });
});

async function html(path: string): Promise<string> {
  const response = await site.app.request(path);
  expect(response.status).toBe(200);
  return response.text();
}

const pages = [
  `/tests/${madeTests.windows}`,
  `/tests/${madeTests.manual}`,
  "/tests",
  "/attack/T1033",
  "/rules/sigma/whoami_all",
  "/rules/sigma/whoami_groups",
];

test.each(["visit", "validate", "twin"] as const)("pages with proof pass the rules of the crawl: %s", async (type) => {
  const { faults } = await createVisitor(site).work({ type, addresses: pages });
  expect(faults).toEqual([]);
  expect(site.errors).toEqual([]);
});

describe("the page of a test", () => {
  test("leads from parts of the command to their events, and back", async () => {
    const page = await html(pages[0] ?? "");
    const [, event] = /<a class="part" id="part-1" href="#(event-\d+)">/.exec(page) ?? [];
    expect(page).toContain(`<li id="${event}">`);
    expect(page).toContain('<a href="#part-1">From this part.</a>');
  });

  test("says whose it is, and lets none of its HTML through", async () => {
    const page = await html(pages[0] ?? "");
    expect(page).toContain("Atomic Red Team, MIT");
    expect(page).toContain("&lt;i&gt;guest&lt;/i&gt;");
    expect(page).not.toMatch(/<i>guest|<b>No HTML|<here>/);
  });

  test("stands under its GUID, wherever else it is looked for", async () => {
    const response = await site.app.request("/tests/T1033-1");
    expect([response.status, response.headers.get("location")]).toEqual([302, pages[0]]);
    expect((await site.app.request("/tests/T1033-7")).status).toBe(404);
  });

  test("of steps by hand has no events, and says so", async () => {
    const page = await html(pages[1] ?? "");
    expect(page).toContain("We can derive no event from this test.");
    expect(page).toContain("<li>Read the badge.</li>");
  });

  test("looks as it did", async () => {
    await expect(normal(await html(pages[0] ?? ""))).toMatchFileSnapshot(
      join(import.meta.dirname, "..", "snapshots", "test.html.snap"),
    );
  });
});

test("the page of a rule says what tests show of it", async () => {
  const fires = await html("/rules/sigma/whoami_all");
  expect(fires).toContain("Exercised by 1 test, fires on 1.");
  expect(fires).toContain("named by the rule");
  const silent = await html("/rules/sigma/whoami_groups");
  expect(silent).toContain("Exercised by 1 test, fires on none.");
  expect(silent).toContain("CommandLine contains /groups");
  expect(silent).toContain("the closest event has");
});

test("the page of a technique lists its tests", async () => {
  const page = await html("/attack/T1033");
  expect(page).toContain(`<a href="/tests/${madeTests.windows}">`);
  expect(page).toContain("none that we can derive");
});

/** One tag a line, and without what each build changes. */
function normal(page: string): string {
  return page
    .replace(/\?v=[\w-]{12}/g, "?v=HASH")
    .replace(/<time datetime="\d{4}-\d\d-\d\dT[^"]*">[^<]*</g, '<time datetime="NOW">NOW<')
    .replace(/(?<!\n)<(?=[a-z!])/g, "\n<");
}
