/** The part of a file that is not done with yet. Positions are offsets in the file. */
export interface ByteWindow {
  /** Offset of the first byte that is kept. */
  readonly start: () => number;
  /** Offset after the last byte. */
  readonly end: () => number;
  /**
   * What the bytes lie in, and the offset in the file at which it begins: the byte at an offset is `bytes()[offset - base()]`.
   * Good until bytes are appended or dropped; looking at each byte through a function would cost more than all else.
   */
  readonly bytes: () => Uint8Array;
  readonly base: () => number;
  readonly slice: (from: number, to: number) => Uint8Array;
  readonly append: (bytes: Uint8Array) => void;
  /** Forgets what stands before the offset. */
  readonly drop: (offset: number) => void;
}

export function openWindow(): ByteWindow {
  let buffer = new Uint8Array(4096);
  /** Where the kept bytes begin and end in the buffer. */
  let first = 0;
  let last = 0;
  /** Offset in the file of the buffer's beginning. */
  let base = 0;
  return {
    start: () => base + first,
    end: () => base + last,
    bytes: () => buffer,
    base: () => base,
    slice: (from, to) => buffer.subarray(from - base, to - base),
    append: (bytes) => {
      if (last + bytes.length > buffer.length) {
        const kept = last - first;
        // Twice what is kept, so that bytes that come one by one are moved only so often.
        const target = kept + bytes.length > buffer.length / 2 ? new Uint8Array(2 * (kept + bytes.length)) : buffer;
        if (target === buffer) buffer.copyWithin(0, first, last);
        else target.set(buffer.subarray(first, last));
        buffer = target;
        base += first;
        first = 0;
        last = kept;
      }
      buffer.set(bytes, last);
      last += bytes.length;
    },
    drop: (offset) => {
      first = Math.min(Math.max(first, offset - base), last);
      if (first !== last) return;
      base += last;
      first = 0;
      last = 0;
    },
  };
}
