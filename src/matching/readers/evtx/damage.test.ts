import { describe, expect, test } from "vitest";
import { sealed } from "./chunk-writer.testing.ts";
import type { DamageCode } from "./damage.ts";
import {
  type ElementNode,
  element,
  type Fragment,
  optional,
  substitution,
  text,
  typed,
  unsigned,
  utf16,
} from "./event-spec.testing.ts";
import { decode, eventData, eventOf, instance, logOf } from "./evtx.testing.ts";
import { valueTypes as types } from "./values/types.ts";

const chunkStart = 4096;
const firstRecord = 512;

/** The chunk of a log with three records, of which the second one uses the template of the first. */
function threeRecords(): { readonly log: Uint8Array; readonly chunk: Uint8Array; readonly view: DataView } {
  const log = logOf(...[1, 2, 3].map((id) => eventOf(id, eventData(0x2000, { Image: text(`${id}.exe`) }))));
  const chunk = log.subarray(chunkStart, chunkStart + 65_536);
  return { log, chunk, view: new DataView(chunk.buffer, chunk.byteOffset) };
}

/** Where records begin in a chunk. */
function offsets(view: DataView): [number, number, number] {
  const second = firstRecord + view.getUint32(firstRecord + 4, true);
  return [firstRecord, second, second + view.getUint32(second + 4, true)];
}

/** Damages the second record and reads the log: the other two must come, and one fault of the second one. */
function expectFault(code: DamageCode, damage: (view: DataView, at: number, next: number) => void): void {
  const { log, chunk, view } = threeRecords();
  const [, second, third] = offsets(view);
  damage(view, second, third);
  sealed(chunk);
  const { records, faults } = decode(log);
  expect(faults).toEqual([
    { number: 2, offset: chunkStart + second, code, message: expect.stringMatching(/^[A-Z].*\.$/) },
  ]);
  expect(records.map((one) => one.number)).toEqual([1, 3]);
}

/** Bytes of a record before its template reference: head, fragment header. */
const reference = 24 + 4;
/** … before the count of its values: token, version, id, offset. */
const values = reference + 10;

describe("a damaged record is one fault, and the others are read", () => {
  test.each<[string, DamageCode, (view: DataView, at: number, next: number) => void]>([
    ["its signature", "evtx-record", (view, at) => view.setUint32(at, 0, true)],
    ["a size that is too small", "evtx-record", (view, at) => view.setUint32(at + 4, 8, true)],
    ["a size that is too large", "evtx-record", (view, at) => view.setUint32(at + 4, 0xffff_fff0, true)],
    ["a size that is another one at its end", "evtx-record", (view, _, next) => view.setUint32(next - 4, 7, true)],
    ["a token that there is none of", "evtx-token", (view, at) => view.setUint8(at + reference, 0x3f)],
    ["nothing in it", "evtx-token", (view, at) => view.setUint8(at + reference, 0)],
    [
      "a template behind the chunk",
      "evtx-template",
      (view, at) => view.setUint32(at + reference + 6, 0x7fff_ffff, true),
    ],
    ["a template at the chunk's end", "evtx-template", (view, at) => view.setUint32(at + reference + 6, 65_530, true)],
    ["another template", "evtx-template", (view, at) => view.setUint32(at + reference + 2, 99, true)],
    ["too many values", "evtx-value", (view, at) => view.setUint32(at + values, 0xffff_ffff, true)],
    ["too few values", "evtx-value", (view, at) => view.setUint32(at + values, 2, true)],
    ["a value of a size that its type has not", "evtx-value", (view, at) => view.setUint16(at + values + 4, 3, true)],
    [
      "a value that is longer than the record",
      "evtx-value",
      (view, at) => view.setUint16(at + values + 4, 60_000, true),
    ],
    ["a value of an unknown type", "evtx-value", (view, at) => view.setUint8(at + values + 4 + 2, 0x55)],
  ])("%s", (_, code, damage) => expectFault(code, damage));
});

test("a template that is damaged takes the records with it that use it", () => {
  const { log, chunk, view } = threeRecords();
  // The size of the definition.
  view.setUint32(firstRecord + reference + 10 + 20, 0xffff, true);
  sealed(chunk);
  const { records, faults } = decode(log);
  expect(records).toEqual([]);
  expect(faults.map((one) => [one.number, one.code])).toEqual([1, 2, 3].map((number) => [number, "evtx-template"]));
});

test("a name whose hash is another one, and one that is not inside of the chunk", () => {
  const { log, chunk, view } = threeRecords();
  const name = Buffer.from(chunk).indexOf(Buffer.from("Computer", "utf16le"));
  view.setUint16(name, 0x63, true);
  sealed(chunk);
  expect(decode(log).faults.map((one) => one.code)).toEqual(Array(3).fill("evtx-name"));
  view.setUint32(name - 12, 65_534, true);
  sealed(chunk);
  expect(decode(log).faults.map((one) => one.code)).toEqual(Array(3).fill("evtx-name"));
});

function codesOf(event: Fragment): unknown[] {
  const { records, faults } = decode(logOf(eventOf(1, event), eventOf(2, eventData(0x2000, { a: text("b") }))));
  expect(records.map((one) => one.number)).toContain(2);
  return faults.map((one) => one.code);
}

function nested(depth: number, inner: ElementNode): ElementNode {
  let node = inner;
  for (let level = 0; level < depth; level++) node = element("e", {}, [node]);
  return node;
}

describe("what no true event has", () => {
  test("elements within elements", () => {
    expect(codesOf(instance(nested(60, element("x"))))).toEqual([]);
    expect(codesOf(instance(nested(80, element("x"))))).toEqual(["evtx-depth"]);
    expect(codesOf(instance(nested(900, element("x"))))).toEqual(["evtx-depth"]);
  });

  test("values within values", () => {
    let fragment: Fragment = { type: "elements", elements: [element("x")] };
    for (let level = 0; level < 100; level++) {
      fragment = instance(element("e", {}, [substitution(0, types.binXml)]), [typed(types.binXml, fragment)]);
    }
    expect(codesOf(fragment)).toEqual(["evtx-depth"]);
  });

  test("a value that is repeated, with values in it that are repeated", () => {
    let fragment: Fragment = { type: "elements", elements: [element("x", {}, ["y"])] };
    const twenty = Array.from({ length: 20 }, () => element("e", {}, [substitution(0, types.binXml)]));
    for (let level = 0; level < 20; level++) {
      fragment = instance(element("r", {}, twenty), [typed(types.binXml, fragment)]);
    }
    expect(codesOf(fragment)).toEqual(["evtx-limit"]);
  });

  test("a long value that is written a thousand times", () => {
    const copies = Array.from({ length: 1000 }, () => element("e", {}, [substitution(0)]));
    expect(codesOf(instance(element("r", {}, copies), [text("x".repeat(10_000))]))).toEqual(["evtx-limit"]);
  });

  test("a long text of a template that is written a thousand times", () => {
    const value = typed(types.binXml, instance(element("t", {}, ["x".repeat(10_000)])));
    const copies = Array.from({ length: 1000 }, () => element("e", {}, [substitution(0, types.binXml)]));
    expect(codesOf(instance(element("r", {}, copies), [value]))).toEqual(["evtx-limit"]);
  });

  test("a name of more characters than any has", () => {
    expect(codesOf(instance(element("n".repeat(1000))))).toEqual([]);
    expect(codesOf(instance(element("n".repeat(2000))))).toEqual(["evtx-name"]);
  });

  test("binary XML in an attribute", () => {
    const value = typed(types.binXml, { type: "elements", elements: [element("x")] });
    expect(codesOf(instance(element("r", { a: substitution(0) }), [value]))).toEqual(["evtx-value"]);
  });

  test("a place for a value that is not there", () => {
    expect(codesOf(instance(element("r", {}, [substitution(3)]), [text("x")]))).toEqual(["evtx-value"]);
    expect(codesOf(instance(element("r", {}, ["x"], 3), [text("x")]))).toEqual(["evtx-value"]);
    expect(codesOf(instance(element("r", { a: optional(9) }), []))).toEqual(["evtx-value"]);
  });

  test("half a character in a text, a number of three bytes", () => {
    expect(codesOf(eventData(0x2001, { a: typed(types.string, [0x61]) }))).toEqual(["evtx-value"]);
    expect(codesOf(eventData(0x2002, { a: unsigned(types.uint32, 3, 1) }))).toEqual(["evtx-value"]);
    expect(codesOf(eventData(0x2003, { a: typed(types.string, utf16("ok")) }))).toEqual([]);
  });
});

test("templates that overlap each other are compiled up to a limit", () => {
  // Every record defines a template whose size reaches to the end of the chunk.
  const data = (id: number): Fragment =>
    instance(element("EventData", {}, [element("Data", { Name: `n${id}` }, ["v"])]));
  const log = logOf(...Array.from({ length: 60 }, (_, index) => eventOf(index + 1, data(index))));
  const chunk = log.subarray(chunkStart, chunkStart + 65_536);
  const view = new DataView(chunk.buffer, chunk.byteOffset);
  const guid = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  for (let at = Buffer.from(chunk).indexOf(guid); at !== -1; at = Buffer.from(chunk).indexOf(guid, at + 1)) {
    view.setUint32(at + 12, 65_536 - at - 16, true);
  }
  sealed(chunk);
  const { faults } = decode(log);
  expect(faults.length).toBeGreaterThan(50);
  expect(new Set(faults.map((one) => one.code))).toContain("evtx-limit");
});
