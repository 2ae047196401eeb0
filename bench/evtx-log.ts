import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type RecordSpec,
  type TypedValue,
  text,
  typed,
  unsigned,
} from "../src/matching/readers/evtx/event-spec.testing.ts";
import { eventData, eventOf } from "../src/matching/readers/evtx/evtx.testing.ts";
import { chunksOf, fileOf } from "../src/matching/readers/evtx/evtx-file.testing.ts";
import { evtx } from "../src/matching/readers/evtx/index.ts";
import { valueTypes } from "../src/matching/readers/evtx/values/types.ts";

/** The logs of a folder of corpora. */
export function readEventLogs(corpora: string): Uint8Array[] {
  return globSync("**/*.evtx", { cwd: corpora })
    .sort()
    .map((name) => readFileSync(join(corpora, name)));
}

/** Every event of some logs that has data with names, as a log that a busy machine writes: one file of full chunks. */
export function fullLog(logs: readonly Uint8Array[], chunks: number): Uint8Array {
  const data = logs.flatMap((log) => {
    const decoder = evtx.open();
    return [decoder.push(log), decoder.end()].flatMap((batch) => batch.records.map((one) => dataOf(one.data)));
  });
  const named = data.filter((one) => Object.keys(one).length > 0);
  const templates = new Map<string, number>();
  const records = function* (): Generator<RecordSpec, void, undefined> {
    for (let id = 1; ; id++) {
      const members = named[id % named.length] as Readonly<Record<string, TypedValue>>;
      const key = Object.keys(members).join("\n");
      if (!templates.has(key)) templates.set(key, 0x2000 + templates.size);
      yield eventOf(id, eventData(templates.get(key) as number, members));
    }
  };
  // Chunks hold 20 to 40 of such records; more are written than fit and the rest is dropped.
  const specs = records()
    .take(chunks * 20)
    .toArray();
  return fileOf(chunksOf(specs));
}

function dataOf(record: Readonly<Record<string, unknown>>): Readonly<Record<string, TypedValue>> {
  const event = record.Event as { readonly EventData?: Readonly<Record<string, unknown>> } | undefined;
  return Object.fromEntries(Object.entries(event?.EventData ?? {}).map(([name, value]) => [name, typedOf(value)]));
}

function typedOf(value: unknown): TypedValue {
  if (typeof value === "number") return unsigned(valueTypes.uint32, 4, value);
  const written = String(value);
  if (/^0x[0-9a-f]+$/.test(written)) return unsigned(valueTypes.hexInt64, 8, BigInt(written));
  if (/^\{[0-9A-F-]{36}\}$/.test(written)) return typed(valueTypes.guid, guidBytes(written));
  return text(written);
}

function guidBytes(guid: string): number[] {
  const bytes = [...guid.replaceAll(/[{}-]/g, "").matchAll(/../g)].map(([pair]) => Number.parseInt(pair, 16));
  return [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((index) => bytes[index] as number);
}
