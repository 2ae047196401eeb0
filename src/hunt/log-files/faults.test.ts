import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..", "..");

/** Every code of a fault that stands in the sources of a folder, tests aside. */
function codesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/\.test(ing)?\./.test(name))
    .flatMap((name) => [
      ...readFileSync(join(root, folder, name), "utf8").matchAll(
        /"((?:evtx|json|xml|csv|auditd|syslog|gzip|file)-[a-z-]+)"/g,
      ),
    ])
    .map(([, code = ""]) => code);
}

test("docs/logs.md explains every fault, and no other", () => {
  const codes = new Set([...codesIn("src/matching/readers"), ...codesIn("src/hunt/log-files")]);
  const explained = new Set(
    [
      ...readFileSync(join(root, "docs", "logs.md"), "utf8").matchAll(
        /`((?:evtx|json|xml|csv|auditd|syslog|gzip|file)-[a-z-]+)`/g,
      ),
    ].map(([, code = ""]) => code),
  );
  expect(codes.size).toBeGreaterThan(25);
  expect([...explained].sort()).toEqual([...codes].sort());
});
