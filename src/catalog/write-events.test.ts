import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { vocabulary } from "../corpora/content/vocabulary/index.ts";
import type { EventReading } from "../corpora/event-source.ts";
import { readRuleFile } from "../corpora/recognise.ts";
import { analyseRule } from "../languages/analyse.ts";
import { openEvents } from "../vocabulary/events/events.ts";
import type { EventTie } from "../vocabulary/events/ties.ts";
import { createForBulk, type Database } from "./database.ts";
import { readSql } from "./format.ts";
import { openInheritance } from "./inherited-ties.ts";
import { tiedOf } from "./tied.ts";
import { writeEvents } from "./write-events.ts";
import { writeTies } from "./write-ties.ts";

const source = "https://example.org/events";
const events = openEvents({
  providers: [
    { name: "Sensor", title: "A sensor", product: "windows", channels: ["Log"], source },
    { name: "Idle", title: "Another", product: "linux", channels: [], logging: "Switch it on.", source },
  ],
  events: [
    { provider: "Sensor", id: "1", title: "Process started", category: "process", source, fields: [], absent: [] },
    {
      provider: "Sensor",
      id: "2",
      title: "2",
      source,
      fields: [{ name: "Own", type: "text", field: "process.pid" }],
      absent: [],
    },
  ],
  conditions: [],
  ties: [
    {
      reason: "category",
      kind: "category",
      in: [],
      when: { product: ["windows"], category: ["process_creation"] },
      outside: {},
      asks: {},
      unless: {},
      events: { Sensor: ["1"] },
      fallback: false,
      whole: false,
    },
  ],
});

const upstream: EventReading = {
  files: 1,
  failures: [],
  find: ({ name, channels }, id) =>
    name === "Sensor" && channels[0] === "Log"
      ? { title: `Title of ${id}`, fields: [{ name: "Image", type: "text" }] }
      : null,
};

function tie(provider: string, eventId: string, kind: EventTie["kind"] = "stated"): EventTie {
  return { provider, eventId, kind, reason: `names ${eventId}`, missing: eventId === "1" ? ["Hashes"] : [] };
}

let folder = "";
let database: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary events "));
  database = createForBulk(join(folder, "catalog.sqlite"));
  database.execute(readSql("schema.sql"));
  for (const [key, lifecycle] of [
    [1, "active"],
    [2, "active"],
    [3, "deprecated"],
  ] as const) {
    database.run(
      "INSERT INTO rule VALUES (?, 'sigma', ?, ?, 'path', NULL, 'title', 'rule', 'sigma', 'parsed', 'test', ?, NULL, NULL, NULL, 'MIT')",
      key,
      `id ${key}`,
      `slug ${key}`,
      lifecycle,
    );
  }
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

test("every provider and event that a tie names has a row, with the active rules that need it", () => {
  writeTies(database, 1, [tie("Sensor", "1"), tie("Sensor", "9"), tie("Unheard", "Run")]);
  writeTies(database, 2, [tie("Sensor", "1", "category"), tie("Idle", "*", "inferred")]);
  writeTies(database, 3, [tie("Sensor", "1")]);
  writeEvents(database, events, vocabulary(), [upstream]);
  const providers = database.all<{ name: string; title: string; rules: number }>(
    "SELECT name, title, rules FROM provider",
  );
  expect(providers.map((one) => `${one.name}: ${one.title}, ${one.rules}`)).toEqual([
    "Idle: Another, 1",
    "Sensor: A sensor, 2",
    "Unheard: Unheard, 1",
  ]);
  const rows = database.all<{ provider: string; event_id: string; title: string; rules: number }>(
    "SELECT * FROM event",
  );
  expect(rows.map((one) => `${one.provider} ${one.event_id}: ${one.title}, ${one.rules}`)).toEqual([
    "Idle *: Another, any event, 1",
    "Sensor 1: Process started, 2",
    "Sensor 2: Title of 2, 0",
    "Sensor 9: Title of 9, 1",
    "Unheard Run: Run, 1",
  ]);
});

test("fields come from our own list or an upstream's, with what they mean", () => {
  writeEvents(database, events, vocabulary(), [upstream]);
  const rows = database.all<{ event_id: string; name: string; field: string | null }>("SELECT * FROM event_field");
  expect(rows.map((one) => `${one.event_id} ${one.name}: ${one.field}`)).toEqual([
    "1 Image: process.executable",
    "2 Own: process.pid",
  ]);
});

test("ties keep their reason and what the event lacks", () => {
  writeTies(database, 1, [tie("Sensor", "1")]);
  expect(database.one("SELECT * FROM event_tie")).toEqual({
    rule: 1,
    provider: "Sensor",
    event_id: "1",
    kind: "stated",
    reason: "names 1",
    missing_json: '["Hashes"]',
  });
});

test("an active rule counts by the strongest of its ties", () => {
  writeTies(database, 1, [tie("Sensor", "1", "inferred"), tie("Sensor", "2", "category")]);
  writeTies(database, 3, [tie("Sensor", "1")]);
  expect(tiedOf(database, "sigma")).toEqual({ stated: 0, category: 1, inferred: 0, none: 1 });
  writeTies(database, 2, [tie("Sensor", "1", "inferred"), tie("Sensor", "2")]);
  expect(tiedOf(database, "sigma")).toEqual({ stated: 1, category: 1, inferred: 0, none: 0 });
  expect(tiedOf(database, "elastic")).toEqual({ stated: 0, category: 0, inferred: 0, none: 0 });
});

test("a correlation needs the events of the rules that it names, wherever they stand", () => {
  const file = (title: string, more: string): string => `title: ${title}\n${more}`;
  const rules = [
    file(
      "Both",
      "correlation: { type: temporal, rules: [first, second], group-by: [Computer], timespan: 1h }\nid: 00000000-0000-4000-8000-000000000001\n",
    ),
    file(
      "First",
      "name: first\nid: 00000000-0000-4000-8000-000000000002\nlogsource: { product: windows }\ndetection: { a: { B: c }, condition: a }\n",
    ),
  ].flatMap((text) => readRuleFile("rule.yml", text) ?? []);
  const inheritance = openInheritance(database);
  rules.forEach((one, index) => {
    if (one.type !== "rule") throw new Error("This should be a rule.");
    inheritance.add(index + 1, one.rule, analyseRule(one.rule, {}).logic);
  });
  writeTies(database, 2, [tie("Sensor", "1"), tie("Sensor", "2", "category")]);
  inheritance.write();
  const ties = database.all<{ event_id: string; kind: string; reason: string }>(
    "SELECT * FROM event_tie WHERE rule = 1",
  );
  expect(ties.map((one) => `${one.event_id} ${one.kind}: ${one.reason}`)).toEqual([
    "1 stated: the rule first needs it",
    "2 category: the rule first needs it",
  ]);
});
