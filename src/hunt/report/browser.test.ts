import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserTitle, launchBrowser, skipped } from "./chromium.testing.ts";
import { sampleHits } from "./testing.ts";
import { openTimeline } from "./timeline.ts";

/** Folder that screenshots go to, for looking at them: `SCREENSHOTS=shots npx vitest run src/hunt/report/browser`. */
const screenshots = process.env.SCREENSHOTS;

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const schemes = ["light", "dark"] as const;

describe.skipIf(skipped)(browserTitle, () => {
  let browser: Browser;
  let folder = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "detectionary report "));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function written(name: string, hits: number, rules: number): string {
    const timeline = openTimeline();
    for (const hit of sampleHits(hits, rules)) timeline.add(hit);
    const file = join(folder, `${name}.html`);
    const about = {
      version: "1.2.3",
      made: "2026-04-18",
      events: hits * 50,
      rulesRun: rules,
      rulesNotRun: 0,
      sources: 12,
    };
    writeFileSync(file, timeline.html(about));
    return pathToFileURL(file).href;
  }

  test.each([
    ["few", 60, 6],
    ["many", 10_000, 40],
    ["files", 3000, 300],
    ["one", 1, 1],
  ])("%s: runs nothing, is accessible in light and dark, and fits 390 pixels", async (name, hits, rules) => {
    const address = written(name, hits, rules);
    // axe is put into the page as a script, which the report's policy forbids.
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1440, height: 1000 } });
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("dialog", (dialog) => said.push(dialog.message()));
    await page.goto(address);
    // The tables of ten thousand hits are alike; axe would take minutes for them.
    await page.evaluate("for (const row of document.querySelectorAll('tbody tr:nth-child(n+6)')) row.remove()");
    await page.addScriptTag({ content: readFileSync(axePath, "utf8") });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 1440, height: 1000 });
      const found = await page.evaluate<readonly string[]>(
        "axe.run({ resultTypes: ['violations'] }).then((all) => all.violations.map((one) => one.id + ' ' + one.nodes[0].html))",
      );
      expect({ colorScheme, found }).toEqual({ colorScheme, found: [] });
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 1000 });
        expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(width);
        if (screenshots !== undefined) {
          await page.screenshot({ path: join(screenshots, `report-${name}-${width}-${colorScheme}.png`) });
        }
      }
    }
    expect(said).toEqual([]);
    await context.close();
  });

  test("under its own policy its style applies, and a link opens the rule", async () => {
    const context = await browser.newContext({ javaScriptEnabled: true });
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    await page.goto(written("policy", 60, 6));
    expect(await page.evaluate("getComputedStyle(document.querySelector('details')).borderRadius")).toBe("8px");
    await page.click('a[href="#rule-5"]');
    expect(await page.evaluate("document.getElementById('rule-5').parentElement.open")).toBe(true);
    expect(said).toEqual([]);
    await context.close();
  });
});
