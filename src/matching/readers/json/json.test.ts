import { describe, expect, test } from "vitest";
import { recordLimits } from "../limits.ts";
import { recogniseFormat } from "../registry.ts";
import { readWhole } from "../testing.ts";
import { jsonDocument } from "./document.ts";
import { ndjson } from "./ndjson.ts";

const formatOf = (text: string) => recogniseFormat(new TextEncoder().encode(text).subarray(0, 4096), "")?.id;

describe("recognition", () => {
  test.each([
    ['{"a":1}\n{"a":2}\n', "ndjson"],
    ['{"a":1}\n', "ndjson"],
    ['{"a":1}', "json"],
    ['{"a":1\n{"a":2}\n', "ndjson"],
    ['{\n  "a": {}\n}\n', "json"],
    ['{"Records": [\n  {"a":1}\n]}\n', "json"],
    [`{"a":"${"x".repeat(5000)}"}\n`, "ndjson"],
    [`{"Records":[{"a":"${"x".repeat(5000)}"}]}\n`, "json"],
    ['Record 1\n{\n  "Event": {', "json"],
    ['Record 1\n<?xml version="1.0"?>\n<Event>', "xml"],
    ["[]\n", "json"],
    ['[\n{"a":1}]', "json"],
  ])("%j is %s", (text, expected) => {
    expect(formatOf(text)).toBe(expected);
  });

  test.each(["", "{a}", "hello, world", "[section]\nkey=1", "\u0000\u0001\u0002\u0003"])("%j is no JSON", (text) => {
    expect(["json", "ndjson"]).not.toContain(formatOf(text));
  });
});

describe("JSON lines", () => {
  test("a name of JavaScript's own changes nothing", () => {
    const { events } = readWhole(ndjson, '{"__proto__":{"a":1}}\n{"constructor":1,"toString":2}\n');
    expect(Object.getPrototypeOf(events[0])).toBe(Object.prototype);
    expect(JSON.stringify(events)).toBe('[{"__proto__":{"a":1}},{"constructor":1,"toString":2}]');
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  test("bytes that are no text are replaced, and the record is read", () => {
    const bytes = new Uint8Array([
      ...new TextEncoder().encode('{"a":"'),
      0xff,
      0xc3,
      ...new TextEncoder().encode('"}\n'),
    ]);
    expect(readWhole(ndjson, bytes).events).toEqual([{ a: "\ufffd\ufffd" }]);
  });

  test("a list on a line is its members; those that are no objects are one fault", () => {
    const { events, numbers, faults } = readWhole(ndjson, '[{"a":1},1,{"a":2},[],null]\n{"a":3}\n');
    expect(events).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
    expect(numbers).toEqual([1, 2, 4]);
    expect(faults).toEqual([{ number: 3, offset: 0, code: "json-not-object", message: "Is no object." }]);
  });

  test("a long line that nests too deep is told", () => {
    const text = `${"[".repeat(3000)}1${"]".repeat(3000)}\n${'{"a":'.repeat(1000)}1${"}".repeat(1000)}\n{"b":"${"[".repeat(5000)}"}\n`;
    const { events, faults } = readWhole(ndjson, text);
    expect(faults.map((one) => one.code)).toEqual(["json-depth", "json-depth"]);
    expect(events).toHaveLength(1);
  });

  test("a line above the cap is told once, and the next one is read", () => {
    const text = `{"a":1}\n{"b":"${"x".repeat(recordLimits.bytes)}"}\n{"c":1}\n`;
    for (const size of [100_000, Number.POSITIVE_INFINITY]) {
      const { events, numbers, faults } = readWhole(ndjson, text, size);
      expect(events).toEqual([{ a: 1 }, { c: 1 }]);
      expect(numbers).toEqual([1, 3]);
      expect(faults).toEqual([{ number: 2, offset: 8, code: "json-too-large", message: expect.any(String) }]);
    }
  });

  test("faults say where they are, also in blocks of many lines", () => {
    const good = `{"a":"${"ü".repeat(50)}"}\n`;
    const text = `${good.repeat(2000)}oops\n${good.repeat(2000)}again`;
    const bytes = new TextEncoder().encode(good).length;
    const { faults } = readWhole(ndjson, text, 300_000);
    expect(faults.map(({ number, offset }) => ({ number, offset }))).toEqual([
      { number: 2001, offset: 2000 * bytes },
      { number: 4002, offset: 4000 * bytes + 5 },
    ]);
  });
});

test("a list of many records is read without holding it", () => {
  const count = 20_000;
  const text = `[${Array.from({ length: count }, (_, i) => `{"i":${i}}`).join(",")}]`;
  const decoder = jsonDocument.open();
  const bytes = new TextEncoder().encode(text);
  let seen = 0;
  for (let at = 0; at < bytes.length; at += 1000) {
    seen += decoder.push(bytes.slice(at, at + 1000)).records.length;
    // All that has come so far but the record that is cut.
    expect(seen).toBeGreaterThanOrEqual(Math.floor((at + 1000) / 12) < count ? Math.floor(at / 12) - 1 : count);
  }
  expect(seen + decoder.end().records.length).toBe(count);
});
