import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { isRefusal, refusalsOf, Stop } from "./exit.ts";

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

test("a missing file and a file that is no database are refusals, wrong SQL is a bug of ours", () => {
  const folder = mkdtempSync(join(tmpdir(), "detectionary exit "));
  const file = join(folder, "text");
  writeFileSync(file, "no database at all, but long enough to look at as one");
  expect(isRefusal(caught(() => readFileSync(join(folder, "missing"))))).toBe(true);
  expect(isRefusal(caught(() => new DatabaseSync(file).exec("SELECT 1 FROM sqlite_schema")))).toBe(true);
  expect(isRefusal(caught(() => new DatabaseSync(join(folder, "not", "there"))))).toBe(true);
  expect(isRefusal(caught(() => new DatabaseSync(":memory:").exec("SELEC 1")))).toBe(false);
  expect([isRefusal(new TypeError("x")), isRefusal(null), isRefusal(new Error("x"))]).toEqual([false, false, false]);
  rmSync(folder, { recursive: true, force: true });
});

test("a plain Error of a lower layer ends the command with 1, a fault of the program stays what it is", async () => {
  const refused = refusalsOf(() => Promise.reject(new Error("This is no catalog.")));
  await expect(refused).rejects.toMatchObject({ message: "This is no catalog.", exitCode: 1 });
  await expect(refused).rejects.toBeInstanceOf(Stop);
  await expect(refusalsOf(() => Promise.reject(new TypeError("x is undefined")))).rejects.toBeInstanceOf(TypeError);
  await expect(refusalsOf(() => Promise.resolve(1))).resolves.toBe(1);
});
