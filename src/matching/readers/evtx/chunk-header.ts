import { crc32 } from "./crc32.ts";
import { chunkSize, recordsOffset } from "./limits.ts";
import { uint32 } from "./values/integers.ts";

/** `ElfChnk` and a zero. */
export const chunkSignature = Uint8Array.of(0x45, 0x6c, 0x66, 0x43, 0x68, 0x6e, 0x6b, 0x00);

export interface ChunkHeader {
  /** Where the records end, in bytes of the chunk; the end of the chunk where the header says nothing that can be. */
  readonly freeSpace: number;
  /** The number that the log gave the last record. */
  readonly lastId: bigint;
  /** Whether its own checksum is right. */
  readonly intact: boolean;
  /** Whether that of the records is; a damaged header can't tell, and is taken to say yes. */
  readonly recordsIntact: boolean;
}

export function readChunkHeader(chunk: Uint8Array): ChunkHeader {
  const checksum = crc32(chunk, 128, recordsOffset, crc32(chunk, 0, 120));
  const intact = checksum === uint32(chunk, 124);
  const free = uint32(chunk, 48);
  const possible = free >= recordsOffset && free <= chunkSize;
  return {
    freeSpace: possible ? free : chunkSize,
    lastId: (BigInt(uint32(chunk, 36)) << 32n) | BigInt(uint32(chunk, 32)),
    intact: intact && possible,
    recordsIntact: !intact || !possible || crc32(chunk, recordsOffset, free) === uint32(chunk, 52),
  };
}

export function startsWith(bytes: Uint8Array, signature: Uint8Array, at = 0): boolean {
  return signature.every((byte, index) => bytes[at + index] === byte);
}

/** Where a signature stands first, at `from` or behind it; -1 for nowhere. */
export function findSignature(bytes: Uint8Array, signature: Uint8Array, from: number): number {
  const [first = 0] = signature;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (at + signature.length <= bytes.length && startsWith(bytes, signature, at)) return at;
  }
  return -1;
}
