import { ChunkWriter } from "../src/matching/readers/evtx/chunk-writer.testing.ts";
import { type RecordSpec, text, unsigned } from "../src/matching/readers/evtx/event-spec.testing.ts";
import { eventData, eventOf } from "../src/matching/readers/evtx/evtx.testing.ts";
import { fileOf } from "../src/matching/readers/evtx/evtx-file.testing.ts";
import { valueTypes } from "../src/matching/readers/evtx/values/types.ts";
import { type WindowsEvent, windowsEvents } from "./events.ts";
import { typedOf } from "./evtx-log.ts";

interface KnownEvent {
  readonly System: {
    readonly EventID: number;
    readonly Channel: string;
    readonly Computer: string;
    readonly Provider: { readonly Name: string };
  };
  readonly EventData: Readonly<Record<string, unknown>>;
}

/** Where the values of `eventOf` stand that tell events apart. */
const place = { eventId: 3, provider: 14, channel: 16, computer: 17 } as const;

/** The events of the benchmark as an event log of Windows: so many full chunks. */
export function windowsLog(chunks: number): Uint8Array {
  const full: Uint8Array[] = [];
  const templates = new Map<string, number>();
  let writer = new ChunkWriter();
  let id = 0;
  // No chunk holds as many.
  for (const event of windowsEvents(chunks * 200)) {
    const record = recordOf(++id, event, templates);
    if (writer.add(record)) continue;
    full.push(writer.finish());
    if (full.length === chunks) break;
    writer = new ChunkWriter();
    writer.add(record);
  }
  return fileOf(full);
}

function recordOf(id: number, whole: WindowsEvent, templates: Map<string, number>): RecordSpec {
  const { System, EventData } = whole.Event as KnownEvent;
  const members = Object.fromEntries(Object.entries(EventData).map(([name, value]) => [name, typedOf(value)]));
  const names = Object.keys(members).join("\n");
  const template = templates.get(names) ?? 0x3000 + templates.size;
  templates.set(names, template);
  const record = eventOf(id, eventData(template, members));
  if (record.event.type !== "instance") throw new Error("An event is an instance of its template.");
  const values = record.event.values
    .with(place.eventId, unsigned(valueTypes.uint16, 2, System.EventID))
    .with(place.provider, text(System.Provider.Name))
    .with(place.channel, text(System.Channel))
    .with(place.computer, text(System.Computer));
  return { ...record, event: { ...record.event, values } };
}
