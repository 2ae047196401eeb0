/** Little-endian integers. Callers have checked that the bytes are there. */
export function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

export function uint32(bytes: Uint8Array, at: number): number {
  return int32(bytes, at) >>> 0;
}

export function int32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

/** A number where it is exact, else its decimal digits. */
export function uint64(bytes: Uint8Array, at: number): number | string {
  return exact(uint32(bytes, at + 4), uint32(bytes, at));
}

/** A number where it is exact, else its decimal digits. */
export function int64(bytes: Uint8Array, at: number): number | string {
  return exact(int32(bytes, at + 4), uint32(bytes, at));
}

function exact(high: number, low: number): number | string {
  const value = high * 0x1_0000_0000 + low;
  return Number.isSafeInteger(value) ? value : ((BigInt(high) << 32n) | BigInt(low)).toString();
}

/** `0x3e7`: small letters, no leading zeros, as Windows writes it. */
export function hex64(bytes: Uint8Array, at: number): string {
  const low = uint32(bytes, at);
  const high = uint32(bytes, at + 4);
  return high === 0 ? `0x${low.toString(16)}` : `0x${high.toString(16)}${low.toString(16).padStart(8, "0")}`;
}

export function hex32(bytes: Uint8Array, at: number): string {
  return `0x${uint32(bytes, at).toString(16)}`;
}
