import { Damage } from "../damage.ts";
import { guid, hexOf, sid, sidSize } from "./identifiers.ts";
import { hex32, hex64, int32, int64, uint16, uint32, uint64 } from "./integers.ts";
import { textReader } from "./texts.ts";
import { systemTime, timeWriter } from "./times.ts";
import { arrayFlag, valueTypes } from "./types.ts";

export type Single = string | number | boolean;

/** What a value of a template is in an event; several where its type is an array. */
export type Value = Single | readonly Single[];

export interface ValueReader {
  /**
   * The value in `size` bytes from `start`, which lie inside of `bytes`. Not for null and binary XML, which are no values.
   * Throws `Damage` where type and size do not fit each other.
   */
  readonly read: (bytes: Uint8Array, type: number, start: number, size: number) => Value;
  readonly text: (bytes: Uint8Array, start: number, units: number) => string;
}

/** Bytes of each type whose size is fixed. */
const sizes: ReadonlyMap<number, number> = new Map([
  [valueTypes.int8, 1],
  [valueTypes.uint8, 1],
  [valueTypes.int16, 2],
  [valueTypes.uint16, 2],
  [valueTypes.int32, 4],
  [valueTypes.uint32, 4],
  [valueTypes.int64, 8],
  [valueTypes.uint64, 8],
  [valueTypes.real32, 4],
  [valueTypes.real64, 8],
  [valueTypes.bool, 4],
  [valueTypes.guid, 16],
  [valueTypes.fileTime, 8],
  [valueTypes.systemTime, 16],
  [valueTypes.hexInt32, 4],
  [valueTypes.hexInt64, 8],
]);

const knownTypes: ReadonlySet<number> = new Set(Object.values(valueTypes));

export function valueReader(): ValueReader {
  const texts = textReader();
  const time = timeWriter();
  const view = new DataView(new ArrayBuffer(8));

  const real = (bytes: Uint8Array, at: number, size: 4 | 8): Single => {
    view.setInt32(0, int32(bytes, at), true);
    if (size === 8) view.setInt32(4, int32(bytes, at + 4), true);
    const value = size === 4 ? shortest(view.getFloat32(0, true)) : view.getFloat64(0, true);
    // JSON has no such numbers.
    return Number.isFinite(value) ? value : String(value);
  };

  const single = (bytes: Uint8Array, type: number, start: number, size: number): Single => {
    // A value of any type may have no bytes, which is as good as none.
    if (size === 0 && knownTypes.has(type)) return "";
    switch (type) {
      case valueTypes.string:
      case valueTypes.evtXml:
        if (size % 2 !== 0) throw misfit(type, size);
        return texts.utf16(bytes, start, unitsBeforeEnd(bytes, start, size / 2));
      case valueTypes.uint32:
        if (size !== 4) throw misfit(type, size);
        return uint32(bytes, start);
      case valueTypes.guid:
        if (size !== 16) throw misfit(type, size);
        return guid(bytes, start);
      case valueTypes.ansiString:
        return texts.ansi(bytes, start, bytesBeforeEnd(bytes, start, size));
      case valueTypes.binary:
      case valueTypes.evtHandle:
        return hexOf(bytes, start, start + size);
      case valueTypes.sid:
        if (size < 8 || sidSize(bytes, start) > size) throw misfit(type, size);
        return sid(bytes, start);
      case valueTypes.sizeT:
        if (size !== 4 && size !== 8) throw misfit(type, size);
        return size === 4 ? hex32(bytes, start) : hex64(bytes, start);
      default:
        if (sizes.get(type) !== size) throw misfit(type, size);
    }
    switch (type) {
      case valueTypes.int8:
        return ((bytes[start] as number) << 24) >> 24;
      case valueTypes.uint8:
        return bytes[start] as number;
      case valueTypes.int16:
        return (uint16(bytes, start) << 16) >> 16;
      case valueTypes.uint16:
        return uint16(bytes, start);
      case valueTypes.int32:
        return int32(bytes, start);
      case valueTypes.int64:
        return int64(bytes, start);
      case valueTypes.uint64:
        return uint64(bytes, start);
      case valueTypes.real32:
        return real(bytes, start, 4);
      case valueTypes.real64:
        return real(bytes, start, 8);
      case valueTypes.bool:
        return int32(bytes, start) !== 0;
      case valueTypes.fileTime:
        return time(bytes, start);
      case valueTypes.systemTime:
        return systemTime(bytes, start);
      case valueTypes.hexInt32:
        return hex32(bytes, start);
      default:
        return hex64(bytes, start);
    }
  };

  const several = (bytes: Uint8Array, type: number, start: number, size: number): readonly Single[] => {
    const end = start + size;
    const items: Single[] = [];
    switch (type) {
      case valueTypes.string:
        if (size % 2 !== 0) throw misfit(type, size);
        for (let at = start; at < end; ) {
          const units = unitsBeforeNul(bytes, at, (end - at) / 2);
          items.push(texts.utf16(bytes, at, units));
          at += 2 * units + 2;
        }
        return items;
      case valueTypes.ansiString:
        for (let at = start; at < end; ) {
          const found = bytes.indexOf(0, at);
          const stop = found === -1 || found > end ? end : found;
          items.push(texts.ansi(bytes, at, stop - at));
          at = stop + 1;
        }
        return items;
      case valueTypes.sid:
        for (let at = start; at < end; ) {
          if (end - at < 8 || sidSize(bytes, at) > end - at) throw misfit(type | arrayFlag, size);
          items.push(sid(bytes, at));
          at += sidSize(bytes, at);
        }
        return items;
      default: {
        // Of both sizes that a SIZE_T can have, only that of today's machines is told by an array of bytes.
        const width = type === valueTypes.sizeT ? (size % 8 === 0 ? 8 : 4) : sizes.get(type);
        if (width === undefined || size % width !== 0) throw misfit(type | arrayFlag, size);
        for (let at = start; at < end; at += width) items.push(single(bytes, type, at, width));
        return items;
      }
    }
  };

  return {
    read: (bytes, type, start, size) =>
      (type & arrayFlag) === 0 ? single(bytes, type, start, size) : several(bytes, type & ~arrayFlag, start, size),
    text: texts.utf16,
  };
}

function misfit(type: number, size: number): Damage {
  return new Damage("evtx-value", `A value of type 0x${type.toString(16).padStart(2, "0")} can't have ${size} bytes.`);
}

/** The fewest decimal digits that give the same number of 32 bits. */
function shortest(value: number): number {
  for (let digits = 6; digits <= 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return text;
  }
  return value;
}

/** Without the terminator that some programs count as part of the text. */
function unitsBeforeEnd(bytes: Uint8Array, start: number, units: number): number {
  let count = units;
  while (count > 0 && bytes[start + 2 * count - 2] === 0 && bytes[start + 2 * count - 1] === 0) count--;
  return count;
}

function bytesBeforeEnd(bytes: Uint8Array, start: number, length: number): number {
  let count = length;
  while (count > 0 && bytes[start + count - 1] === 0) count--;
  return count;
}

function unitsBeforeNul(bytes: Uint8Array, start: number, units: number): number {
  for (let index = 0; index < units; index++) {
    if (bytes[start + 2 * index] === 0 && bytes[start + 2 * index + 1] === 0) return index;
  }
  return units;
}
