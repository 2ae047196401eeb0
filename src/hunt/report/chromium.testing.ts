import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executable = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
].find((path) => existsSync(path));

/** With CI=true a machine without a browser is a failure; elsewhere the tests say that they are skipped. */
export const skipped = executable === undefined && process.env.CI !== "true";

export const browserTitle = skipped ? "in a browser (skipped: no Chromium on this machine)" : "in a browser";

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(executable === undefined ? {} : { executablePath: executable }),
    args: ["--no-sandbox"],
  });
}
