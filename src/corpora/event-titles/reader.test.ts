import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { eventTitlesSource } from "./reader.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary titles "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(text: string): void {
  mkdirSync(join(folder, "config"), { recursive: true });
  writeFileSync(join(folder, "config", "channel_eid_info.txt"), text);
}

const security = { name: "Microsoft-Windows-Security-Auditing", channels: ["System", "Security"] };

test("finds a title by channel and id", () => {
  write('Channel,EventID,EventTitle\r\nSecurity,4624,Somebody came in\r\nSecurity,5464,"One, ""two"" and three"\r\n');
  const reading = eventTitlesSource.read(folder);
  expect(reading.find(security, "4624")).toEqual({ title: "Somebody came in", fields: [] });
  expect(reading.find(security, "5464")?.title).toBe('One, "two" and three');
  expect(reading.find({ ...security, channels: ["Application"] }, "4624")).toBeNull();
  expect(reading.find(security, "4625")).toBeNull();
  expect([reading.files, reading.failures]).toEqual([1, []]);
});

test("the first of two titles stays", () => {
  write("Channel,EventID,EventTitle\nSecurity,1,First\nsecurity,1,Second\n");
  expect(eventTitlesSource.read(folder).find(security, "1")?.title).toBe("First");
});

test("a line that is no row is told with its number, and the others are read", () => {
  write("Channel,EventID,EventTitle\nSecurity,no number,A\n\nSecurity,2,B\nSecurity,3,\n");
  const reading = eventTitlesSource.read(folder);
  expect(reading.failures.map(({ code, line }) => `${code} ${line}`)).toEqual([
    "event-titles/not-a-row 2",
    "event-titles/not-a-row 5",
  ]);
  expect(reading.find(security, "2")?.title).toBe("B");
});

test("a folder without the table is a failure", () => {
  const reading = eventTitlesSource.read(folder);
  expect(reading.files).toBe(0);
  expect(reading.failures.map((one) => one.code)).toEqual(["corpus/unreadable"]);
  expect(reading.find(security, "1")).toBeNull();
});

test.skipIf(!corporaPresent)(corpusTitle("the real table has 505 rows"), () => {
  const reading = eventTitlesSource.read(corpusFolder("event-titles"));
  expect(reading.failures).toEqual([]);
  expect(reading.find(security, "4625")?.title).toBe("Logon failure");
});
