import { expect, test } from "vitest";
import { readSyslog } from "./message.ts";

const day = 24 * 60 * 60 * 1000;
const now = Date.UTC(2026, 0, 10, 12);
const time = (text: string, at = now) => readSyslog(`${text} h p: m`, at)?.fields["@timestamp"];

test.each([
  ["Jan 10 11:00:00", "2026-01-10T11:00:00.000Z"],
  ["Jan 11 11:00:00", "2026-01-11T11:00:00.000Z"],
  ["Jan 12 11:00:00", "2025-01-12T11:00:00.000Z"],
  ["Dec 31 23:59:59", "2025-12-31T23:59:59.000Z"],
  ["2026-01-01T00:00:00+02:00", "2025-12-31T22:00:00.000Z"],
])("%s is %s", (text, expected) => {
  expect(time(text)).toBe(expected);
});

test("a clock that is ahead over the new year is believed for a day", () => {
  expect(time("Jan  1 00:00:05", Date.UTC(2026, 11, 31, 23))).toBe("2027-01-01T00:00:05.000Z");
  expect(time("Jan  2 00:00:05", Date.UTC(2026, 11, 31, 23) - day)).toBe("2026-01-02T00:00:05.000Z");
});

test.each([
  ["Xyz  1 00:00:00", "time is none"],
  ["2026-99-99T99:99:99Z", "time is none"],
])("%s: %s", (text) => {
  expect(readSyslog(`${text} h p: m`, now)?.fields).toEqual({ "host.name": "h", "process.name": "p" });
});

test.each([
  [
    "Jan 10 11:00:00 h prog[12]: text: more",
    { "host.name": "h", "process.name": "prog", "process.pid": 12 },
    "text: more",
  ],
  ["Jan 10 11:00:00 h /usr/bin/x: m", { "host.name": "h", "process.name": "/usr/bin/x" }, "m"],
  ["Jan 10 11:00:00 h no program here", { "host.name": "h" }, "no program here"],
])("%s", (text, fields, message) => {
  const read = readSyslog(text, now);
  expect(read?.fields).toMatchObject(fields);
  expect(read?.message).toBe(message);
});

test("what is no syslog is told as that", () => {
  for (const text of ["", "hello", "<999>Jan 10 11:00:00 h p: m", "<1>2 x", "Jan 10"])
    expect(readSyslog(text, now)).toBeNull();
});

test("structured data that never closes costs no stack", () => {
  const read = readSyslog(`<1>1 - - - - - [a b="${"\\".repeat(2_000_000)}`, now);
  expect(read?.fields["log.syslog.structured_data"]).toBeUndefined();
});
