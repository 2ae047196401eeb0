import type { LogBatch } from "../log-format.ts";
import type { EvtxOptions } from "./decoder.ts";
import {
  type ElementNode,
  element,
  type Fragment,
  nothing,
  optional,
  type RecordSpec,
  substitution,
  type Template,
  type TypedValue,
  text,
  typed,
  unsigned,
} from "./event-spec.testing.ts";
import { chunksOf, fileOf } from "./evtx-file.testing.ts";
import { evtxFormat } from "./index.ts";
import { valueTypes as types } from "./values/types.ts";

/** Everything in a file, pushed in pieces of one size. */
export function decode(file: Uint8Array, options: EvtxOptions = {}, step = file.length): LogBatch {
  const decoder = evtxFormat(options).open();
  const batches: LogBatch[] = [];
  for (let at = 0; at < file.length; at += step) batches.push(decoder.push(file.subarray(at, at + step)));
  batches.push(decoder.end());
  return {
    records: batches.flatMap((one) => one.records),
    faults: batches.flatMap((one) => one.faults),
  };
}

/** An event as Windows keeps it: a template for `System`, and a value with the template of its data. */
const systemTemplate: Template = {
  id: 0x1001,
  root: element("Event", { xmlns: "http://schemas.microsoft.com/win/2004/08/events/event" }, [
    element("System", {}, [
      element("Provider", { Name: optional(14), Guid: optional(15, types.guid) }),
      element("EventID", { Qualifiers: optional(4, types.uint16) }, [optional(3, types.uint16)], 3),
      element("Version", {}, [optional(11, types.uint8)], 11),
      element("Level", {}, [optional(0, types.uint8)], 0),
      element("Task", {}, [optional(2, types.uint16)], 2),
      element("Opcode", {}, [optional(1, types.uint8)], 1),
      element("Keywords", {}, [optional(5, types.hexInt64)], 5),
      element("TimeCreated", { SystemTime: optional(6, types.fileTime) }),
      element("EventRecordID", {}, [optional(10, types.uint64)], 10),
      element("Correlation", { ActivityID: optional(7, types.guid), RelatedActivityID: optional(18, types.guid) }),
      element("Execution", { ProcessID: optional(8, types.uint32), ThreadID: optional(9, types.uint32) }),
      element("Channel", {}, [optional(16)], 16),
      element("Computer", {}, [substitution(17)]),
      element("Security", { UserID: optional(12, types.sid) }),
    ]),
    substitution(19, types.binXml, true),
  ]),
};

/** An event of this number with some data. */
export function eventOf(id: number, data: Fragment, qualifiers: TypedValue = nothing): RecordSpec {
  const values: TypedValue[] = [
    unsigned(types.uint8, 1, 4),
    unsigned(types.uint8, 1, 0),
    unsigned(types.uint16, 2, 1),
    unsigned(types.uint16, 2, 4688),
    qualifiers,
    unsigned(types.hexInt64, 8, 0x8020000000000000n),
    unsigned(types.fileTime, 8, 134_116_992_000_000_000n + BigInt(id)),
    nothing,
    unsigned(types.uint32, 4, 4),
    unsigned(types.uint32, 4, 560),
    unsigned(types.uint64, 8, id),
    unsigned(types.uint8, 1, 2),
    typed(types.sid, [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0]),
    nothing,
    text("Example-Provider"),
    typed(types.guid, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]),
    text("Example/Operational"),
    text("host.example"),
    nothing,
    typed(types.binXml, data),
  ];
  return { id, event: { type: "instance", template: systemTemplate, values } };
}

/** Event data whose members have these values. */
export function eventData(templateId: number, members: Readonly<Record<string, TypedValue>>): Fragment {
  const names = Object.keys(members);
  const template = templateOf(templateId, names);
  return { type: "instance", template, values: Object.values(members) };
}

let templates = 0x4000;

/** An instance of a template of its own. */
export function instance(root: ElementNode, values: readonly TypedValue[] = []): Fragment {
  return { type: "instance", template: { id: templates++, root }, values };
}

/** The file of these records. */
export function logOf(...records: readonly RecordSpec[]): Uint8Array {
  return fileOf(chunksOf(records));
}

/** The members of the only event of a log that beside `System` has this in it. */
export function eventWith(data: Fragment): Readonly<Record<string, unknown>> {
  const { records, faults } = decode(logOf(eventOf(1, data)));
  const [record] = records;
  if (record === undefined) throw new Error(`not read: ${faults[0]?.code} ${faults[0]?.message}`);
  const { System, ...others } = record.data.Event as Readonly<Record<string, unknown>>;
  return others;
}

const known = new Map<string, Template>();

function templateOf(id: number, names: readonly string[]): Template {
  const key = `${id} ${names.join("\n")}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const data = names.map((name, index) => element("Data", { Name: name }, [substitution(index)]));
  const template: Template = { id, root: element("EventData", {}, data) };
  known.set(key, template);
  return template;
}
