import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { events, readEventTables } from "./events.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary tables "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const provider = `providers:
  - name: Sensor
    title: A sensor
    product: windows
    source: https://example.org/sensor
    events:
      - { id: 1, title: Started }
`;

function read(sensor: string, ties: string): () => unknown {
  write("events/sensor.yaml", sensor);
  write("ties/rules.yaml", ties);
  return () => readEventTables(folder);
}

const tie = `ties:
  - reason: because
    kind: category
    when: { product: windows }
    events: { Sensor: 1 }
`;

test("numbers become texts, single values lists, and sources are those of the provider", () => {
  const tables = read(provider, tie)() as ReturnType<typeof readEventTables>;
  expect(tables.events).toEqual([
    { provider: "Sensor", id: "1", title: "Started", source: "https://example.org/sensor", fields: [], absent: [] },
  ]);
  expect(tables.ties[0]).toMatchObject({ when: { product: ["windows"] }, events: { Sensor: ["1"] }, fallback: false });
});

describe("a fault is told with file and line", () => {
  test.each<readonly [string, string, string, string]>([
    ["an unknown key", provider.replace("product:", "produkt:"), tie, "content/vocabulary/events/sensor.yaml:2: "],
    ["an address without https", provider.replace("https", "http"), tie, "content/vocabulary/events/sensor.yaml:5: "],
    [
      "an event without a title",
      provider.replace("title: Started", "name: A"),
      tie,
      "content/vocabulary/events/sensor.yaml:7: ",
    ],
    [
      "operations of an unknown provider",
      `${provider}operations:\n  Other:\n    group: [Run]\n`,
      tie,
      "content/vocabulary/events/sensor.yaml: operations: No provider is called Other.",
    ],
    [
      "an event that the provider does not have",
      provider,
      tie.replace("Sensor: 1", "Sensor: 2"),
      "content/vocabulary/ties/rules.yaml:5: ties.0.events.Sensor: Sensor has no event 2.",
    ],
    ["an unknown provider", provider, tie.replace("Sensor: 1", "Other: 1"), "content/vocabulary/ties/rules.yaml:5: "],
    [
      "an unknown condition",
      provider,
      `${tie}    in: Nowhere\n`,
      "content/vocabulary/ties/rules.yaml:6: ties.0.in: No condition is called Nowhere.",
    ],
    [
      "a tie without events",
      provider,
      tie.replace("    events: { Sensor: 1 }\n", ""),
      "content/vocabulary/ties/rules.yaml:2: ",
    ],
  ])("%s", (_, sensor, ties, message) => {
    expect(read(sensor, ties)).toThrow(message);
  });
});

test.each([
  ["provider", provider + provider.replace("providers:\n", ""), "the provider Sensor is defined twice"],
  ["event", `${provider}      - { id: "1", title: Again }\n`, "the event Sensor 1 is defined twice"],
])("the same %s twice is refused", (_, sensor, message) => {
  expect(read(sensor, tie)).toThrow(message);
});

describe("the tables that ship", () => {
  const { tables } = events();

  test("have a source for every provider, and a title for every event", () => {
    expect(tables.providers.length).toBeGreaterThan(150);
    expect(tables.events.length).toBeGreaterThan(1500);
    expect(tables.events.filter((one) => one.title === "" || !one.source.startsWith("https://"))).toEqual([]);
  });

  test("name no condition that no tie asks about", () => {
    const asked = new Set(tables.ties.flatMap((one) => one.in));
    expect(tables.conditions.map((one) => one.name).filter((name) => !asked.has(name))).toEqual([]);
  });

  test("name every Windows event in words of their own", () => {
    const windows = new Set(tables.providers.filter((one) => one.product === "windows").map((one) => one.name));
    expect(tables.events.filter((one) => windows.has(one.provider) && one.title === one.id)).toEqual([]);
  });
});
