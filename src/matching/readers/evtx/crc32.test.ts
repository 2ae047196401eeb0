import { crc32 as reference } from "node:zlib";
import { expect, test } from "vitest";
import { crc32 } from "./crc32.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => (index * 131 + (index >> 3)) & 0xff);

test.each([0, 1, 2, 3, 4, 5, 7, 8, 999, 1000])("the checksum of %i bytes is that of zlib", (length) => {
  expect(crc32(bytes, 0, length)).toBe(reference(bytes.subarray(0, length)));
});

test("a checksum goes on where another one ended", () => {
  expect(crc32(bytes, 300, 1000, crc32(bytes, 0, 300))).toBe(reference(bytes));
});
