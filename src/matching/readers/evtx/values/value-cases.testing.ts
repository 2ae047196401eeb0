import { utf16 } from "../event-spec.testing.ts";
import { valueTypes as types } from "./types.ts";
import type { Value } from "./value-reader.ts";

export type ValueCase = readonly [name: string, type: number, content: ArrayLike<number>, value: Value];

function float(value: number, size: 4 | 8): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  if (size === 4) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return bytes;
}

function integer(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, value), true);
  return bytes;
}

/** Two identifiers. */
export const system = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0];
const administrator = [1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 255, 255, 255, 255, 0xf4, 1, 0, 0];

/** Values of each type, as they stand in a log and as we have them. */
export const singles: readonly ValueCase[] = [
  ["string", types.string, utf16("a<&>é"), "a<&>é"],
  ["string with its terminator", types.string, utf16("abc\0"), "abc"],
  ["string with a zero inside", types.string, utf16("a\0b"), "a\0b"],
  ["empty string", types.string, [], ""],
  ["integer without bytes", types.uint32, [], ""],
  ["guid without bytes", types.guid, [], ""],
  ["sid without bytes", types.sid, [], ""],
  ["single bytes", types.ansiString, [0x61, 0xe9, 0], "aé"],
  ["int8", types.int8, [0xff], -1],
  ["uint8", types.uint8, [0xff], 255],
  ["int16", types.int16, [0xfe, 0xff], -2],
  ["uint16", types.uint16, [0xfe, 0xff], 65_534],
  ["int32", types.int32, [0xfe, 0xff, 0xff, 0xff], -2],
  ["uint32", types.uint32, [0xfe, 0xff, 0xff, 0xff], 4_294_967_294],
  ["int64", types.int64, integer(-5_000_000_000n), -5_000_000_000],
  ["int64 at the last exact number", types.int64, integer(-9_007_199_254_740_992n), "-9007199254740992"],
  ["int64 just inside", types.int64, integer(-9_007_199_254_740_991n), -9_007_199_254_740_991],
  ["smallest int64", types.int64, integer(-0x8000_0000_0000_0000n), "-9223372036854775808"],
  ["uint64", types.uint64, integer(9_007_199_254_740_991n), 9_007_199_254_740_991],
  ["uint64 that no double holds", types.uint64, integer(9_007_199_254_740_993n), "9007199254740993"],
  ["largest uint64", types.uint64, integer(-1n), "18446744073709551615"],
  ["real32", types.real32, float(1.1, 4), 1.1],
  ["real64", types.real64, float(-0.1, 8), -0.1],
  ["infinite", types.real64, float(Number.NEGATIVE_INFINITY, 8), "-Infinity"],
  ["no number", types.real32, float(Number.NaN, 4), "NaN"],
  ["true", types.bool, [1, 0, 0, 0], true],
  ["false", types.bool, [0, 0, 0, 0], false],
  ["binary", types.binary, [0, 0xab, 0x1f], "00AB1F"],
  ["guid", types.guid, [...Array(16).keys()], "{03020100-0504-0706-0809-0A0B0C0D0E0F}"],
  ["size of 32 bits", types.sizeT, [0x1f, 0, 0, 0], "0x1f"],
  ["size of 64 bits", types.sizeT, integer(0x1_0000_0000n), "0x100000000"],
  ["file time", types.fileTime, integer(134_116_992_000_000_001n), "2026-01-01T00:00:00.0000001Z"],
  [
    "system time",
    types.systemTime,
    [0xea, 7, 2, 0, 0, 0, 28, 0, 23, 0, 59, 0, 58, 0, 7, 0],
    "2026-02-28T23:59:58.007Z",
  ],
  ["sid", types.sid, system, "S-1-5-18"],
  ["sid of a user", types.sid, administrator, "S-1-5-21-1-2-4294967295-500"],
  ["sid of a large authority", types.sid, [1, 0, 1, 0, 0, 0, 0, 2], "S-1-0x010000000002"],
  ["hexadecimal of 32 bits", types.hexInt32, [0xff, 0x0f, 0x1f, 0], "0x1f0fff"],
  ["hexadecimal of 64 bits", types.hexInt64, integer(0x8000_0000_0000_000an), "0x800000000000000a"],
  ["hexadecimal zero", types.hexInt64, integer(0n), "0x0"],
  ["handle", types.evtHandle, [1, 2], "0102"],
  ["xml", types.evtXml, utf16("<a/>"), "<a/>"],
];

/** The same for arrays; types without their flag. */
export const arrays: readonly ValueCase[] = [
  ["strings", types.string, utf16("one\0\0three\0"), ["one", "", "three"]],
  ["strings, the last one without its end", types.string, utf16("one\0two"), ["one", "two"]],
  ["no strings", types.string, [], []],
  ["single bytes", types.ansiString, [0x61, 0, 0x62, 0x63, 0], ["a", "bc"]],
  ["int8", types.int8, [0xff, 1], [-1, 1]],
  ["uint16", types.uint16, [1, 0, 2, 0], [1, 2]],
  ["int64", types.int64, [...integer(-1n), ...integer(2n)], [-1, 2]],
  ["real64", types.real64, [...float(2.5, 8), ...float(-1, 8)], [2.5, -1]],
  ["bool", types.bool, [1, 0, 0, 0, 0, 0, 0, 0], [true, false]],
  ["guid", types.guid, Array(32).fill(7), Array(2).fill("{07070707-0707-0707-0707-070707070707}")],
  ["size", types.sizeT, [...integer(1n), ...integer(2n)], ["0x1", "0x2"]],
  ["file time", types.fileTime, Array(16).fill(0), Array(2).fill("1601-01-01T00:00:00.0000000Z")],
  ["sid", types.sid, [...system, ...administrator], ["S-1-5-18", "S-1-5-21-1-2-4294967295-500"]],
  ["hexadecimal", types.hexInt32, [1, 0, 0, 0, 0, 1, 0, 0], ["0x1", "0x100"]],
];
