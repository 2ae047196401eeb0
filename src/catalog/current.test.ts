import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCurrent } from "./current.ts";
import { createForBulk } from "./database.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, value: string, format = "format 1"): string {
  const file = join(folder, name);
  const database = createForBulk(file);
  database.execute("CREATE TABLE meta (key TEXT, value TEXT)");
  database.run("INSERT INTO meta VALUES ('v', ?), ('format', ?)", value, format);
  database.close();
  return file;
}

const wait = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

test("a catalog swapped in is seen, and one taken away does no harm", async () => {
  const file = write("catalog", "old");
  const current = openCurrent(file);
  const read = () => current.database().one<{ value: string }>("SELECT value FROM meta")?.value;
  const before = current.generation();
  expect(read()).toBe("old");
  renameSync(write("next", "new"), file);
  await wait(600);
  expect(read()).toBe("new");
  expect(current.generation()).not.toBe(before);
  rmSync(file);
  await wait(600);
  expect(read()).toBe("new");
  current.close();
});

test("a file that is no catalog, or one of another format, is passed over until a right one comes", async () => {
  const file = write("catalog", "old");
  const current = openCurrent(file);
  const read = () => current.database().one<{ value: string }>("SELECT value FROM meta WHERE key = 'v'")?.value;
  const before = current.generation();
  writeFileSync(join(folder, "text"), "no database at all, but long enough to look at as one");
  renameSync(join(folder, "text"), file);
  await wait(600);
  expect([read(), current.generation()]).toEqual(["old", before]);
  renameSync(write("other", "other", "format 2"), file);
  await wait(600);
  expect([read(), current.generation()]).toEqual(["old", before]);
  renameSync(write("next", "new"), file);
  await wait(600);
  expect(read()).toBe("new");
  current.close();
});

test("an open catalog cannot be written", () => {
  const current = openCurrent(write("catalog", "old"));
  expect(() => current.database().run("DELETE FROM meta")).toThrow(/readonly|read-only|query_only/i);
  current.close();
});

test("a missing catalog is an error at once", () => {
  expect(() => openCurrent(join(folder, "none"))).toThrow();
});
