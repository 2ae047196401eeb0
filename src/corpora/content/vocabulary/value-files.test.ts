import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { vocabulary } from "./index.ts";
import { readValueTables } from "./value-files.ts";

const folder = mkdtempSync(join(tmpdir(), "values-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isField = (id: string): boolean => vocabulary().field(id) !== null;
const head = "sources:\n  a: { title: A, url: 'https://example.org/' }\n";

function read(text: string): unknown {
  mkdirSync(join(folder, "values"), { recursive: true });
  writeFileSync(join(folder, "values", "one.yaml"), text);
  return readValueTables(isField, folder);
}

test("the tables that ship with this version are as they must be", () => {
  const tables = readValueTables(isField);
  expect(tables.hives.map((one) => one.short)).toEqual(["HKLM", "HKU", "HKCU", "HKCR", "HKCC"]);
  expect(tables.platforms.map((one) => one.platform)).toEqual(["windows", "unix"]);
  expect(tables.codes.length).toBeGreaterThan(5);
});

test("every subject with hashes in one text has a field for each algorithm", () => {
  const { formsOf, field } = vocabulary();
  const { algorithms } = readValueTables(isField);
  for (const id of ["process.hash", "process.parent.hash", "file.hash", "dll.hash"]) {
    const alone = formsOf(field(id)?.facet ?? "").filter((one) => one.type === "hash");
    expect(alone.map((one) => one.form)).toEqual(algorithms.map((one) => one.form));
  }
});

test.each([
  [
    "a source that is not listed",
    "codes:\n  - { title: t, fields: [event.code], source: b, values: [[x, y]] }\n",
    /one\.yaml:4: codes\.0\.source: No source is called b\./,
  ],
  [
    "a field that is none",
    "codes:\n  - title: t\n    fields: [no.such_field]\n    source: a\n    values: [[x, y]]\n",
    /one\.yaml:5: codes\.0\.fields: no\.such_field is no field/,
  ],
  [
    "a code for nothing",
    "codes:\n  - { title: t, source: a, values: [[x, y]] }\n",
    /one\.yaml:4: codes\.0: Neither a field nor a type/,
  ],
  [
    "a spelling of two things",
    "codes:\n  - title: t\n    fields: [event.code]\n    source: a\n    values:\n      - [x, y]\n      - [z, Y]\n",
    /one\.yaml:8: codes\.0\.values: y stands here twice/,
  ],
  [
    "a root of two names",
    "hives:\n  - { short: A, anywhere: [B], sources: [a] }\n  - { short: b, anywhere: [C], sources: [a] }\n",
    /one\.yaml:4: hives: b stands here twice/,
  ],
  [
    "a normal form alone",
    "codes:\n  - { title: t, fields: [event.code], source: a, values: [[x]] }\n",
    /one\.yaml:4: .*Expected the normal form and the spellings/,
  ],
  [
    "a platform that nobody knows",
    "platforms:\n  - { platform: beos, sources: [a] }\n",
    /one\.yaml:4: platforms\.0\.platform: /,
  ],
  ["a key that nobody reads", "colours: []\n", /one\.yaml:\d: .*colours/],
])("a fault is told with file and line: %s", (_, text, message) => {
  expect(() => read(head + text)).toThrow(message);
});
