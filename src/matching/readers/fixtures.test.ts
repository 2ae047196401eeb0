import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { LogFormat } from "./log-format.ts";
import { recogniseFormat } from "./registry.ts";
import { readSplit, readWhole } from "./testing.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "fixtures", "logs");
const names = readdirSync(join(folder, "expected")).map((one) => one.replace(/\.json$/, ""));

function load(name: string): { readonly bytes: Uint8Array; readonly format: LogFormat } {
  const bytes = new Uint8Array(readFileSync(join(folder, name)));
  const format = recogniseFormat(bytes.subarray(0, 4096), name);
  if (format === null) throw new Error(`${name} is not recognised`);
  return { bytes, format };
}

test.each(names)("%s comes to what is expected of it", (name) => {
  const { bytes, format } = load(name);
  const { events, numbers, faults } = readWhole(format, bytes);
  const expected = JSON.parse(readFileSync(join(folder, "expected", `${name}.json`), "utf8"));
  expect({
    format: format.id,
    records: events.map((data, index) => ({ number: numbers[index], data })),
    faults,
  }).toStrictEqual(expected);
});

test.each(names)("%s comes to the same wherever it is split", (name) => {
  const { bytes, format } = load(name);
  const whole = JSON.stringify(readWhole(format, bytes));
  for (let at = 0; at <= bytes.length; at++) {
    const split = JSON.stringify(readSplit(format, bytes, at));
    if (split !== whole) expect({ at, split }).toEqual({ at, split: whole });
  }
  expect(JSON.stringify(readWhole(format, bytes, 1))).toBe(whole);
});

test.each(names)("%s reads the same in UTF-16, with and without a mark, and with a mark in UTF-8", (name) => {
  const { bytes, format } = load(name);
  const { events, faults } = readWhole(format, bytes);
  const text = new TextDecoder().decode(bytes);
  for (const file of [utf16(text, true), utf16(`\ufeff${text}`, true), utf16(`\ufeff${text}`, false)]) {
    expect(recogniseFormat(file.subarray(0, 4096), name)?.id).toBe(format.id);
    const read = readWhole(format, file, 3);
    expect(read.events).toStrictEqual(events);
    expect(read.faults).toStrictEqual(faults.map((one) => ({ ...one, offset: null })));
  }
  const marked = readWhole(format, new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]), 2);
  expect(marked.events).toStrictEqual(events);
  expect(marked.faults).toStrictEqual(
    faults.map((one) => ({ ...one, offset: one.offset === null ? null : one.offset + 3 })),
  );
});

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}
