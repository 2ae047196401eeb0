import { describe, expect, test } from "vitest";
import { Damage } from "../damage.ts";
import { arrayFlag, valueTypes as types } from "./types.ts";
import { arrays, singles, system } from "./value-cases.testing.ts";
import { type Value, valueReader } from "./value-reader.ts";

/** Reads a value that stands between other bytes. */
function read(type: number, content: ArrayLike<number>): Value {
  const bytes = new Uint8Array(content.length + 7).fill(0xee);
  bytes.set(content, 3);
  return valueReader().read(bytes, type, 3, content.length);
}

const misfits: readonly (readonly [name: string, type: number, content: ArrayLike<number>])[] = [
  ["half a character", types.string, [0x61]],
  ["an integer of three bytes", types.uint32, [1, 2, 3]],
  ["a short guid", types.guid, [1, 2, 3]],
  ["a sid whose parts are missing", types.sid, [1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0]],
  ["a sid of seven bytes", types.sid, [1, 0, 0, 0, 0, 0, 0]],
  ["a size of two bytes", types.sizeT, [1, 2]],
  ["a type that there is none of", 0x40, [1]],
  ["an array with half an item", types.uint32 | arrayFlag, [1, 0, 0, 0, 2]],
  ["an array of sids that goes on behind its end", types.sid | arrayFlag, [...system, 1, 1, 0]],
  ["an array of binary data", types.binary | arrayFlag, [1, 2]],
  ["an array of binary xml", types.binXml | arrayFlag, [1, 2]],
];

describe("a value", () => {
  test.each(singles)("%s", (_, type, content, value) => {
    expect(read(type, content)).toEqual(value);
  });

  test.each(arrays)("array of %s", (_, type, content, value) => {
    expect(read(type | arrayFlag, content)).toEqual(value);
  });

  test.each(misfits)("%s is damage", (_, type, content) => {
    expect(() => read(type, content)).toThrow(Damage);
  });

  test("every type has a case", () => {
    const tested = new Set(singles.map(([, type]) => type));
    const missing = Object.entries(types).filter(([, type]) => !tested.has(type));
    expect(missing.map(([name]) => name)).toEqual(["null", "binXml"]);
  });
});
