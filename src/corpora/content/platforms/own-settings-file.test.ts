import { expect, test } from "vitest";
import { eql } from "../../../platforms/eql/index.ts";
import { translationKnowledge } from "./index.ts";
import { readOwnSettings } from "./own-settings-file.ts";

const knowledge = translationKnowledge();
const read = (text: string) =>
  readOwnSettings("my.yaml", text, knowledge, (id) => (id === "elastic-eql" || id === "eql" ? eql : null)).settings;
const shipped = knowledge.places.get("elastic")?.places ?? {};

test("a user says only what differs", () => {
  const { places, names } = read(`
platform: eql
log_sources:
  windows.process_creation: { from: win-*, where: { tenant: a } }
fields:
  process.command_line: proc.cmd
`);
  const [place] = places["windows.process_creation"] ?? [];
  const [before] = shipped["windows.process_creation"] ?? [];
  expect(place).toEqual({ ...before, from: ["win-*"], where: { ...before?.where, tenant: ["a"] } });
  expect(Object.keys(places)).toEqual(["windows.process_creation"]);
  expect(names).toEqual({ "process.command_line": "proc.cmd" });
});

test("a pattern means all that the platform has, and an id goes before it", () => {
  const { places } = read(`
platform: eql
log_sources:
  "*": { where: { tenant: a } }
  windows.sysmon: { where: { tenant: b } }
  windows.sysmon_err*: { from: elsewhere }
`);
  expect(places["windows.sysmon"]?.[0]?.where.tenant).toEqual(["b"]);
  expect(places["windows.process_creation"]?.map((one) => one.where.tenant)).toEqual(
    shipped["windows.process_creation"]?.map(() => ["a"]),
  );
  const without = Object.keys(shipped).filter((id) => shipped[id]?.length === 0);
  expect(without.filter((id) => places[id] !== undefined)).toEqual([]);
});

test("a list is all the places there are, and no values mean no choice", () => {
  const [field] = Object.keys(shipped["windows.process_creation"]?.[0]?.where ?? {});
  const { places } = read(`
platform: eql
log_sources:
  windows.process_creation:
    - from: [one, two]
    - { from: three, where: { ${field}: [] } }
`);
  const found = places["windows.process_creation"] ?? [];
  expect(found.map((one) => one.from)).toEqual([["one", "two"], ["three"]]);
  expect(found.map((one) => Object.keys(one.where).includes(field ?? ""))).toEqual([true, false]);
});

test("every fault is told with its line", () => {
  const faults = () =>
    read(`platform: unheard
log_sources:
  windows.unheard: { from: a }
  windows.security: { form: a }
fields:
  unheard: a
`);
  expect(faults).toThrow("my.yaml:4: log_sources.windows.security: ");
  const names = () =>
    read(`platform: unheard
log_sources:
  windows.unheard: { from: a }
fields:
  unheard: a
`);
  expect(names).toThrow(
    [
      "my.yaml:1: platform: There is no such platform.",
      "my.yaml:3: log_sources.windows.unheard: There is no such log source.",
      "my.yaml:5: fields.unheard: There is no such field in the vocabulary.",
    ].join("\n"),
  );
});
