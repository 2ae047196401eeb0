import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { madeTests, writeTestCorpora } from "../catalog/testing.ts";
import { browserTitle, launchBrowser, skipped } from "../hunt/report/chromium.testing.ts";
import { madeAbsence, madePackage } from "./components/package/testing.ts";
import { found } from "./page.ts";
import { packagePageOf } from "./pages/package.tsx";
import { pages as everyPage } from "./pages/registry.ts";
import { listenTo, openTestSite, type TestSite } from "./testing.ts";

const pages = [
  ["home", "/"],
  ["attack", "/attack"],
  ["attack-filtered", "/attack?q=powershell"],
  ["technique", "/attack/T1059.001"],
  ["technique-with-tests", "/attack/T1033"],
  ["rule-with-proof", "/rules/sigma/whoami_all"],
  ["rule-silent", "/rules/sigma/whoami_groups"],
  ["tests", "/tests"],
  ["test", `/tests/${madeTests.windows}`],
  ["test-by-hand", `/tests/${madeTests.manual}`],
  ["technique-without-rules", "/attack/T1595"],
  ["rule", "/rules/detectionary/encoded_powershell_fetches_from_network"],
  ["rule-in-splunk-names", "/rules/detectionary/encoded_powershell_fetches_from_network?names=splunk"],
  ["package", "/attack/T1053.005/elastic"],
  ["package-set", "/attack/T1053.005/elastic?knob.count=9"],
  ["package-absent", "/attack/T1053.005/qradar"],
  ["packages", "/packages"],
  ["packages-none", "/packages?q=nothinghasthisname"],
  ["tactics", "/tactics"],
  ["tactic", "/tactics/execution"],
  ["groups", "/groups"],
  ["software", "/software"],
  ["events", "/events"],
  ["fields", "/fields"],
  ["fields-unmapped", "/fields?mapped=no"],
  ["fields-none", "/fields?q=nothinghasthisname"],
  ["field", "/fields/process.executable"],
  ["facet", "/fields/process.image"],
  ["indicators", "/indicators?field=Image"],
  ["indicators-none", "/indicators?field=proces.name"],
  ["indicator", "/indicators/49fb9c3910d60b0b"],
  ["corpora", "/corpora"],
  ["corpus", "/corpora/detectionary"],
  ["diagnostics", "/diagnostics"],
  ["diagnostic", "/diagnostics/sigma/unknown-modifier"],
  ["search", "/search?q=powershell"],
  ["search-empty", "/search"],
  ["search-none", "/search?q=nothingholdsthis"],
  ["problem", "/attack/T9999"],
] as const;

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Folder that screenshots go to, for looking at them: `SCREENSHOTS=shots npx vitest run src/web/browser`. */
const screenshots = process.env.SCREENSHOTS;

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

describe.skipIf(skipped)(browserTitle, () => {
  let corpora = "";
  let site: TestSite;
  let server: Awaited<ReturnType<typeof listenTo>>;
  let browser: Browser;

  beforeAll(async () => {
    corpora = writeTestCorpora();
    const madeUp = packagePageOf((_, { platform }) => found(platform === "qradar" ? madeAbsence() : madePackage()));
    site = await openTestSite(corpora, true, [madeUp, ...everyPage]);
    server = await listenTo(site);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    server?.stop();
    site?.close();
    rmSync(corpora, { recursive: true, force: true });
  });

  /** A fresh page; whatever its console says is an error. */
  async function visit(path: string, look: (page: Page) => Promise<void>): Promise<void> {
    // axe is put into the page as a script, which our own policy forbids.
    const context = await browser.newContext({ reducedMotion: "reduce", bypassCSP: true });
    try {
      const page = await context.newPage();
      const said: string[] = [];
      page.on("console", (message) => said.push(message.text()));
      page.on("pageerror", (error) => said.push(error.message));
      page.on("requestfailed", (request) => said.push(`${request.url()} failed`));
      await page.goto(new URL(path, server.address).href);
      await page.evaluate("document.fonts.ready.then(() => true)");
      await look(page);
      const expected = path === "/attack/T9999" ? /404/ : /^$/;
      expect(said.filter((line) => !expected.test(line))).toEqual([]);
    } finally {
      await context.close();
    }
  }

  test.each(pages)("%s: accessible in light and dark, and fits 390 pixels", async (_, path) => {
    await visit(path, async (page) => {
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      await page.addScriptTag({ content: readFileSync(axePath, "utf8") });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await page.evaluate<AxeResult>("axe.run({ resultTypes: ['violations'] })");
        const found = violations.map(
          ({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
        );
        expect(found).toEqual([]);
      }
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(390);
    });
  });

  test("under our own policy fonts and styles load, and nothing is refused", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    await page.goto(new URL("/attack/T1059.001", server.address).href);
    const loaded = await page.evaluate<readonly string[]>(
      "document.fonts.ready.then((fonts) => [...fonts].filter((one) => one.status === 'loaded').map((one) => one.family.replaceAll('\"', '')))",
    );
    expect(new Set(loaded)).toEqual(new Set(["Inter", "JetBrains Mono", "Source Serif 4"]));
    expect(said).toEqual([]);
    await context.close();
  });

  test("the keyboard reaches the content first, and the search works without a script", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(new URL("/attack", server.address).href);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(page.url()).toContain("#content");
    await page.fill("#q", "rundll32.exe");
    await page.press("#q", "Enter");
    await page.waitForURL("**/search?q=rundll32.exe");
    expect(await page.textContent("#rules-title")).toMatch(/^\d+ rules? found$/);
    await context.close();
  });

  test("the script renames every field at once, and the address keeps the choice", async () => {
    await visit("/attack/T1059.001", async (page) => {
      await page.evaluate("window.stillHere = true");
      await page.click("details.lens summary");
      await page.click("details.lens a[data-lens='splunk']");
      await page.waitForFunction(
        "document.querySelector('code[data-field]').textContent !== undefined && location.search === '?names=splunk'",
      );
      const shown = (field: string): Promise<string> =>
        page.evaluate<string>(`document.querySelector("code[data-field='${field}']").textContent`);
      expect(await shown("process.executable")).toBe("process_path");
      expect(await page.evaluate("window.stillHere")).toBe(true);
      expect(await page.textContent("details.lens summary b")).toBe("Splunk CIM");
      expect(await page.getAttribute("#fields a[href^='/search']", "href")).toContain("names=splunk");
      await page.reload();
      expect(await shown("process.executable")).toBe("process_path");
      await page.click("details.lens summary");
      await page.click("details.lens a[data-lens='']");
      await page.waitForFunction("location.search === ''");
      expect(await shown("process.executable")).toBe("process.executable");
    });
  });

  test("a query is copied with one click, where scripts run", async () => {
    const address = new URL("/rules/detectionary/encoded_powershell_fetches_from_network", server.address).href;
    const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    await page.goto(address);
    const open = page.locator("#translations details[open]");
    expect(await page.locator("#translations details").count()).toBeGreaterThan(1);
    await open.locator(".copy").click();
    await page.waitForFunction(
      "document.querySelector('#translations details[open] .copy span').textContent === 'Copied'",
    );
    const shown = await open.locator(".query-text").textContent();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(shown);
    await context.close();
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.goto(address);
    expect(await still.locator("#translations .copy:visible").count()).toBe(0);
    expect(await still.locator("#translations .query-text:visible").count()).toBe(1);
    await plain.close();
  });

  test("a package is copied by keyboard, which is said aloud, and nothing moves when the button comes", async () => {
    const address = new URL("/attack/T1053.005/elastic", server.address).href;
    const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    await page.goto(address);
    const top = (): Promise<number> =>
      page.evaluate<number>("document.getElementById('query-1').getBoundingClientRect().top + scrollY");
    const before = await top();
    const button = page.locator("[data-copy='query-1']");
    await button.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction("document.querySelector('[role=status]:last-child').textContent.startsWith('Copied')");
    expect(await page.textContent("[role=status]:last-child")).toBe("Copied the query of Task runs an interpreter");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(madePackage().detections[0]?.query);
    expect(await top()).toBe(before);
    await context.close();
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.goto(address);
    expect((await still.locator("#query-1").boundingBox())?.y).toBe(before);
    await plain.close();
  });

  test("a package prints with everything open, and says where its links lead", async () => {
    await visit("/attack/T1053.005/elastic", async (page) => {
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("#query-2:visible").count()).toBe(1);
      expect(await page.locator(".masthead:visible, .platforms:visible, .copy:visible").count()).toBe(0);
      const after = "getComputedStyle(document.querySelector('.references a'), '::after').content";
      expect(await page.evaluate<string>(after)).toContain("https://good.example/tasks");
    });
  });

  if (screenshots !== undefined) {
    test("screenshots", { timeout: 300_000 }, async () => {
      for (const [name, path] of pages) {
        await visit(path, async (page) => {
          for (const width of [1440, 390]) {
            for (const colorScheme of ["light", "dark"] as const) {
              await page.setViewportSize({ width, height: 900 });
              await page.emulateMedia({ colorScheme });
              await page.screenshot({ path: join(screenshots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
            }
          }
        });
      }
    });
  }
});
