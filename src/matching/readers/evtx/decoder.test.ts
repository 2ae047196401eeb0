import { describe, expect, test } from "vitest";
import type { LogBatch } from "../log-format.ts";
import { ChunkWriter, sealed } from "./chunk-writer.testing.ts";
import { type RecordSpec, text } from "./event-spec.testing.ts";
import { decode, eventData, eventOf, logOf } from "./evtx.testing.ts";
import { chunksOf, fileOf } from "./evtx-file.testing.ts";
import { evtx, evtxFormat } from "./index.ts";

const headerSize = 4096;
const chunkSize = 65_536;

function specs(count: number, first = 1): RecordSpec[] {
  return Array.from({ length: count }, (_, index) =>
    eventOf(first + index, eventData(0x2000, { Image: text(`C:\\${first + index}.exe`) })),
  );
}

function chunkOf(records: readonly RecordSpec[]): Uint8Array {
  const writer = new ChunkWriter();
  for (const one of records) writer.add(one);
  return writer.finish();
}

function idsOf(batch: LogBatch): unknown[] {
  return batch.records.map((one) => (one.data.Event as { System: { EventRecordID: number } }).System.EventRecordID);
}

const told = (batch: LogBatch): unknown[] => batch.faults.map(({ code, number, offset }) => [code, number, offset]);

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("a whole file", () => {
  const log = logOf(...specs(400));

  test.each([1, 7, 512, 4096, 65_535, 65_536, 70_000, 1_000_000])("in pieces of %i bytes", (step) => {
    const batch = decode(log, {}, step);
    expect(idsOf(batch)).toEqual(range(1, 400));
    expect(batch.records.map((one) => one.number)).toEqual(range(1, 400));
    expect(batch.faults).toEqual([]);
  });

  test("pushed bytes may be written over", () => {
    const decoder = evtx.open();
    const piece = new Uint8Array(10_000);
    const records = [];
    for (let at = 0; at < log.length; at += piece.length) {
      const count = Math.min(piece.length, log.length - at);
      piece.set(log.subarray(at, at + count));
      records.push(...decoder.push(piece.subarray(0, count)).records);
      piece.fill(0xff);
    }
    expect(records.length).toBe(400);
    expect(decoder.end()).toEqual({ records: [], faults: [] });
  });

  test("is told by its first bytes or its name", () => {
    expect(evtx.recognises(log.subarray(0, 4096), "")).toBe(true);
    expect(evtx.recognises(log.subarray(headerSize, headerSize + 100), "carved")).toBe(true);
    expect(evtx.recognises(new Uint8Array(0), "Security.EVTX")).toBe(true);
    expect(evtx.recognises(new TextEncoder().encode('{"Event":1}'), "a.json")).toBe(false);
    expect(evtx.recognises(new TextEncoder().encode("Elf"), "")).toBe(false);
  });

  test("unused chunks at the end are nothing", () => {
    const padded = new Uint8Array(log.length + 3 * chunkSize + 100);
    padded.set(log);
    expect(idsOf(decode(padded, {}, 50_000))).toEqual(range(1, 400));
    expect(decode(padded).faults).toEqual([]);
  });
});

describe("a header", () => {
  const chunks = chunksOf(specs(200));

  test("counts chunks, which is not believed", () => {
    const batch = decode(fileOf(chunks, { count: 1 }));
    expect(idsOf(batch)).toEqual(range(1, 200));
    expect(batch.faults).toEqual([]);
  });

  test("that is damaged is told, and the chunks are read", () => {
    const log = fileOf(chunks);
    log[20] = 9;
    expect(told(decode(log))).toEqual([["evtx-header", null, 0]]);
    log.fill(0, 0, headerSize);
    const batch = decode(log);
    expect(told(batch)).toEqual([["evtx-header", null, 0]]);
    expect(idsOf(batch)).toEqual(range(1, 200));
  });

  test("that is missing is none of the file's faults", () => {
    const batch = decode(fileOf(chunks).subarray(headerSize), {}, 1000);
    expect(batch.faults).toEqual([]);
    expect(idsOf(batch)).toEqual(range(1, 200));
  });

  test("that ends early", () => {
    expect(told(decode(fileOf(chunks).subarray(0, 100)))).toEqual([["evtx-truncated", null, 100]]);
    expect(told(decode(new Uint8Array(0)))).toEqual([["evtx-truncated", null, 0]]);
    expect(decode(fileOf([]))).toEqual({ records: [], faults: [] });
  });
});

describe("chunks", () => {
  const [first, second, third] = chunksOf(specs(450)) as [Uint8Array, Uint8Array, Uint8Array];
  const all = fileOf([first, second, third]);
  const held = [first, second, third].map((chunk) => idsOf(decode(fileOf([chunk]))).length);

  test("that are not at their place are found", () => {
    const gap = new Uint8Array(all.length + 1000).fill(0xab);
    gap.set(all.subarray(0, headerSize + chunkSize));
    gap.set(all.subarray(headerSize + chunkSize), headerSize + chunkSize + 1000);
    for (const step of [1000, 4096, gap.length]) {
      const batch = decode(gap, {}, step);
      expect(told(batch)).toEqual([["evtx-chunk", null, headerSize + chunkSize]]);
      expect(idsOf(batch)).toEqual(idsOf(decode(all)));
    }
  });

  test("that lost their signature are passed over, with the bytes of all of them in one fault", () => {
    const log = new Uint8Array(all);
    log[headerSize] = 0;
    log[headerSize + chunkSize] = 0;
    const batch = decode(log, {}, 9000);
    expect(told(batch)).toEqual([["evtx-chunk", null, headerSize]]);
    expect(batch.faults[0]?.message).toContain("131072 bytes");
    expect(batch.records.length).toBe(held[2]);
  });

  test("a file that ends inside of one has the records before", () => {
    const batch = decode(all.subarray(0, headerSize + chunkSize + 40_000), {}, 5000);
    expect(told(batch)).toEqual([["evtx-truncated", null, headerSize + chunkSize + 40_000]]);
    const ids = idsOf(batch);
    expect(ids).toEqual(range(1, ids.length));
    expect(ids.length).toBeGreaterThan((held[0] as number) + 10);
    expect(ids.length).toBeLessThan((held[0] as number) + (held[1] as number));
  });

  test("whose records were changed are told, and read", () => {
    const chunk = new Uint8Array(first);
    const at = Buffer.from(chunk).indexOf(Buffer.from("1.exe", "utf16le"));
    chunk[at] = 0x37;
    const batch = decode(fileOf([chunk]));
    expect(told(batch)).toEqual([["evtx-checksum", null, headerSize]]);
    expect(batch.records[0]?.data).toHaveProperty("Event.EventData.Image", "C:\\7.exe");
  });

  test("whose records are said to go on are told, unless the last one is there", () => {
    const chunk = chunkOf(specs(5));
    const view = new DataView(chunk.buffer);
    const free = view.getUint32(48, true);
    view.setUint32(48, chunkSize, true);
    expect(decode(fileOf([sealed(chunk)]))).toMatchObject({ faults: [], records: { length: 5 } });
    view.setUint32(32, 9, true);
    const batch = decode(fileOf([sealed(chunk)]));
    expect(told(batch)).toEqual([["evtx-record", null, headerSize + free]]);
    expect(batch.records.length).toBe(5);
  });

  test("whose header was damaged are read by their records", () => {
    const chunk = new Uint8Array(first);
    chunk[200] = 1;
    chunk.fill(0xff, 48, 52);
    const batch = decode(fileOf([chunk, second]));
    expect(told(batch)).toEqual([["evtx-checksum", null, headerSize]]);
    expect(batch.records.length).toBe((held[0] as number) + (held[1] as number));
  });
});

/** A chunk whose header knows of the first records only. */
function behind(records: readonly RecordSpec[], listed: number): Uint8Array {
  const chunk = chunkOf(records);
  const view = new DataView(chunk.buffer);
  let at = 512;
  for (let index = 0; index < listed; index++) at += view.getUint32(at + 4, true);
  view.setUint32(48, at, true);
  return sealed(chunk);
}

describe("records behind the last one that a chunk knows of", () => {
  const chunk = behind(specs(20), 12);

  test("are none of the log", () => {
    expect(decode(fileOf([chunk]))).toMatchObject({ faults: [], records: { length: 12 } });
  });

  test("are given where they are asked for, and marked", () => {
    const { records, faults } = decode(fileOf([chunk]), { recover: true });
    expect(faults).toEqual([]);
    expect(records.map((one) => one.recovered ?? false)).toEqual([...Array(12).fill(false), ...Array(8).fill(true)]);
    expect(records.map((one) => one.number)).toEqual(range(1, 20));
  });

  test("are passed over where they are not whole", () => {
    const damaged = new Uint8Array(chunk);
    const view = new DataView(damaged.buffer);
    let at = 512;
    for (let index = 0; index < 14; index++) at += view.getUint32(at + 4, true);
    // The type of its first value becomes one that there is none of.
    const descriptors = at + 24 + 4 + 10 + 4;
    damaged[descriptors + 2] = 0x7f;
    const { records, faults } = decode(fileOf([damaged]), { recover: true });
    expect(faults).toEqual([]);
    expect(idsOf({ records, faults })).toEqual([...range(1, 14), ...range(16, 20)]);
  });

  test("are of the log where its file was not closed, as long as their numbers go on", () => {
    expect(decode(fileOf([chunk], { dirty: true }))).toMatchObject({ faults: [], records: { length: 20 } });
    const mixed = behind([...specs(14), ...specs(3, 900)], 12);
    expect(idsOf(decode(fileOf([mixed], { dirty: true })))).toEqual(range(1, 14));
    expect(idsOf(decode(fileOf([mixed])))).toEqual(range(1, 12));
  });

  test("a file that was not closed has no faults of checksums", () => {
    const open = new Uint8Array(chunk);
    open[52] = (open[52] as number) ^ 1;
    open[124] = (open[124] as number) ^ 1;
    expect(decode(fileOf([open], { dirty: true })).faults).toEqual([]);
  });
});

test("the registry's format recovers nothing", () => {
  expect(evtx.id).toBe("evtx");
  expect(evtxFormat({ recover: true }).id).toBe("evtx");
  const log = fileOf([behind(specs(3), 2)]);
  const decoder = evtx.open();
  expect([...decoder.push(log).records, ...decoder.end().records].length).toBe(2);
});
