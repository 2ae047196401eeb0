import { isDigit } from "../../kit/characters.ts";

const letter = /\p{L}/u;

export function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 36;
}

export function isWordPart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || isDigit(code);
}

/** A letter beyond ASCII. */
export function isLetter(text: string, at: number): boolean {
  return text.charCodeAt(at) > 127 && letter.test(text.charAt(at));
}

/** Units of a timespan literal in seconds (learn.microsoft.com/kusto/query/scalar-data-types/timespan). */
const unitSeconds: Readonly<Record<string, number>> = {
  d: 86400,
  day: 86400,
  days: 86400,
  h: 3600,
  hr: 3600,
  hrs: 3600,
  hour: 3600,
  hours: 3600,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  ms: 1e-3,
  milli: 1e-3,
  millis: 1e-3,
  millisec: 1e-3,
  millisecond: 1e-3,
  milliseconds: 1e-3,
  micro: 1e-6,
  micros: 1e-6,
  microsec: 1e-6,
  microsecond: 1e-6,
  microseconds: 1e-6,
  tick: 1e-7,
  ticks: 1e-7,
  nano: 1e-9,
  nanos: 1e-9,
  nanosec: 1e-9,
  nanosecond: 1e-9,
  nanoseconds: 1e-9,
};

/** Seconds of `1.5h`; null where the unit is none. */
export function shortTimespan(text: string): number | null {
  const [, number, unit] = /^(\d+(?:\.\d*)?)([a-z]+)$/.exec(text) ?? [];
  const seconds = Object.hasOwn(unitSeconds, unit ?? "") ? unitSeconds[unit ?? ""] : undefined;
  return number === undefined || seconds === undefined ? null : Number(number) * seconds;
}

const hexadecimal = /0[xX][0-9a-fA-F]+/y;
const decimal = /\d+(?:\.(?!\.(?!\.))\d*)?(?:[eE][+-]?\d+)?/y;
const timespan = /\d+(?:\.\d+)?([a-z]+)/y;

/** A number or a timespan at `start`; null where the digits begin a word, as in `3Dchart`. */
export function scanNumber(
  text: string,
  start: number,
): { readonly type: "number" | "timespan"; readonly end: number } | null {
  for (const pattern of [hexadecimal, decimal]) {
    pattern.lastIndex = start;
    if (pattern.test(text) && !isWordPart(text.charCodeAt(pattern.lastIndex)))
      return { type: "number", end: pattern.lastIndex };
  }
  timespan.lastIndex = start;
  const [, unit] = timespan.exec(text) ?? [];
  if (unit === undefined || !Object.hasOwn(unitSeconds, unit) || isWordPart(text.charCodeAt(timespan.lastIndex)))
    return null;
  return { type: "timespan", end: timespan.lastIndex };
}
