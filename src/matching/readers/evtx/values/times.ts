import { uint16, uint32 } from "./integers.ts";

const digits2: readonly string[] = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, "0"));

/** Days from 1601-01-01, where FILETIME begins, to 0000-03-01, where years of 400 end on a leap day. */
const daysBefore1601 = 584_694;

const daysOf400Years = 146_097;

const ticksOfSecond = 10_000_000;

interface Memory {
  second: number;
  text: string;
}

/** Writes points in time; events come in their order, so the last second is mostly the next one, too. */
export function timeWriter(): (bytes: Uint8Array, at: number) => string {
  const last: Memory = { second: -1, text: "" };
  return (bytes, at) => {
    const low = uint32(bytes, at);
    // 64 bits by 10,000,000 in two steps of long division, each of which is exact in a double.
    const upper = uint32(bytes, at + 4) * 65_536 + (low >>> 16);
    const quotient = Math.floor(upper / ticksOfSecond);
    const rest = (upper - quotient * ticksOfSecond) * 65_536 + (low & 0xffff);
    const lower = Math.floor(rest / ticksOfSecond);
    const second = quotient * 65_536 + lower;
    const ticks = rest - lower * ticksOfSecond;
    if (second !== last.second) {
      last.second = second;
      last.text = secondText(second);
    }
    return `${last.text}.${ticks.toString().padStart(7, "0")}Z`;
  };
}

/** `2026-04-17T05:24:53` of seconds since 1601. */
function secondText(second: number): string {
  const day = Math.floor(second / 86_400);
  const within = second - day * 86_400;
  const clock = `${two(Math.floor(within / 3600))}:${two(Math.floor(within / 60) % 60)}:${two(within % 60)}`;
  return `${dayText(day)}T${clock}`;
}

/** The Gregorian calendar in years that begin in March, so that the leap day is the last one. */
function dayText(day: number): string {
  const days = day + daysBefore1601;
  const era = Math.floor(days / daysOf400Years);
  const dayOfEra = days - era * daysOf400Years;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1)}`;
}

/** A SYSTEMTIME: eight numbers of 16 bits, one of which is the day of the week. They are written as they stand. */
export function systemTime(bytes: Uint8Array, at: number): string {
  const part = (index: number): number => uint16(bytes, at + 2 * index);
  const date = `${String(part(0)).padStart(4, "0")}-${two(part(1))}-${two(part(3))}`;
  return `${date}T${two(part(4))}:${two(part(5))}:${two(part(6))}.${String(part(7)).padStart(3, "0")}Z`;
}

function two(value: number): string {
  return digits2[value] ?? String(value);
}
