import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { capture } from "../testing.ts";

const into = mkdtempSync(join(tmpdir(), "detectionary-new-"));

test("writes an empty package, of which validate says what is missing", async () => {
  const { code, output, messages } = await capture(["new", "package", "t1053.005", "--into", into]);
  expect(code).toBe(0);
  expect(messages).toContain("An empty package of T1053.005 Scheduled Task.");
  for (const path of output.trim().split("\n")) expect(existsSync(path)).toBe(true);
  const validated = await capture(["validate", join(into, "packages/T1053.005")]);
  expect(validated.code).toBe(1);
  // Nothing but what its author has to say is missing: every key is there.
  expect(validated.messages).toContain("package.yaml:3: title: ");
  expect(validated.messages).not.toMatch(/Unrecognized|expected (?:object|array), received undefined/u);
});

test("never touches a package that is there", async () => {
  const file = join(into, "packages/T1053.005/package.yaml");
  writeFileSync(file, "mine");
  const { code, messages } = await capture(["new", "package", "T1053.005", "--into", into]);
  expect(code).toBe(2);
  expect(messages).toContain("is there already.");
  expect(readFileSync(file, "utf8")).toBe("mine");
});

test.each([
  ["T9999", "has no technique T9999"],
  ["../x", "is no id of a technique"],
])("refuses %s", async (technique, sentence) => {
  const { code, messages } = await capture(["new", "package", technique, "--into", into]);
  expect(code).toBe(2);
  expect(messages).toContain(sentence);
});
