import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../../../corpora/testing.ts";
import type { MutableData } from "./binxml/program.ts";
import {
  type ElementNode,
  element,
  type Fragment,
  nothing,
  optional,
  substitution,
  type TypedValue,
  text,
  typed,
  utf16,
} from "./event-spec.testing.ts";
import { decode, eventData, eventOf, instance, logOf } from "./evtx.testing.ts";
import { fileOf } from "./evtx-file.testing.ts";
import { eventOfXml, plain } from "./oracle-xml.testing.ts";
import { arrayFlag } from "./values/types.ts";
import { arrays, singles } from "./values/value-cases.testing.ts";

/** Every log of the corpora, in the form that libevtx 20181227 opens: it knows version 3.1, which 3.2 differs from in its number only. */
const logs = corporaPresent
  ? globSync("**/*.evtx", { cwd: corpusFolder("") })
      .sort()
      .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(corpusFolder(""), name))) }))
  : [];

/** Reads logs that are length and bytes from its input, and prints one JSON list of records for each: the XML, or null. */
const oracle = `
import io, json, struct, sys
import pyevtx
data = sys.stdin.buffer
while True:
    head = data.read(4)
    if len(head) < 4:
        break
    log = pyevtx.file()
    log.open_file_object(io.BytesIO(data.read(struct.unpack("<I", head)[0])))
    found = []
    for index in range(log.number_of_records):
        try:
            found.append(log.get_record(index).get_xml_string())
        except OSError:
            found.append(None)
    print(json.dumps(found))
`;

/** Values of our own test log that libevtx reads otherwise, and why ours is taken. A case that is the same by now must be taken off. */
const otherValues: ReadonlyMap<string, string> = new Map([
  ...["int8", "int16", "int32", "int64", "int64 at the last exact number", "int64 just inside"].map(
    (name) => [name, "libevtx writes a negative number without its complement: -1 of 8 bits is -127"] as const,
  ),
  ["array of int8", "the same"],
  ["array of int64", "the same"],
  ["size of 32 bits", "libevtx writes a size as a decimal number; Windows writes pointers and sizes in hexadecimal"],
  ["size of 64 bits", "the same"],
  ["infinite", "libevtx writes Inf without the sign"],
  ["sid of a large authority", "libevtx writes it as a decimal number; MS-DTYP 2.4.2.1 wants hexadecimal digits"],
  ["string with a zero inside", "libevtx ends the text there; we keep what the log has"],
  ["array of bool", "libevtx does not read the type, and loses the record"],
  ["array of sid", "the same"],
  ["array of size", "the same"],
  ["handle", "the same"],
  ["xml", "the same"],
]);

/** What libevtx makes of logs. Fails where it is not installed: a log that nothing is compared with is no test. */
function askOracle(files: readonly Uint8Array[]): (string | null)[][] {
  const input = Buffer.concat(files.flatMap((one) => [uint32(one.length), one]));
  const { status, stdout, stderr } = spawnSync("/usr/bin/python3", ["-c", oracle], {
    input,
    encoding: "utf8",
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`python3 with libevtx (Debian: python3-libevtx) did not read the logs: ${stderr}`);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

/** The log under a header of version 3.1. */
function asVersion31(log: Uint8Array): Uint8Array {
  const chunks = Array.from({ length: Math.floor((log.length - 4096) / 65_536) }, (_, index) =>
    log.subarray(4096 + index * 65_536, 4096 + (index + 1) * 65_536),
  );
  return fileOf(chunks);
}

describe.skipIf(!corporaPresent)(corpusTitle("event logs of the corpora"), () => {
  test("there are as many as there were", () => {
    expect(logs.length).toBeGreaterThanOrEqual(101);
  });

  test("same records, same values as libevtx", () => {
    const answers = askOracle(logs.map((one) => asVersion31(one.bytes)));
    let records = 0;
    for (const [index, { name, bytes }] of logs.entries()) {
      const ours = decode(bytes);
      expect(ours.faults, name).toEqual([]);
      const theirs = (answers[index] ?? []).map((xml) => plain(eventOfXml(xml ?? "")));
      expect(
        ours.records.map((one) => plain(one.data)),
        name,
      ).toEqual(theirs);
      records += theirs.length;
    }
    expect(records).toBeGreaterThanOrEqual(122);
  });

  test("values of all types, which no log at hand has, as libevtx reads them", () => {
    const cases = [
      ...singles,
      ...arrays.map(([name, type, ...others]) => [`array of ${name}`, type | arrayFlag, ...others] as const),
    ];
    const log = logOf(
      ...cases.map(([name, type, content], index) =>
        eventOf(index + 1, eventData(0x2000 + index, { [name]: { type, content: Uint8Array.from(content) } })),
      ),
    );
    const { records, faults } = decode(log);
    expect(faults).toEqual([]);
    const [answers = []] = askOracle([log]);
    const others = cases.flatMap(([name], index) => {
      const xml = answers[index];
      const theirs = xml === undefined || xml === null ? null : plain(eventOfXml(xml));
      return isDeepStrictEqual(theirs, plain(records[index]?.data)) ? [] : [name];
    });
    expect(answers.length).toBe(cases.length);
    expect(others.sort()).toEqual([...otherValues.keys()].sort());
  });

  test("structures of all kinds, as libevtx reads them", () => {
    const strings = typed(0x81, utf16("one\0two\0\0four\0"));
    const forwarded = element("Event", {}, [
      element("System", {}, [element("EventID", { Qualifiers: "7" }, ["4624"]), element("Channel", {}, ["Security"])]),
      element("EventData", {}, [element("Data", { Name: "A" }, ["x"])]),
    ]);
    const data = (content: readonly ElementNode[], values: readonly TypedValue[]): Fragment =>
      instance(element("EventData", {}, content), values);
    const inner: Fragment = {
      type: "elements",
      elements: [element("X", { c: "d" }, [element("e", {}, ["f"])])],
      dependencies: true,
    };
    const events: readonly Fragment[] = [
      data(
        [element("Data", {}, [substitution(0)]), element("Binary", {}, [substitution(1)])],
        [strings, typed(14, [1])],
      ),
      data([element("Data", { Name: "x" }, [substitution(0)])], [strings]),
      data([element("Data", { Name: "x" }, [optional(0)]), element("Data", { Name: "y" }, ["q"])], [nothing]),
      data(
        [element("Data", { Name: substitution(0) }, ["v"]), element("Data", { Name: "__proto__" }, ["p"])],
        [text("n")],
      ),
      data([element("Data", { Name: "D" }, ["a"]), element("Data", { Name: "D" }, ["b"])], []),
      data([element("ComplexData", { Name: "C" }, [element("i", {}, ["1"]), element("i", {}, ["2"])])], []),
      instance(
        element("UserData", {}, [
          element("X", { xmlns: "urn:x" }, [element("b", { c: "d" }), element("e", {}, ["f"])]),
        ]),
      ),
      instance(element("UserData", {}, [substitution(0, 0x21)]), [typed(0x21, inner)]),
      instance(element("ProcessingErrorData", {}, [element("ErrorCode", {}, [substitution(0)])]), [text("15005")]),
    ];
    const log = logOf(...events.map((event, index) => eventOf(index + 1, event)), {
      id: 100,
      event: { type: "elements", elements: [forwarded], dependencies: true },
    });
    const theirs = (askOracle([log])[0] ?? []).map((xml) => plain(eventOfXml(xml ?? "<none/>")));
    expect(decode(log).records.map((one) => plain(one.data))).toEqual(theirs);
  });

  test("the same in pieces of any size", () => {
    for (const { name, bytes } of logs.filter((_, index) => index % 10 === 0)) {
      expect(decode(bytes, {}, 4099), name).toEqual(decode(bytes));
    }
  });

  test("the events of the JSON file beside each", () => {
    for (const { name, bytes } of logs) {
      const twin = readFileSync(join(corpusFolder(""), name.replace(/\.evtx$/, ".json")), "utf8");
      const theirs = jsonTexts(twin).map((one) => loose(attributesAsMembers(JSON.parse(one))));
      const ours = decode(bytes).records.map((one) => loose(one.data));
      expect(ours, name).toEqual(theirs);
    }
  });

  test("a log without damage has records in its free space that are whole, marked where they are asked for", () => {
    const recovered = logs.flatMap(({ bytes }) =>
      decode(bytes, { recover: true }).records.filter((one) => one.recovered),
    );
    expect(recovered.length).toBeGreaterThanOrEqual(50);
    for (const { data } of recovered) expect(data).toHaveProperty("Event.System.EventRecordID", expect.any(Number));
  });
});

/** The texts of a file of one or several JSON objects, each of which begins and ends at the margin. */
function jsonTexts(file: string): string[] {
  return file
    .replaceAll("\r\n", "\n")
    .split(/(?<=^\})\n(?=\{)/m)
    .filter((one) => one.trim() !== "");
}

/** `#attributes` of the other decoder's spelling, as we have them; it has null for what has no content. */
function attributesAsMembers(value: unknown): unknown {
  if (value === null) return {};
  if (Array.isArray(value)) return value.map(attributesAsMembers);
  if (typeof value !== "object") return value;
  const { "#attributes": attributes, ...members } = value as MutableData & { "#attributes"?: MutableData };
  const { xmlns, ...own } = attributes ?? {};
  return attributesAsMembersOf({ ...own, ...members });
}

function attributesAsMembersOf(members: MutableData): MutableData {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [key, attributesAsMembers(value)]));
}

/** Without what the other decoder cuts: digits of a time, braces of a GUID, space around a text. */
function loose(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(loose);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, loose(one)]));
  }
  if (typeof value !== "string") return value;
  return value
    .trim()
    .replace(/^\{([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})\}$/, "$1")
    .replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, "$1");
}
