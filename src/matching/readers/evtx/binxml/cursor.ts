import { Damage } from "../damage.ts";
import { uint16, uint32 } from "../values/integers.ts";

/** A place in a chunk that moves on as it is read, and never past `end`. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
}

/** Moves on by `size` bytes and gives where they begin. */
export function take(cursor: Cursor, size: number): number {
  const start = cursor.at;
  if (size > cursor.end - start) {
    throw new Damage("evtx-token", `Binary XML goes on behind its end, at offset ${start} of the chunk.`);
  }
  cursor.at = start + size;
  return start;
}

export function takeByte(cursor: Cursor): number {
  return cursor.bytes[take(cursor, 1)] as number;
}

export function takeUint16(cursor: Cursor): number {
  return uint16(cursor.bytes, take(cursor, 2));
}

export function takeUint32(cursor: Cursor): number {
  return uint32(cursor.bytes, take(cursor, 4));
}

/** The next byte without moving on; -1 at the end. */
export function peek(cursor: Cursor): number {
  return cursor.at < cursor.end ? (cursor.bytes[cursor.at] as number) : -1;
}
