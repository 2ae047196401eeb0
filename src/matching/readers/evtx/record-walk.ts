import { recordsOffset } from "./limits.ts";
import { uint32 } from "./values/integers.ts";

/** Bytes of a record around its event: signature, size, id and time before it, the size again behind it. */
const headSize = 24;
const tailSize = 4;

/** A record as its head has it. */
export interface RecordPlace {
  readonly type: "record";
  readonly offset: number;
  readonly size: number;
  /** The event's binary XML. */
  readonly start: number;
  readonly end: number;
}

/** Bytes that should be a record, up to the next thing that is one. */
export interface BrokenPlace {
  readonly type: "broken";
  readonly offset: number;
  readonly message: string;
}

export type Place = RecordPlace | BrokenPlace;

/**
 * The records of a chunk, from its first one to `end`. Where none stands, the next one is looked for.
 * Yields at least one place for each step of four bytes or more, so that it ends on any bytes.
 */
export function* walkRecords(chunk: Uint8Array, end: number): Generator<Place, void, undefined> {
  let at = recordsOffset;
  while (at < end) {
    const record = recordAt(chunk, at, end);
    if (typeof record !== "string") {
      yield record;
      at += record.size;
      continue;
    }
    yield { type: "broken", offset: at, message: record };
    at = nextRecord(chunk, at + 4, end);
  }
}

/** Where the next whole record begins; `end` where there is none. */
export function nextRecord(chunk: Uint8Array, from: number, end: number): number {
  for (let at = chunk.indexOf(0x2a, from); at !== -1 && at < end; at = chunk.indexOf(0x2a, at + 1)) {
    if (typeof recordAt(chunk, at, end) !== "string") return at;
  }
  return end;
}

/** The record at an offset, or why there is none. */
export function recordAt(chunk: Uint8Array, offset: number, end: number): RecordPlace | string {
  if (offset + headSize + tailSize > end || uint32(chunk, offset) !== 0x00002a2a) {
    return "No record begins where one should.";
  }
  const size = uint32(chunk, offset + 4);
  if (size < headSize + tailSize || size > end - offset) {
    return `A record is said to have ${size} bytes, which can't be.`;
  }
  const tail = offset + size - tailSize;
  if (uint32(chunk, tail) !== size) {
    return `A record has ${size} bytes by its beginning and ${uint32(chunk, tail)} by its end.`;
  }
  return { type: "record", offset, size, start: offset + headSize, end: tail };
}

/** The number that the log gave a record, as two halves that are told apart from those of others. */
export function recordId(chunk: Uint8Array, offset: number): bigint {
  return (BigInt(uint32(chunk, offset + 12)) << 32n) | BigInt(uint32(chunk, offset + 8));
}
