import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle, processorTime } from "../testing.ts";
import { ossemSource } from "./reader.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary ossem "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}

const place = (name: string) => ({ name, channels: [] });
const etw = "windows/etw-providers/Maker-Product/events";

function event(name: string, ...fields: readonly (readonly [string, string])[]): string {
  const list = fields.map(([field, type]) => `- name: ${field}\n  type: ${type}\n`).join("");
  return `name: '${name}'\nevent_fields:\n${list}references:\n- text: "not read: [\n`;
}

test("finds an event by its file, and reads nothing behind the fields", () => {
  write(
    `${etw}/event-7.yml`,
    event("Event ID 7: Door opened", ["Who", "SID"], ["When", "FILETIME"], ["Flags", "HexInt32"]),
  );
  const reading = ossemSource.read(folder);
  expect(reading.find(place("Maker-Product"), "7")).toEqual({
    title: "Door opened",
    fields: [
      { name: "Who", type: "sid" },
      { name: "When", type: "date" },
      { name: "Flags", type: "hexadecimal number" },
    ],
  });
  expect(reading.find(place("Maker-Product"), "8")).toBeNull();
  expect(reading.find(place("Other-Product"), "7")).toBeNull();
  expect([reading.files, reading.failures]).toEqual([1, []]);
});

test("the highest version counts", () => {
  for (const version of ["", "_v2", "_v10"]) {
    write(`${etw}/event-7${version}.yml`, event(`Event ID 7: Version ${version}`, ["A", "UInt32"]));
  }
  expect(ossemSource.read(folder).find(place("Maker-Product"), "7")?.title).toBe("Version _v10");
});

test("Sysmon and the tables of Defender stand in folders of their own", () => {
  write("windows/sysmon/events/event-1.yml", event("Event ID 1: Process", ["Image", "string"]));
  write(
    "windows/microsoftdefenderforendpoint/events/DeviceEvents_v1.yml",
    event("DeviceEvents", ["DeviceId", "string"]),
  );
  const reading = ossemSource.read(folder);
  expect(reading.find(place("Microsoft-Windows-Sysmon"), "1")?.title).toBe("Process");
  expect(reading.find(place("DeviceEvents"), "NamedPipeEvent")).toEqual({
    title: null,
    fields: [{ name: "DeviceId", type: "text" }],
  });
});

test.each(["Event 4688 - task_0", "Event ID 4688: task_0", "Event 4688 - Manifest", ""])("%s is no title", (name) => {
  write(`${etw}/event-7.yml`, event(name, ["A", "nonsense"]));
  expect(ossemSource.read(folder).find(place("Maker-Product"), "7")).toEqual({
    title: null,
    fields: [{ name: "A", type: "" }],
  });
});

describe("what cannot be read", () => {
  test("is a failure, once, and no event", () => {
    write(`${etw}/event-7.yml`, "name: [\n");
    write(`${etw}/event-8.yml`, "");
    write(`${etw}/event-9.yml`, "references: []\n");
    symlinkSync("/dev/null", join(folder, etw, "event-10.yml"));
    const reading = ossemSource.read(folder);
    for (const id of ["7", "8", "9", "10", "7"]) expect(reading.find(place("Maker-Product"), id)).toBeNull();
    expect(reading.failures.map((one) => `${one.path.split("/").at(-1)} ${one.code}`)).toEqual([
      "event-7.yml yaml/syntax",
      "event-8.yml corpus/empty",
      "event-9.yml ossem-dd/not-an-event",
      "event-10.yml corpus/outside",
    ]);
  });

  test("a name that leads out of the folder finds nothing", () => {
    write("secret/events/event-1.yml", event("Event ID 1: Secret"));
    expect(ossemSource.read(folder).find(place("../../secret"), "1")).toBeNull();
  });
});

describe.skipIf(!corporaPresent)(corpusTitle("the real dictionaries"), () => {
  test("are listed fast, and give the fields of an event", () => {
    const started = processorTime();
    const reading = ossemSource.read(corpusFolder("ossem-dd"));
    const logon = reading.find(place("Microsoft-Windows-Security-Auditing"), "4624");
    expect(processorTime() - started).toBeLessThan(2000);
    expect(logon?.fields.map((one) => one.name)).toContain("LogonType");
    expect(reading.files).toBeGreaterThan(6000);
    expect(reading.failures).toEqual([]);
  });
});
