import { expect, test } from "vitest";
import { systemTime, timeWriter } from "./times.ts";

const ticksOfMillisecond = 10_000n;
const unixEpoch = 11_644_473_600_000n;

function fileTime(ticks: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, ticks, true);
  return bytes;
}

test("days of eight hundred years are those of the platform's calendar", () => {
  const write = timeWriter();
  const dayMs = 86_400_000;
  for (let ms = Date.UTC(1601, 0, 1); ms < Date.UTC(2401, 0, 1); ms += dayMs * 13 + 12_345_678) {
    const ticks = (BigInt(ms) + unixEpoch) * ticksOfMillisecond + 7n;
    expect(write(fileTime(ticks), 0)).toBe(new Date(ms).toISOString().replace("Z", "0007Z"));
  }
});

test.each([
  [0n, "1601-01-01T00:00:00.0000000Z"],
  [9_999_999n, "1601-01-01T00:00:00.9999999Z"],
  [(BigInt(Date.UTC(2024, 1, 29, 23, 59, 59)) + unixEpoch) * ticksOfMillisecond, "2024-02-29T23:59:59.0000000Z"],
  [0x7fff_ffff_ffff_ffffn, "30828-09-14T02:48:05.4775807Z"],
  [0xffff_ffff_ffff_ffffn, "60056-05-28T05:36:10.9551615Z"],
])("%i ticks are %s", (ticks, text) => {
  expect(timeWriter()(fileTime(ticks), 0)).toBe(text);
});

test("the remembered second is not taken for another one", () => {
  const write = timeWriter();
  const texts = [5n, 6n, 5n].map((second) => write(fileTime(second * 10_000_000n + 1n), 0));
  expect(texts).toEqual(["05", "06", "05"].map((second) => `1601-01-01T00:00:${second}.0000001Z`));
});

test("a system time is written as it stands, days of the week left out", () => {
  const parts = Uint16Array.of(2026, 2, 6, 28, 23, 59, 58, 123);
  expect(systemTime(new Uint8Array(parts.buffer), 0)).toBe("2026-02-28T23:59:58.123Z");
  expect(systemTime(new Uint8Array(16).fill(255), 0)).toBe("65535-65535-65535T65535:65535:65535.65535Z");
});
