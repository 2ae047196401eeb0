import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { carryLens, currentLens, drawThrough, type Lens, vocabularyLens } from "./lens.ts";
import { openTestSite, type TestSite } from "./testing.ts";

const lens: Lens = { schema: "splunk", title: "Splunk CIM", nameOf: () => null };

describe("carrying a lens on", () => {
  test.each([
    ['<a href="/attack">x</a>', '<a href="/attack?names=splunk">x</a>'],
    [
      '<a class="y" href="/search?q=a&amp;page=2">x</a>',
      '<a class="y" href="/search?q=a&amp;page=2&amp;names=splunk">x</a>',
    ],
    ['<a href="/attack#x">x</a>', '<a href="/attack?names=splunk#x">x</a>'],
    [
      '<form action="/search" method="get"></form>',
      '<form action="/search" method="get"><input type="hidden" name="names" value="splunk"/></form>',
    ],
  ])("%s", (before, after) => {
    expect(carryLens(before, lens)).toBe(after);
  });

  test.each([
    ["another site", '<a href="https://attack.mitre.org/">x</a>'],
    ["a place on the page", '<a href="#fields">x</a>'],
    ["the choice itself", '<a data-lens="ecs" href="/attack?names=ecs">x</a>'],
    ["what stands in text", "<p>&lt;a href=&quot;/attack&quot;&gt;</p>"],
    ["a style sheet", '<link rel="stylesheet" href="/styles/app.css?v=1"/>'],
  ])("%s stays as it is", (_, html) => {
    expect(carryLens(html, lens)).toBe(html);
  });

  test("without a lens nothing is carried", () => {
    expect(carryLens('<a href="/attack">x</a>', vocabularyLens)).toBe('<a href="/attack">x</a>');
  });
});

test("a lens ends with its drawing, also when that fails", () => {
  expect(drawThrough(lens, () => currentLens().schema)).toBe("splunk");
  expect(() =>
    drawThrough(lens, () => {
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(currentLens()).toBe(vocabularyLens);
});

describe("pages through a lens", () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await openTestSite();
  });
  afterAll(() => site.close());

  const html = async (path: string): Promise<string> => (await site.app.request(path)).text();

  test.each([
    ["", "process.executable"],
    ["?names=sigma", "Image"],
    ["?names=ecs", "process.executable"],
    ["?names=splunk", "process_path"],
    ["?names=ocsf", "process.file.path"],
  ])("the same field on a technique page%s is %s", async (query, name) => {
    expect(await html(`/attack/T1059.001${query}`)).toContain(
      `<code class="name" data-field="process.executable">${name}</code>`,
    );
  });

  test("a field without a name there keeps its id, and says so", async () => {
    expect(await html("/attack/T1110?names=ocsf")).toContain(
      '<code class="name unnamed" data-field="winlog.event_data.SubStatus" title="No name in OCSF">winlog.event_data.SubStatus</code>',
    );
  });

  test("a rule keeps its own names until a schema is chosen", async () => {
    const path = "/rules/detectionary/encoded_powershell_fetches_from_network";
    expect(await html(path)).toContain('data-field="process.executable" data-own="Image">Image</code>');
    expect(await html(`${path}?names=splunk`)).toContain('data-own="Image">process_path</code>');
  });

  test("links lead on with the same names, and the choice is marked", async () => {
    const page = await html("/attack/T1059.001?names=splunk");
    expect(page).toContain('href="/search?technique=T1059.001&amp;names=splunk"');
    expect(page).toContain(
      '<a data-lens="splunk" href="/attack/T1059.001?names=splunk" rel="nofollow" aria-current="true">',
    );
    expect(page).toContain('<a data-lens="" href="/attack/T1059.001" rel="nofollow">');
  });

  test("a schema that nobody knows is told", async () => {
    const response = await site.app.request("/attack/T1059.001?names=nothing");
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("names must be one of these schemas: logscale, ecs, ");
    expect((await site.app.request("/names/nothing.json")).status).toBe(404);
  });

  test("the names of a schema are there for the script", async () => {
    const response = await site.app.request("/names/sigma.json");
    expect(await response.json()).toMatchObject({
      schema: "sigma",
      title: "Sigma",
      names: { "process.executable": "Image", "process.command_line": "CommandLine" },
    });
  });
});
