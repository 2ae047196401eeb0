// Takes the pictures of the README: node scripts/screenshots.mjs [--catalog FILE] [--chromium FILE]
// The pages of a technique and of a rule are those of the embedded rules; the home page is that of the catalog named.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: { catalog: { type: "string" }, chromium: { type: "string", default: "/usr/bin/chromium" } },
});
const folder = mkdtempSync(join(tmpdir(), "detectionary-"));
const embedded = join(folder, "embedded.sqlite");
const pictures = [
  { name: "home", catalog: values.catalog ?? embedded, path: "/", height: 940 },
  { name: "technique", catalog: embedded, path: "/attack/T1133", height: 1300 },
  { name: "rule", catalog: embedded, path: "/rules/detectionary/remote_desktop_session_from_internet", height: 1300 },
];

const browser = await chromium.launch({ executablePath: values.chromium, args: ["--no-sandbox", "--disable-gpu"] });
mkdirSync(join(root, "docs", "images"), { recursive: true });
spawnSync(process.execPath, [join(root, "bin", "detectionary.mjs"), "build", "--out", embedded]);
try {
  for (const [index, picture] of pictures.entries()) {
    const port = 4680 + index;
    const server = await serve(picture.catalog, port);
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: picture.height }, colorScheme: "light" });
      await page.goto(`http://127.0.0.1:${port}${picture.path}`);
      await page.screenshot({ path: join(root, "docs", "images", `${picture.name}.png`) });
      await page.close();
    } finally {
      server.kill("SIGTERM");
    }
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Resolves when the server says where it is. */
function serve(catalog, port) {
  const args = [join(root, "bin", "detectionary.mjs"), "serve", "--port", String(port), "--catalog", catalog];
  const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((resolve, reject) => {
    const listen = (chunk) => chunk.toString().includes(`:${port}`) && resolve(server);
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.once("exit", (code) => reject(new Error(`The server ended with ${code}.`)));
  });
}
