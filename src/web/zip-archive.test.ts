import { crc32, inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { zipArchive } from "./zip-archive.ts";

/** Reads an archive by its directory, as programs do. */
function filesIn(archive: Uint8Array): readonly { path: string; text: string }[] {
  const bytes = Buffer.from(archive);
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
  const files: { path: string; text: string }[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const [packed, plain, name] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 24),
      bytes.readUInt16LE(at + 28),
    ];
    const header = bytes.readUInt32LE(at + 42);
    expect(bytes.readUInt32LE(header)).toBe(0x04034b50);
    expect(bytes.subarray(header + 4, header + 30)).toEqual(bytes.subarray(at + 6, at + 32));
    const start = header + 30 + name;
    const content = inflateRawSync(bytes.subarray(start, start + packed));
    expect([content.length, crc32(content)]).toEqual([plain, bytes.readUInt32LE(at + 16)]);
    files.push({ path: bytes.toString("utf8", at + 46, at + 46 + name), text: content.toString() });
    at += 46 + name;
  }
  expect(at).toBe(end);
  return files;
}

const files = [
  { path: "README.md", text: "# Ü\n" },
  { path: "queries/Größe.eql", text: "any where true\n".repeat(500) },
  { path: "empty", text: "" },
];

test("what goes in comes out", () => {
  expect(filesIn(zipArchive(files, "2026-11-30"))).toEqual(files);
  expect(filesIn(zipArchive([], "2026-11-30"))).toEqual([]);
});

test("the same files and day give the same bytes, and another day others", () => {
  const archive = zipArchive(files, "2026-11-30");
  expect(zipArchive(files, "2026-11-30")).toEqual(archive);
  expect(zipArchive(files, "2026-12-01")).not.toEqual(archive);
  // 2026-11-30: 46 years, 11 months, 30 days.
  expect(Buffer.from(archive).readUInt16LE(12)).toBe((46 << 9) | (11 << 5) | 30);
});
