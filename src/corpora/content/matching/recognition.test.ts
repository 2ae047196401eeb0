import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { eventLimits } from "../../../matching/view/value-sink.ts";
import { translationKnowledge } from "../platforms/index.ts";
import { matchingKnowledge, recognitionTables } from "./index.ts";

const fixtures = join(import.meta.dirname, "..", "..", "..", "..", "fixtures", "matching");
const sample = z.strictObject({ event: z.record(z.string(), z.unknown()), kinds: z.array(z.string()) });
const samples = z
  .record(z.string(), z.array(sample).min(1))
  .parse(parse(readFileSync(join(fixtures, "shapes.yaml"), "utf8")));
const tables = recognitionTables();
const { view, logSources } = matchingKnowledge();
const all = Object.entries(samples).flatMap(([shape, own]) => own.map((one, at) => ({ shape, at, ...one })));

describe("forms of events", () => {
  test("each has a sample", () => {
    expect(tables.shapes.map((one) => one.id).filter((id) => samples[id] === undefined)).toEqual([]);
  });

  test.each(all)("$shape, sample $at", ({ shape, event, kinds }) => {
    const layout = view.layoutOf(event);
    expect(layout.shape).toBe(shape);
    expect(layout.kinds).toEqual(expect.arrayContaining(kinds));
    if (kinds.length === 0) expect(layout.kinds).toEqual([]);
  });
});

/** Logs that are text without a form, or whose rules ask for keywords alone. */
const unreached = [
  "certificates",
  "django.application",
  "jvm.application",
  "modsecurity",
  "nodejs.application",
  "python.application",
  "ruby_on_rails.application",
  "spring.application",
  "sql.application",
  "updates",
  "velocity.application",
];

test("every kind of log is reached but these", () => {
  const reached = new Set<string>(["windows", "linux"]);
  const { places } = translationKnowledge();
  for (const { kinds, cases, platform } of tables.shapes) {
    for (const id of [...kinds, ...cases.flatMap((one) => one.kinds)]) reached.add(id);
    const own = platform === undefined ? {} : (places.get(platform.id)?.places ?? {});
    for (const [id, all] of Object.entries(own)) {
      const isSure = platform?.unsure.includes(id) === false;
      if (isSure && all.some(({ from }) => !from.includes("*") && !from.includes("logs-*"))) reached.add(id);
    }
  }
  for (const { kind } of tables.windows.categories) reached.add(kind);
  for (const { id, facts, signs } of logSources.all) {
    if (facts["winlog.channel"] !== undefined && facts["event.code"] === undefined) reached.add(id);
    const told = signs.some(({ when }) => Object.keys(when).every((one) => one === "index" || one === "table"));
    if (told) reached.add(id);
  }
  expect(
    logSources.all
      .map((one) => one.id)
      .filter((id) => !reached.has(id))
      .sort(),
  ).toEqual(unreached);
});

describe("any kind of log can be named", () => {
  test.each(logSources.all.map((one) => one.id))("log_source: %s", (id) => {
    expect(view.layoutOf({ log_source: id, "@timestamp": "2024-01-02T03:04:05Z" }).kinds).toContain(id);
  });
});

describe("hostile events", () => {
  const seen = (event: Record<string, unknown>): number => {
    let count = 0;
    view.visit(event, view.layoutOf(event), () => count++);
    return count;
  };

  test("deep ones are cut", () => {
    let deep: unknown = "end";
    for (let at = 0; at < 100_000; at++) deep = at % 2 === 0 ? { a: deep } : [deep];
    expect(seen({ deep, b: 1 })).toBe(1);
    expect(
      seen({ Event: { System: { EventID: 1, Channel: deep }, EventData: { Data: deep, x: 1 }, UserData: deep } }),
    ).toBe(2);
  });

  test("wide ones are cut", () => {
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`key ${at}`, at]));
    const list = Array.from({ length: 200_000 }, () => [[1], [2]]);
    const nothing = Array.from({ length: 200_000 }, () => null);
    expect(seen(wide)).toBe(eventLimits.values);
    expect(seen({ Event: { System: { EventID: 1 }, EventData: wide } })).toBe(eventLimits.values);
    expect(seen({ Event: { System: { EventID: 1 }, EventData: { Data: list } } })).toBeLessThanOrEqual(
      eventLimits.values,
    );
    expect(seen({ list })).toBe(eventLimits.values);
    expect(seen({ nothing })).toBe(0);
    expect(
      seen({ "@timestamp": "2024-01-02", event: { kind: "event", category: list, action: wide } }),
    ).toBeLessThanOrEqual(eventLimits.values);
  });

  test("names that every object has are names like others", () => {
    const event = JSON.parse(
      '{"__proto__": {"Event": 1}, "constructor": "a", "toString": "b", "hasOwnProperty": 1, "EventID": 1, "Channel": "Security"}',
    );
    const layout = view.layoutOf(event);
    expect(layout.kinds).toContain("windows.security");
    const names = new Map<string, unknown>();
    view.visit(event, layout, (name, value) => names.set(name, value));
    expect(names.get("constructor")).toBe("a");
    expect(layout.canonicalOf("constructor")).toBe("winlog.event_data.constructor");
    expect(layout.canonicalOf("__proto__")).toBe("winlog.event_data.__proto__");
    for (const name of ["constructor", "__proto__", "toString"]) {
      expect(view.layoutOf({ [name]: 1, event: { kind: "event" } }).canonicalOf(name)).toBeNull();
      expect(view.derivedForms(name)).toEqual([]);
      expect(view.spellings(name, "a")).toBeNull();
    }
  });

  test.each([
    { EventID: {}, Channel: [] },
    { EventID: [], Channel: {} },
    { Event: { System: { EventID: {}, Provider: [], Channel: {}, TimeCreated: [] }, EventData: [[[]]], UserData: 5 } },
    { Event: { System: [], EventData: null } },
    { Event: [] },
    { event: [], data_stream: "x", "@timestamp": {} },
    { metadata: { event_type: [[]], product_name: {} } },
    { sourcetype: {}, _time: [] },
    { Type: [], TimeGenerated: {} },
    { log_source: [{}, null, 5, "windows.sysmon"] },
    { _source: { _source: { _source: {} } } },
    { result: { result: {} }, preview: {} },
  ])("%j is read", (event) => {
    const layout = view.layoutOf(event);
    view.visit(event, layout, (name, value) => {
      layout.canonicalOf(name);
      view.spellings(layout.canonicalOf(name) ?? name, value);
    });
    expect(view.timeOf(event, layout)).toBeNull();
  });

  test("ever new channels, actions and names are read, and what is kept of them has an end", () => {
    for (let at = 0; at < 30_000; at++) {
      const channel = {
        Event: { System: { EventID: at, Channel: `channel ${at}` }, EventData: { [`name ${at}`]: at } },
      };
      const layout = view.layoutOf(channel);
      expect(layout.kinds).toEqual(["windows"]);
      expect(layout.canonicalOf(`name ${at}`)).toBe(`winlog.event_data.name ${at}`);
    }
    for (let at = 0; at < 3_000; at++) {
      const event = {
        "@timestamp": "2024-01-02",
        event: { kind: "event", action: `action ${at}`, dataset: "aws.cloudtrail" },
      };
      expect(view.layoutOf({ ...event, _index: `index-${at}` }).kinds).toContain("aws.cloudtrail");
    }
    const known = { Event: { System: { EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational" } } };
    expect(view.layoutOf(known).kinds).toContain("windows.process_creation");
  });
});
