import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createForBulk, type Database } from "../database.ts";
import { readSql } from "../format.ts";
import { eventsWithField } from "./field-events.ts";

let folder = "";
let database: Database;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary events "));
  database = createForBulk(join(folder, "catalog.sqlite"));
  database.execute(readSql("schema.sql"));
  for (const [id, rules] of [
    ["1", 3],
    ["4688", 7],
    ["22", 0],
  ] as const) {
    database.run("INSERT INTO event VALUES ('P', ?, ?, NULL, NULL, '', ?)", id, `Event ${id}`, rules);
  }
  for (const [id, position, name, field] of [
    ["1", 0, "Image", "process.executable"],
    ["1", 1, "CurrentImage", "process.executable"],
    ["4688", 0, "NewProcessName", "process.executable"],
    ["4688", 1, "NewProcessShortName", "process.name"],
    ["22", 0, "QueryName", "dns.question.name"],
  ] as const) {
    database.run("INSERT INTO event_field VALUES ('P', ?, ?, ?, '', ?)", id, position, name, field);
  }
});

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

test("an event stands once, however often it has the field, and those that most rules need come first", () => {
  expect(eventsWithField(database, '["process.executable","process.name"]')).toEqual({
    total: 2,
    shown: [
      { provider: "P", eventId: "4688", title: "Event 4688", name: "NewProcessName", rules: 7 },
      { provider: "P", eventId: "1", title: "Event 1", name: "CurrentImage", rules: 3 },
    ],
  });
  expect(eventsWithField(database, '["user.name"]')).toEqual({ total: 0, shown: [] });
});
