import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = dirname(import.meta.dirname);

/** What each folder may not do: the file, the line that breaks the rule, and the lint rule that must say so. */
const forbidden = [
  ["src/kit/span.ts", 'import "../rule/index.ts";', "noRestrictedImports"],
  ["src/kit/deep/er/span.ts", 'export * from "../../../languages/eql/index.ts";', "noRestrictedImports"],
  ["src/rule/logic.ts", 'import type { X } from "../languages/index.ts";\nexport type Y = X;', "noRestrictedImports"],
  ["src/languages/eql/lower.ts", 'import "../../vocabulary/index.ts";', "noRestrictedImports"],
  ["src/languages/eql/lower.ts", 'export const lazy = () => import("../../corpora/index.ts");', "noRestrictedImports"],
  ["src/languages/eql/lower.ts", 'import "detectionary/catalog";', "noRestrictedImports"],
  ["src/languages/eql/lower.test.ts", 'import "../../catalog/index.ts";', "noRestrictedImports"],
  ["src/vocabulary/name.ts", 'import "../platforms/splunk/index.ts";', "noRestrictedImports"],
  ["src/platforms/splunk/print.ts", 'import "../../matching/index.ts";', "noRestrictedImports"],
  ["src/matching/match.ts", 'import "../corpora/index.ts";', "noRestrictedImports"],
  ["src/matching/match.ts", 'import "../emulation/derive.ts";', "noRestrictedImports"],
  ["src/emulation/derive.ts", 'import "../corpora/index.ts";', "noRestrictedImports"],
  ["src/emulation/derive.ts", 'import "node:fs";', "noNodejsModules"],
  ["src/corpora/sigma/read.ts", 'import "../../hunt/index.ts";', "noRestrictedImports"],
  ["src/hunt/files.ts", 'import "../catalog/index.ts";', "noRestrictedImports"],
  ["src/corpora/sigma/read.ts", 'import "../../catalog/index.ts";', "noRestrictedImports"],
  ["src/catalog/queries/rule.ts", 'import "../../packages/index.ts";', "noRestrictedImports"],
  ["src/catalog/queries/rule.tsx", 'import "../../web/app.tsx";', "noRestrictedImports"],
  ["src/packages/compose.ts", 'import "../api/index.ts";', "noRestrictedImports"],
  ["src/web/app.tsx", 'import "../cli/main.ts";', "noRestrictedImports"],
  ["src/kit/read.ts", 'import "node:fs";', "noNodejsModules"],
  ["src/rule/read.ts", 'import "fs";', "noNodejsModules"],
  ["src/languages/sigma/read.ts", 'import "node:path";', "noNodejsModules"],
  ["src/vocabulary/read.ts", 'import "node:fs/promises";', "noNodejsModules"],
  ["src/platforms/kql/read.ts", 'import "node:url";', "noNodejsModules"],
  ["src/platforms/sql/read.ts", 'import "node:net";', "noNodejsModules"],
  ["src/matching/read.ts", 'import "node:worker_threads";', "noNodejsModules"],
  ["src/languages/spl/bytes.ts", 'export const bytes = Buffer.from("");', "noRestrictedGlobals"],
  ["src/kit/bytes.ts", "export const env = process.env;", "noRestrictedGlobals"],
] as const;

const allowed = [
  [
    "src/languages/eql/parse.ts",
    'import "../../kit/index.ts";\nimport "../../rule/index.ts";\nimport "../spl/index.ts";',
  ],
  ["src/languages/eql/parse.test.ts", 'import "node:fs";\nimport "../../corpora/testing.ts";'],
  // The databases that tests start; nothing of it is built.
  ["src/platforms/sql/engines/start.ts", 'import "node:net";\nexport const path = process.env.PATH;'],
  ["src/corpora/sigma/read.ts", 'import "node:fs";\nimport "../../languages/sigma/index.ts";'],
  ["src/catalog/store.ts", 'import "node:sqlite";\nimport "../corpora/index.ts";'],
  ["src/cli/serve.ts", 'import "node:http";\nimport "../catalog/index.ts";\nimport "../web/app.tsx";'],
] as const;

/** Makes the names of the files differ where two cases have the same path. */
function numbered(index: number, path: string): string {
  return path.replace(/[^/]+$/, (name) => `${index}-${name}`);
}

describe("the layer rule of biome.json", () => {
  let folder = "";
  const diagnostics = new Map<string, string[]>();

  // One run of Biome reads the files of all cases: a run costs more than a file.
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "detectionary layers "));
    const config = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
    write("biome.json", JSON.stringify({ ...config, vcs: { enabled: false } }));
    for (const [index, [path, source]] of [...forbidden, ...allowed].entries())
      write(numbered(index, path), `${source}\n`);
    const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
    const args = [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    if (!stdout.startsWith("{")) throw new Error(`Biome printed no report: ${stdout}${stderr}`);
    for (const { category, location } of JSON.parse(stdout).diagnostics) {
      const path = String(location.path.file ?? location.path)
        .replaceAll("\\", "/")
        .replace(/^\.\//, "");
      diagnostics.set(path, [...(diagnostics.get(path) ?? []), category]);
    }
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  test.each(forbidden.map((item, index) => [index, ...item] as const))("%i: %s refuses %s", (index, path, _, rule) => {
    const found = diagnostics.get(numbered(index, path)) ?? [];
    expect(found.filter((category) => category.endsWith(`/${rule}`))).toHaveLength(1);
  });

  test.each(allowed.map((item, index) => [forbidden.length + index, ...item] as const))(
    "%i: %s may import %s",
    (index, path, _) => {
      const found = diagnostics.get(numbered(index, path)) ?? [];
      expect(found.filter((category) => /noRestricted|noNodejsModules/.test(category))).toEqual([]);
    },
  );
});
