import { uint32 } from "./integers.ts";

/** Two hexadecimal digits of each byte, in capitals. */
const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, "0"),
);

/** Bytes in the order in which they stand, in capitals. */
export function hexOf(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at++) text += pairs[bytes[at] as number];
  return text;
}

/** `{5770385F-C22A-43E0-BF4C-06F5698FFBD9}`: the first three parts are little-endian. */
export function guid(bytes: Uint8Array, at: number): string {
  const two = (index: number): string => pairs[bytes[at + index] as number] as string;
  return `{${two(3)}${two(2)}${two(1)}${two(0)}-${two(5)}${two(4)}-${two(7)}${two(6)}-${two(8)}${two(9)}-${two(10)}${two(11)}${two(12)}${two(13)}${two(14)}${two(15)}}`;
}

/** Bytes of a security identifier that begins here, by its own count of parts. */
export function sidSize(bytes: Uint8Array, at: number): number {
  return 8 + 4 * (bytes[at + 1] as number);
}

/** `S-1-5-21-…`; an authority that does not fit 32 bits is hexadecimal (MS-DTYP, 2.4.2.1). */
export function sid(bytes: Uint8Array, at: number): string {
  const high = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
  const low =
    (((bytes[at + 4] as number) << 24) |
      ((bytes[at + 5] as number) << 16) |
      ((bytes[at + 6] as number) << 8) |
      (bytes[at + 7] as number)) >>>
    0;
  const authority =
    high === 0 ? String(low) : `0x${(high * 0x1_0000_0000 + low).toString(16).toUpperCase().padStart(12, "0")}`;
  let text = `S-${bytes[at]}-${authority}`;
  const count = bytes[at + 1] as number;
  for (let index = 0; index < count; index++) text += `-${uint32(bytes, at + 8 + 4 * index)}`;
  return text;
}
