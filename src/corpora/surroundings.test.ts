import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSurroundings } from "./surroundings.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary surroundings "));
  mkdirSync(join(folder, "outer", "detections", "endpoint"), { recursive: true });
  mkdirSync(join(folder, "outer", "macros"));
  writeFileSync(join(folder, "outer", "macros", "one.yml"), "name: one\ndefinition: a=1\n");
  writeFileSync(join(folder, "outer", "macros", "two.yml"), "name: two\ndefinition: a=$x$\narguments: [x]\n");
  writeFileSync(join(folder, "outer", "macros", "broken.yml"), "name: [");
  mkdirSync(join(folder, "outer", "lookups"));
  writeFileSync(join(folder, "outer", "lookups", "ports.yml"), "name: ports\nfilename: ports.csv\n");
  writeFileSync(join(folder, "outer", "lookups", "ports.csv"), "port,note\n");
  mkdirSync(join(folder, "tables", "lookups"), { recursive: true });
  writeFileSync(join(folder, "tables", "lookups", "users.yml"), "name: users\nfields_list: user\n");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the nearest folder of macros above a rule is read, without what is broken in it", () => {
  const { macros } = openSurroundings().of(join(folder, "outer", "detections", "endpoint", "rule.yml"));
  expect([...(macros ?? [])]).toEqual([
    ["one", { definition: "a=1", arguments: [] }],
    ["two(1)", { definition: "a=$x$", arguments: ["x"] }],
  ]);
});

test("so are its lookups, of which a folder without macros is enough", () => {
  const surroundings = openSurroundings();
  expect([...(surroundings.of(join(folder, "outer", "detections", "rule.yml")).lookups ?? [])]).toEqual([
    ["ports", { fields: ["port", "note"], wildcardFields: [], caseSensitive: true }],
  ]);
  expect(surroundings.of(join(folder, "tables", "rule.yml"))).toEqual({
    macros: new Map(),
    lookups: new Map([["users", { fields: ["user"], wildcardFields: [], caseSensitive: true }]]),
  });
});

test("the same folder is read once", () => {
  const surroundings = openSurroundings();
  const first = surroundings.of(join(folder, "outer", "detections", "endpoint", "a.yml"));
  expect(surroundings.of(join(folder, "outer", "detections", "b.yml"))).toBe(first);
});

test("a rule without macros around it gets none", () => {
  expect(openSurroundings().of(join(folder, "rule.yml"))).toEqual({});
});
