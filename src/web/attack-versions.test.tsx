import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestSite, type TestSite } from "./testing.ts";

const folder = mkdtempSync(join(tmpdir(), "detectionary versions "));
let site: TestSite;

beforeAll(async () => {
  mkdirSync(join(folder, "sigma", "rules"), { recursive: true });
  writeFileSync(
    join(folder, "sigma", "rules", "tagged_ahead.yml"),
    `title: Tagged Ahead
id: 00000000-0000-4000-8000-000000000001
status: test
level: high
tags: [attack.defense-impairment, attack.t1685]
logsource: { category: process_creation, product: windows }
detection:
  selection:
    Image|endswith: '\\tool.exe'
  condition: selection
`,
  );
  site = await openTestSite(folder);
});

afterAll(() => {
  site.close();
  rmSync(folder, { recursive: true, force: true });
});

async function words(path: string): Promise<string> {
  const response = await site.app.request(path);
  expect(response.status).toBe(200);
  return (await response.text()).replace(/<[^>]*>/g, "").replace(/\s+/g, " ");
}

test("a rule's page shows its tags and what they were folded onto", async () => {
  const shown = await words("/rules/sigma/tagged_ahead");
  expect(shown).toContain("T1562.001 Disable or Modify Tools tagged attack.t1685, folded onto T1562.001");
  expect(shown).toContain("Defense Evasion tagged attack.defense-impairment, folded onto Defense Evasion");
});

test("a technique's page says by which other ids rules name it, in all and for each", async () => {
  const shown = await words("/attack/T1562.001");
  expect(shown).toContain("1 rule tagged T1685: folded onto T1562.001, which ATT&amp;CK 18.1 has for it.");
  expect(shown).toContain("Tagged AheadSigma · test · tagged T1685");
});

test.each([
  ["/attack/T1685", "/attack/T1562.001"],
  ["/attack/t1685", "/attack/T1685"],
  ["/attack/T1685.json", "/attack/T1562.001.json"],
])("%s, an id of another version, leads to %s", async (path, to) => {
  const response = await site.app.request(path);
  expect([response.status, response.headers.get("location")]).toEqual([302, to]);
});

test("a search within an id of another version is one within its technique", async () => {
  expect(await words("/search?technique=T1685")).toContain("Rules for T1562.001");
});

test("the corpora tell how many tags were folded", async () => {
  const { corpora } = (await (await site.app.request("/corpora.json")).json()) as {
    corpora: readonly { id: string; folded: number }[];
  };
  expect(corpora.find((one) => one.id === "sigma")?.folded).toBe(2);
  expect(await words("/corpora")).toContain("Tags folded");
});
