import type { TimePlace } from "./layout.ts";

const written =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?$/iu;
/** Of exports of Microsoft's portals and of Splunk's text form, where the month stands first. */
const american =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(?: ([AP])M)?(?: ?(Z|UTC|GMT))?$/iu;
/** Of access logs of web servers, and with other separators of mail. */
const named =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2})[/ -]([A-Z][a-z]{2})[/ -](\d{4})[: ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/u;
const months = "JanFebMarAprMayJunJulAugSepOctNovDec";
const digits = /^-?\d{1,20}(?:\.\d{1,12})?$/u;

/**
 * Milliseconds since 1970 of a time as logs write it; null for what is none. A time without a zone is taken as UTC. A
 * time without a year (`Jan  2 03:04:05` of syslog) is none: nothing in it says which year it is.
 */
export function readTime(value: unknown, unit?: TimePlace["unit"]): number | null {
  if (typeof value === "number") return fromNumber(value, unit);
  if (typeof value !== "string" || value.length > 64) return null;
  const text = value.trim();
  const iso = written.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = iso;
    return utc(Number(year), Number(month), Number(day), +hour, +minute, +second, fraction, zone);
  }
  if (digits.test(text)) return fromDigits(text, unit);
  const ticks = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/u.exec(text)?.[1];
  if (ticks !== undefined) return within(Number(ticks));
  const audit = /^audit\((\d{1,12}(?:\.\d{1,9})?):\d+\)$/u.exec(text)?.[1];
  if (audit !== undefined) return within(Math.floor(Number(audit) * 1000));
  const us = american.exec(text);
  if (us !== null) {
    const [, month, day, year, hour = "0", minute = "0", second = "0", fraction = "", half] = us;
    return utc(Number(year), Number(month), Number(day), hourOf(+hour, half), +minute, +second, fraction, "Z");
  }
  const day = named.exec(text);
  if (day === null) return null;
  const [, date, month = "", year, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = day;
  const at = months.indexOf(month);
  return at === -1 ? null : utc(Number(year), at / 3 + 1, Number(date), +hour, +minute, +second, fraction, zone);
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toUpperCase() === "P" ? 12 : 0);
}

function utc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  fraction: string,
  zone: string,
): number | null {
  // 60 is a leap second; 24:00 is the end of a day.
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null;
  const milliseconds = fraction === "" ? 0 : Math.trunc(Number(`0.${fraction}`) * 1000 + 1e-6);
  const at = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  const offset = /^([+-])(\d\d):?(\d\d)?$/u.exec(zone);
  if (offset === null) return within(at);
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
  return within(offset[1] === "-" ? at + minutes * 60_000 : at - minutes * 60_000);
}

/** Larger numbers of ticks of 100 nanoseconds since 1601, as Windows counts them, than of nanoseconds are none of our time. */
const ticks = { from: 1e17, to: 1e18, before1970: 11_644_473_600_000 } as const;

function fromNumber(value: number, unit: TimePlace["unit"]): number | null {
  if (!Number.isFinite(value)) return null;
  if (unit !== undefined) return within(Math.floor(value * { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 }[unit]));
  const size = Math.abs(value);
  if (size < 1e8) return null;
  if (size < 1e11) return within(Math.floor(value * 1000 + 1e-6));
  if (size < 1e14) return within(Math.floor(value));
  if (size < ticks.from) return within(Math.floor(value / 1000));
  if (size < ticks.to) return within(Math.floor(value / 10_000) - ticks.before1970);
  return within(Math.floor(value / 1e6));
}

/** Long numbers lose their last digits as a double: they are shortened as text first. */
function fromDigits(text: string, unit: TimePlace["unit"]): number | null {
  if (unit === undefined && /^\d{19}$/u.test(text)) return within(Number(text.slice(0, 13)));
  if (unit === undefined && /^\d{18}$/u.test(text)) return within(Number(text.slice(0, 14)) - ticks.before1970);
  return fromNumber(Number(text), unit);
}

function within(milliseconds: number): number | null {
  // What a date can hold.
  return Number.isFinite(milliseconds) && Math.abs(milliseconds) <= 8.64e15 ? milliseconds : null;
}
