import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DetectionPackage } from "../../packages/detection-package.ts";
import { madeAbsence, madePackage } from "../components/package/testing.ts";
import { createVisitor } from "../crawl/visitor.ts";
import type { PackageQuestion } from "../package-source.ts";
import { found } from "../page.ts";
import { openTestSite, type TestSite } from "../testing.ts";
import { packagePageOf } from "./package.tsx";
import { pages } from "./registry.ts";

const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>' onmouseover='alert(1)`;

const made: Readonly<Record<string, DetectionPackage>> = {
  elastic: madePackage(),
  qradar: madeAbsence(),
  sumo: { ...madeAbsence(), absence: null, origin: "composed", detections: madePackage().detections },
  evil: madePackage((text) => `${text} ${evil}`),
  long: {
    ...madePackage(),
    tests: Array.from({ length: 18 }, () => madePackage().tests).flat(),
    detections: madePackage().detections.map((one) => ({ ...one, query: "a\n".repeat(5000) })),
  },
};

let site: TestSite;
const asked: PackageQuestion[] = [];

beforeAll(async () => {
  const page = packagePageOf((_, question) => {
    asked.push(question);
    const data = made[question.platform];
    return data === undefined ? { type: "missing", what: "There is no such platform." } : found(data);
  });
  site = await openTestSite(undefined, false, [page, ...pages]);
}, 60_000);

afterAll(() => site.close());

async function html(path: string): Promise<string> {
  const response = await site.app.request(path);
  expect(response.status).toBe(200);
  return response.text();
}

const address = "/attack/T1053.005/elastic";

test.each(["visit", "validate", "twin"] as const)("pages of packages pass the rules of the crawl: %s", async (type) => {
  const { faults } = await createVisitor(site).work({
    type,
    addresses: ["elastic", "qradar", "evil", "long"].map((platform) => `/attack/T1053.005/${platform}`),
  });
  expect(faults).toEqual([]);
  expect(site.errors).toEqual([]);
});

describe("the page of a package", () => {
  test("has every part, and its parts lead to each other", async () => {
    const page = await html(address);
    expect(page).toContain("<h1>Detect Scheduled Task in Elastic Security</h1>");
    for (const part of [
      "description",
      "detections",
      "needs",
      "false-positives",
      "tuning",
      "tests",
      "investigation",
      "response",
      "references",
      "sources",
    ]) {
      expect(page).toContain(`<section id="${part}"`);
    }
    for (const anchor of ["#need-1", "#test-1", "#detection-1", "#knob-1"]) expect(page).toContain(`href="${anchor}"`);
    expect(page).toContain('<a href="/events/Microsoft-Windows-Sysmon/1">Microsoft-Windows-Sysmon 1</a>');
    expect(page).not.toContain("/events/Nobody");
    expect(page).toContain("The best 2 of 41 rules, 1 written for it, 1 proved by a test. 1 log must be collected.");
  });

  test("opens the best detection and folds the others", async () => {
    const page = await html(address);
    const [first, second] = page.matchAll(/<details class="fold"( open="")?><summary><h3>([^<]*)<\/h3>/g);
    expect([first?.[1], first?.[2]]).toEqual([' open=""', "Task runs an interpreter"]);
    expect([second?.[1], second?.[2]]).toEqual([undefined, "A scheduled task was created"]);
  });

  test("leads to the other platforms, and says where there is none", async () => {
    const page = await html(address);
    expect(page).toContain('<a class="platform" href="/attack/T1053.005/splunk">');
    expect(page).toContain('<a class="platform is-absent" href="/attack/T1053.005/qradar" title="no such log">');
  });

  test("hands on what the reader sets, and shows it", async () => {
    const page = await html(`${address}?knob.count=9&knob.admin-hosts=&other=1`);
    expect(asked.at(-1)).toEqual({ technique: "T1053.005", platform: "elastic", knobs: new Map([["count", "9"]]) });
    expect(page).toMatch(/name="knob\.count"[^>]* value="9"/);
    expect(page).toMatch(/name="knob\.admin-hosts"[^>]* value="PAW-01"/);
    expect(page.split("as you set it")).toHaveLength(2);
    expect(await html(address)).not.toContain("as you set it");
    expect(page).toContain(`<a href="${address}">Back to what is set from the start</a>`);
    expect(page).toContain(`<a href="${address}.json?knob.count=9">as JSON</a>`);
  });

  test("offers conditions of others to be pasted", async () => {
    const page = await html(address);
    expect(page).toContain('data-copy="paste-3"');
    expect(page).toContain("left out by 7 rules");
    expect(page).not.toContain('name="knob.left-out"');
  });

  test("cuts a long query, and says where the whole of it stands", async () => {
    const page = await html("/attack/T1053.005/long");
    expect(page).toContain('data-whole="/attack/T1053.005/elastic.json" data-pointer="/detections/0/query"');
    expect(page).toContain("It goes on for 6,001 more characters");
    expect(page).toContain("<summary>21 more tests</summary>");
  });

  test("leads to the files of the package, as the reader has set it", async () => {
    expect(await html(`${address}?knob.count=9`)).toContain(`href="${address}/download?knob.count=9" download`);
  });

  test("gives the package itself as JSON", async () => {
    expect(await (await site.app.request(`${address}.json`)).json()).toEqual(made.elastic);
    expect(await (await site.app.request("/api/packages/T1053.005/elastic")).json()).toEqual(made.elastic);
    const missing = await site.app.request("/api/packages/T1053.005/klingon");
    expect([missing.status, await missing.json()]).toEqual([
      404,
      { error: { status: 404, message: "There is no such platform." } },
    ]);
  });

  test("looks as it did", async () => {
    await expect(normal(await html(address))).toMatchFileSnapshot(
      join(import.meta.dirname, "..", "snapshots", "package.html.snap"),
    );
  });
});

test("where there is no detection the page says why, and leads to the nearest", async () => {
  const page = await html("/attack/T1053.005/qradar");
  expect(page).toContain("There is no detection of Scheduled Task for Elastic Security.");
  expect(page).toContain('<a href="/attack/T1053/elastic">Scheduled Task/Job in Elastic Security</a>');
  expect(page.match(/<section id="([^"]*)"/g)).toEqual(['<section id="description"', '<section id="sources"']);
  expect(page).not.toContain("download");
});

test("where a part is lacking the page says so", async () => {
  const page = await html("/attack/T1053.005/sumo");
  expect(page).toContain("No collection has a playbook for it.");
  expect(page).toContain("No author says what sets it off by mistake. That is no promise.");
});

test("hostile text comes out as text, everywhere", async () => {
  const page = (await html("/attack/T1053.005/evil")).replace(/<script type="module" src="[^"]*"><\/script>/, "");
  expect(page).not.toMatch(/<script|<img|\sonmouseover="|href="javascript:/);
  expect(page.split("&lt;script&gt;").length).toBeGreaterThan(40);
});

test("a platform that nobody knows has no page", async () => {
  expect((await site.app.request("/attack/T1053.005/klingon")).status).toBe(404);
});

/** One tag a line, and without what each build changes. */
function normal(page: string): string {
  return page
    .replace(/\?v=[\w-]{12}/g, "?v=HASH")
    .replace(/<time datetime="\d{4}-\d\d-\d\dT[^"]*">\d{4}-\d\d-\d\d \d[^<]*</g, '<time datetime="NOW">NOW<')
    .replace(/(?<!\n)<(?=[a-z!])/g, "\n<");
}
