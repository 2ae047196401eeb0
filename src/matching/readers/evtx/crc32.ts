import { int32 } from "./values/integers.ts";

/** CRC-32 as in RFC 1952, eight bytes a step: table k gives what a byte does that stands k bytes before the end of a step. */
const tables = Array.from({ length: 8 }, () => new Int32Array(256));
const [table0, table1, table2, table3, table4, table5, table6, table7] = tables as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  table0[byte] = value;
}
for (let byte = 0; byte < 256; byte++) {
  let value = table0[byte] as number;
  for (const table of tables.slice(1)) {
    value = (value >>> 8) ^ (table0[value & 0xff] as number);
    table[byte] = value;
  }
}

/** The checksum of some bytes; `before` is that of what stands before them. */
export function crc32(bytes: Uint8Array, start: number, end: number, before = 0): number {
  let crc = ~before;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    crc ^= int32(bytes, at);
    crc =
      (table7[crc & 0xff] as number) ^
      (table6[(crc >>> 8) & 0xff] as number) ^
      (table5[(crc >>> 16) & 0xff] as number) ^
      (table4[crc >>> 24] as number) ^
      (table3[bytes[at + 4] as number] as number) ^
      (table2[bytes[at + 5] as number] as number) ^
      (table1[bytes[at + 6] as number] as number) ^
      (table0[bytes[at + 7] as number] as number);
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ (table0[(crc ^ (bytes[at] as number)) & 0xff] as number);
  return ~crc >>> 0;
}
