import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { CatalogRefusal } from "../catalog/refusal.ts";
import { isRefusal } from "./exit.ts";

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

test("what the catalog refuses, a missing file and a file that is no database are refusals, wrong SQL is a bug of ours", () => {
  const folder = mkdtempSync(join(tmpdir(), "detectionary exit "));
  const file = join(folder, "text");
  writeFileSync(file, "no database at all, but long enough to look at as one");
  expect(isRefusal(new CatalogRefusal("No corpus stands there."))).toBe(true);
  expect(isRefusal(caught(() => readFileSync(join(folder, "missing"))))).toBe(true);
  expect(isRefusal(caught(() => new DatabaseSync(file).exec("SELECT 1 FROM sqlite_schema")))).toBe(true);
  expect(isRefusal(caught(() => new DatabaseSync(join(folder, "not", "there"))))).toBe(true);
  expect(isRefusal(caught(() => new DatabaseSync(":memory:").exec("SELEC 1")))).toBe(false);
  expect([isRefusal(new TypeError("x")), isRefusal(null), isRefusal(new Error("x"))]).toEqual([false, false, false]);
  rmSync(folder, { recursive: true, force: true });
});
