import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ChunkWriter } from "../src/matching/readers/evtx/chunk-writer.testing.ts";
import { type TypedValue, text, typed, unsigned } from "../src/matching/readers/evtx/event-spec.testing.ts";
import { eventData, eventOf } from "../src/matching/readers/evtx/evtx.testing.ts";
import { fileOf } from "../src/matching/readers/evtx/evtx-file.testing.ts";
import { evtx } from "../src/matching/readers/evtx/index.ts";
import { valueTypes } from "../src/matching/readers/evtx/values/types.ts";

/** The logs of a folder of corpora. */
export function readEventLogs(corpora: string): Uint8Array[] {
  return globSync("**/*.evtx", { cwd: corpora })
    .sort()
    .map((name) => readFileSync(join(corpora, name)));
}

/** So many full chunks, as a busy machine writes them, of all events of some logs that have data with names. */
export function fullLog(logs: readonly Uint8Array[], chunks: number): Uint8Array {
  const named = logs.flatMap((log) => {
    const decoder = evtx.open();
    const batches = [decoder.push(log), decoder.end()];
    const data = batches.flatMap((batch) => batch.records.map((one) => dataOf(one.data)));
    return data.filter((one) => Object.keys(one).length > 0);
  });
  const templates = new Map<string, number>();
  const full: Uint8Array[] = [];
  let writer = new ChunkWriter();
  for (let id = 1; full.length < chunks; id++) {
    const members = named[id % named.length] as Readonly<Record<string, TypedValue>>;
    const names = Object.keys(members).join("\n");
    const template = templates.get(names) ?? 0x2000 + templates.size;
    templates.set(names, template);
    const record = eventOf(id, eventData(template, members));
    if (writer.add(record)) continue;
    full.push(writer.finish());
    writer = new ChunkWriter();
    writer.add(record);
  }
  return fileOf(full);
}

function dataOf(record: Readonly<Record<string, unknown>>): Readonly<Record<string, TypedValue>> {
  const event = record.Event as { readonly EventData?: Readonly<Record<string, unknown>> } | undefined;
  return Object.fromEntries(Object.entries(event?.EventData ?? {}).map(([name, value]) => [name, typedOf(value)]));
}

export function typedOf(value: unknown): TypedValue {
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
