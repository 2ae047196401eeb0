import { expect, test } from "vitest";
import { keyValues } from "./key-values.ts";
import { unwrap } from "./unwrap.ts";

test.each([
  ["an event of Windows", { Event: { System: { EventID: 1 } } }],
  ["an event with a list of its own", { id: 1, value: [{ a: 1 }] }],
  ["an event whose list holds no objects", { value: [1, 2] }],
  ["an event of Elastic with a field called index", { index: { "x.y": 1 } }],
  ["an event with fields, and no hit", { fields: { a: [1] } }],
  ["a message that is no JSON", { message: "{no", timestamp: 1 }],
  ["an event of Splunk with fields of its own", { _raw: "a=1 b=2", a: "1", host: "x" }],
  ["raw text that says nothing by names", { _raw: "session opened for alice", host: "x" }],
  ["a table whose rows do not fit", { columns: [{ name: "a" }], values: [[1, 2]] }],
  ["an event with a sourcetype and more", { sourcetype: "x", event: { a: 1 }, user: "alice" }],
  ["an empty object", {}],
])("%s is an event itself", (_, data) => {
  expect(unwrap(data)).toBeNull();
});

test.each([
  ["a line of Splunk without a result", { preview: true, lastrow: true }, []],
  ["an answer without events", { Records: [] }, []],
  ["an event for Splunk's collector", { time: 1, sourcetype: "_json", event: { a: 1 } }, [{ a: 1 }]],
  ["an action of the bulk interface", { index: { _index: "a", _id: "1" } }, []],
  ["activities", { kind: "reports", items: [{ a: 1 }], nextPageToken: "x" }, [{ a: 1 }]],
  ["EQL's hits", { is_partial: false, took: 1, hits: { total: {}, events: [{ _source: 1 }] } }, [{ _source: 1 }]],
  ["advanced hunting", { Schema: [{ Name: "a" }], Results: [{ a: 1 }] }, [{ a: 1 }]],
  ["ES|QL's columns", { columns: [{ name: "a" }, { name: "b" }], values: [[1, null]] }, [{ a: 1 }]],
  [
    "raw text of names and values",
    { _raw: 'x=1, y="2 3"', host: "h", source: "s" },
    [{ x: "1", y: "2 3", host: "h", source: "s" }],
  ],
])("%s", (_, data, expected) => {
  expect(unwrap(data)).toEqual(expected);
});

test("what Splunk says of an event goes before its raw text", () => {
  expect(unwrap({ _raw: "host=inner a=1 __proto__=2", host: "outer" })?.map((one) => JSON.stringify(one))).toEqual([
    '{"host":"outer","a":"1","__proto__":"2"}',
  ]);
});

test("names and values", () => {
  expect(keyValues('a=1 b="x \\"y\\" \\\\" c=z,d=4;e=5|f=6 a=7')).toEqual({
    a: "1",
    b: 'x "y" \\',
    c: "z",
    d: "4",
    e: "5",
    f: "6",
  });
  expect(keyValues("one=1 only")).toBeNull();
  expect(keyValues(`a=1 b=2 ${"x".repeat(300_000)}`)).toBeNull();
});
