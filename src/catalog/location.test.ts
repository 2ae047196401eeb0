import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createForBulk, openReadOnly } from "./database.ts";
import { catalogFormat, packageVersion } from "./format.ts";
import { ensureCatalog } from "./location.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, "catalog.sqlite");

function fake(meta: Readonly<Record<string, string>>): void {
  const database = createForBulk(file());
  database.execute("CREATE TABLE meta (key TEXT, value TEXT)");
  for (const [key, value] of Object.entries(meta)) database.run("INSERT INTO meta VALUES (?, ?)", key, value);
  database.close();
}

function builtAt(): string | undefined {
  const database = openReadOnly(file());
  const row = database.one<{ value: string }>("SELECT value FROM meta WHERE key = 'built_at'");
  database.close();
  return row?.value;
}

test("where there is none, the embedded rules are built, and left alone from then on", async () => {
  const said: string[] = [];
  await ensureCatalog(file(), (text) => said.push(text));
  const first = builtAt();
  await ensureCatalog(file(), (text) => said.push(text));
  expect(said).toEqual(["No catalog yet: building the embedded rules."]);
  expect(builtAt()).toBe(first);
});

test("embedded rules of an older version are built anew", async () => {
  fake({ format: catalogFormat(), version: "0.0.0", embedded_only: "1" });
  await ensureCatalog(file());
  expect(builtAt()).toBeDefined();
});

test("a catalog of another format that was built from corpora is refused, not replaced", async () => {
  fake({ format: "0", version: packageVersion(), embedded_only: "0" });
  await expect(ensureCatalog(file())).rejects.toThrow(/detectionary build/);
  expect(builtAt()).toBeUndefined();
});

test("a catalog of this format that an older version built from corpora serves on", async () => {
  fake({ format: catalogFormat(), version: "0.0.0", embedded_only: "0" });
  await ensureCatalog(file());
  expect(builtAt()).toBeUndefined();
});

test("a file that is no catalog is refused, not replaced", async () => {
  writeFileSync(file(), "a letter to a friend");
  await expect(ensureCatalog(file())).rejects.toThrow(/not a catalog/);
});
