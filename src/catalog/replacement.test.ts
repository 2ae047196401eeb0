import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CatalogRefusal } from "./refusal.ts";
import { openReplacement } from "./replacement.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary place "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("two at once in one process do not meet, and the last one swapped in stays", () => {
  const out = join(folder, "new folder", "catalog");
  const [first, second] = [openReplacement(out), openReplacement(out)];
  writeFileSync(first.unfinished, "first");
  writeFileSync(second.unfinished, "second");
  second.swapIn();
  first.swapIn();
  expect([readFileSync(out, "utf8"), readdirSync(join(folder, "new folder"))]).toEqual(["first", ["catalog"]]);
});

test("what is thrown away leaves the old file", () => {
  const out = join(folder, "catalog");
  writeFileSync(out, "old");
  const replacement = openReplacement(out);
  writeFileSync(replacement.unfinished, "new");
  replacement.discard();
  replacement.discard();
  expect([readFileSync(out, "utf8"), readdirSync(folder)]).toEqual(["old", ["catalog"]]);
});

test("leftovers of dead builds go; those of living ones, and files that only look alike, stay", () => {
  // No system gives a process this number.
  const dead = ["catalog.building-999999999", "catalog.building-999999999-3"];
  const alive = [`catalog.building-${process.pid}-77`, "catalog.building-1-1"];
  const others = ["catalog.building-notes", "catalog.building-", "other.building-999999999-1"];
  for (const name of [...dead, ...alive, ...others]) writeFileSync(join(folder, name), "");
  openReplacement(join(folder, "catalog"));
  expect(readdirSync(folder).sort()).toEqual([...alive, ...others].sort());
});

test("only a file can be replaced: no folder, no device", () => {
  mkdirSync(join(folder, "catalog"));
  expect(() => openReplacement(join(folder, "catalog"))).toThrow(CatalogRefusal);
  expect(() => openReplacement(devNull)).toThrow(CatalogRefusal);
});
