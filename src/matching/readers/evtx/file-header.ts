import { crc32 } from "./crc32.ts";
import { uint16, uint32 } from "./values/integers.ts";

/** `ElfFile` and a zero. */
export const fileSignature = Uint8Array.of(0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0x00);

/** Bytes before the first chunk. */
export const fileHeaderSize = 4096;

export interface FileHeader {
  /** The log was not closed when the file was copied: its headers are behind what the chunks hold. */
  readonly dirty: boolean;
  readonly intact: boolean;
}

/** The first block of a file, whose count of chunks is not looked at: chunks are known by their own signature. */
export function readFileHeader(block: Uint8Array): FileHeader {
  return {
    dirty: (uint32(block, 120) & 1) !== 0,
    intact: crc32(block, 0, 120) === uint32(block, 124) && uint16(block, 40) === fileHeaderSize,
  };
}
