import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import type { EventData } from "../../../matching/readers/log-format.ts";
import { valuesOf } from "./event-values.testing.ts";
import { matchingKnowledge } from "./index.ts";

const text = z.coerce.string();
const windowsForm = z.strictObject({
  provider: z.string(),
  channel: z.string(),
  id: z.number(),
  keywords: z.string().default("0x8000000000000000"),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
});
const sameEvent = z.strictObject({
  title: z.string(),
  kinds: z.array(z.string()).min(1),
  lacks: z.array(z.string()).default([]),
  fields: z.record(z.string(), z.union([z.array(text), text.transform((one) => [one])])),
  windows: windowsForm.optional(),
  forms: z.array(z.record(z.string(), z.unknown())).default([]),
});

const file = join(import.meta.dirname, "..", "..", "..", "..", "fixtures", "matching", "same-event.yaml");
const cases = z.array(sameEvent).parse(parse(readFileSync(file, "utf8"), { merge: true }));
const { view } = matchingKnowledge();
const time = "2024-01-02T03:04:05.678Z";

type Windows = z.output<typeof windowsForm>;

/** An event of the Windows event log in the forms in which exporters write it. */
function windowsForms({ provider, channel, id, keywords, data }: Windows): readonly EventData[] {
  const system = { EventID: id, Level: 4, Keywords: keywords, Channel: channel, Computer: "pc1.corp.example" };
  const own = { ...system, Provider: { Name: provider }, TimeCreated: { SystemTime: time } };
  const apart = {
    ...system,
    Provider: { "#attributes": { Name: provider } },
    TimeCreated: { "#attributes": { SystemTime: time } },
    EventID: { "#attributes": { Qualifiers: 0 }, "#text": id },
  };
  const named = Object.entries(data).map(([name, value]) => ({ "@Name": name, "#text": value }));
  const attributes = { ...system, Provider: { "@Name": provider }, TimeCreated: { "@SystemTime": time } };
  const flat = { ...system, Provider_Name: provider, "@timestamp": time };
  return [
    { Event: { System: own, EventData: data } },
    { Event: { "#attributes": { xmlns: "x" }, System: apart, EventData: { "#attributes": null, ...data } } },
    { Event: { System: attributes, EventData: { Data: named } } },
    { ...flat, ...data },
    { ...flat, EventData: data },
  ];
}

const all = cases.flatMap((one) => {
  const forms = [...(one.windows === undefined ? [] : windowsForms(one.windows)), ...one.forms];
  return forms.map((form, at) => ({ ...one, at, form }));
});

describe("one event in all forms", () => {
  test("there are enough of them", () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
  });

  test.each(all)("$title, form $at: is of the same kinds", ({ form, kinds, lacks }) => {
    const layout = view.layoutOf(form);
    expect(layout.kinds).toEqual(expect.arrayContaining([...kinds]));
    expect(layout.kinds.filter((one) => lacks.includes(one))).toEqual([]);
  });

  test.each(all)("$title, form $at: says the same", ({ form, fields }) => {
    const found = Object.fromEntries(
      Object.keys(fields).map((field) => [field, [...new Set(valuesOf(view, form, field))]]),
    );
    // A key has several spellings with and without its hive, a fact the words of several collectors: the first is compared.
    const expected = Object.entries(fields);
    for (const [field, values] of expected) {
      expect(found[field]?.slice(0, values.length), field).toEqual(values);
    }
  });

  test.each(all)("$title, form $at: its time is read, its layout is always the same", ({ form }) => {
    const layout = view.layoutOf(form);
    const at = view.timeOf(form, layout);
    expect(at).not.toBeNull();
    expect(new Date(at ?? 0).toISOString().slice(0, 19)).toBe("2024-01-02T03:04:05");
    expect(view.layoutOf(structuredClone(form))).toBe(layout);
  });
});
