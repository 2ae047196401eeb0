import { describe, expect, test } from "vitest";
import { randomFrom } from "../../../languages/mutation.ts";
import type { LogBatch } from "../log-format.ts";
import { sealed } from "./chunk-writer.testing.ts";
import { nothing, text, typed, unsigned, utf16 } from "./event-spec.testing.ts";
import { decode, eventData, eventOf, logOf } from "./evtx.testing.ts";
import { valueTypes as types } from "./values/types.ts";

const mutations = 3000;
const chunkStart = 4096;

/** A log of one chunk with values of many types. */
const log = logOf(
  ...Array.from({ length: 12 }, (_, index) =>
    eventOf(
      index + 1,
      eventData(0x2000 + (index % 3), {
        Image: text(`C:\\Windows\\${index}.exe`),
        Hash: typed(types.binary, [1, 2, 3]),
        Strings: typed(0x81, utf16("a\0bc\0")),
        User: typed(types.sid, [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0]),
        Time: unsigned(types.fileTime, 8, 134_116_992_000_000_000n),
        None: nothing,
        [`Other${index % 3}`]: unsigned(types.uint64, 8, 2n ** 60n),
      }),
    ),
  ),
);

/** Bytes of the log that hold something. */
const used = chunkStart + new DataView(log.buffer).getUint32(chunkStart + 48, true);

const telling = [0, 1, 0x0c, 0x0d, 0x0e, 0x21, 0x2a, 0x41, 0x46, 0x7f, 0x80, 0x81, 0xff];

function mutated(random: () => number): Uint8Array {
  const bytes = new Uint8Array(log);
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let count = 1 + below(4); count > 0; count--) {
    const at = below(used);
    switch (below(5)) {
      case 0:
        bytes[at] = below(256);
        break;
      case 1:
        bytes[at] = telling[below(telling.length)] as number;
        break;
      case 2:
        bytes.copyWithin(at, below(used), below(used));
        break;
      case 3:
        bytes.fill(telling[below(telling.length)] as number, at, at + below(64));
        break;
      default:
        new DataView(bytes.buffer).setUint32(at, below(used), true);
    }
  }
  // Two in three with checksums that fit, so that what is damaged looks sound.
  if (below(3) > 0) sealed(bytes.subarray(chunkStart, chunkStart + 65_536));
  return below(8) === 0 ? bytes.subarray(0, below(bytes.length)) : bytes;
}

function check(batch: LogBatch, seed: number): void {
  const counted = [...batch.records, ...batch.faults].flatMap(({ number }) => (number === null ? [] : [number]));
  expect(new Set(counted).size, `seed ${seed}: numbers of records`).toBe(counted.length);
  for (const { data } of batch.records) {
    expect(Object.keys(data).length, `seed ${seed}: an empty event`).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(data)), `seed ${seed}: plain data`).toEqual(data);
  }
  for (const { code, message } of batch.faults) {
    expect(code, `seed ${seed}`).toMatch(/^evtx-/);
    expect(message, `seed ${seed}`).toMatch(/\.$/);
  }
}

describe(`${mutations} damaged logs`, () => {
  test("end, with records and faults, the same each time", () => {
    const codes = new Set<string>();
    for (let seed = 1; seed <= mutations; seed++) {
      const bytes = mutated(randomFrom(seed));
      const batch = decode(bytes, { recover: seed % 2 === 0 });
      check(batch, seed);
      for (const { code } of batch.faults) codes.add(code);
      if (seed % 10 === 0) expect(decode(bytes, { recover: true }, 1000)).toEqual(decode(bytes, { recover: true }));
    }
    // What the mutations don't reach is tested by itself.
    expect([...codes].sort()).toEqual(
      expect.arrayContaining(["evtx-checksum", "evtx-chunk", "evtx-header", "evtx-name", "evtx-record"]),
    );
    expect([...codes]).toEqual(expect.arrayContaining(["evtx-template", "evtx-token", "evtx-truncated", "evtx-value"]));
  });
});
