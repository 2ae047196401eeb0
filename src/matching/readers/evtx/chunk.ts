import type { LogRecord, RecordFault } from "../log-format.ts";
import type { EventWriter } from "./binxml/event-writer.ts";
import { readChunkHeader } from "./chunk-header.ts";
import { Damage } from "./damage.ts";
import { chunkSize } from "./limits.ts";
import { nextRecord, type RecordPlace, recordAt, recordId, walkRecords } from "./record-walk.ts";

/** A batch that is being filled. */
export interface OpenBatch {
  readonly records: LogRecord[];
  readonly faults: RecordFault[];
}

export interface ChunkContext {
  readonly writer: EventWriter;
  /** Whether records behind the last one are looked for, which were there before the chunk was written anew. */
  readonly recover: boolean;
  /** Whether the file says that it was not closed: its headers are behind what the chunks hold. */
  readonly dirty: boolean;
  /** Bytes of the file before the chunk. */
  readonly offset: number;
  /** Bytes of the chunk that the file has; the rest is filled with zeros. */
  readonly length: number;
  /** Records and damaged records of the file before this chunk. */
  readonly counted: number;
}

/** Reads a chunk into a batch and gives how many records the file has up to its end, damaged ones included. */
export function readChunk(chunk: Uint8Array, context: ChunkContext, batch: OpenBatch): number {
  const header = readChunkHeader(chunk);
  const whole = context.length === chunkSize;
  const fault = (number: number | null, at: number, code: RecordFault["code"], message: string): void => {
    batch.faults.push({ number, offset: context.offset + at, code, message });
  };
  if (!whole) {
    fault(null, context.length, "evtx-truncated", "The file ends inside of a chunk, whose further records are lost.");
  } else if (!context.dirty && !header.intact) {
    fault(null, 0, "evtx-checksum", "The header of a chunk is damaged: its checksum is another one.");
  } else if (!context.dirty && !header.recordsIntact) {
    fault(null, 0, "evtx-checksum", "Records of a chunk were changed or damaged: their checksum is another one.");
  }

  context.writer.begin(chunk);
  const end = Math.min(header.freeSpace, context.length);
  let counted = context.counted;
  let last: RecordPlace | null = null;
  for (const place of walkRecords(chunk, end)) {
    // The record that the end of the file cut, which is told above.
    if (place.type === "broken" && !whole && nextRecord(chunk, place.offset, end) === end) break;
    // Archived logs count zeros behind the last record to the records.
    if (place.type === "broken" && isEmpty(chunk, place.offset, end)) {
      const lastId = last === null ? null : recordId(chunk, last.offset);
      if (header.intact && header.lastId !== lastId) {
        fault(null, place.offset, "evtx-record", `Records up to ${header.lastId} should follow, and there is nothing.`);
      }
      break;
    }
    counted++;
    if (place.type === "broken") {
      fault(counted, place.offset, "evtx-record", place.message);
      continue;
    }
    last = place;
    readRecord(place, counted);
  }
  if (whole && (context.dirty || !header.intact)) {
    for (const place of unlisted(chunk, last)) readRecord(place, ++counted);
  } else if (whole && context.recover) {
    counted = recoverRecords(end);
  }
  return counted;

  function readRecord(place: RecordPlace, number: number): void {
    try {
      batch.records.push({ number, data: context.writer.write(place.start, place.end) });
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      fault(number, place.offset, error.code, `${error.message} Record ${recordId(chunk, place.offset)} is left out.`);
    }
  }

  /** What is left of older records. Those that can't be read in full are passed over: nothing says that they are records. */
  function recoverRecords(from: number): number {
    for (let at = nextRecord(chunk, from, chunkSize); at < chunkSize; ) {
      const place = recordAt(chunk, at, chunkSize) as RecordPlace;
      const data = wholeEvent(context.writer, place);
      if (data !== null) batch.records.push({ number: ++counted, data, recovered: true });
      at = nextRecord(chunk, data === null ? at + 4 : at + place.size, chunkSize);
    }
    return counted;
  }
}

/** Records right behind the last one that the header knows of, as long as their numbers go on. */
function* unlisted(chunk: Uint8Array, last: RecordPlace | null): Generator<RecordPlace, void, undefined> {
  let before = last;
  while (before !== null) {
    const place = recordAt(chunk, before.offset + before.size, chunkSize);
    if (typeof place === "string" || recordId(chunk, place.offset) !== recordId(chunk, before.offset) + 1n) return;
    yield place;
    before = place;
  }
}

function wholeEvent(writer: EventWriter, place: RecordPlace): LogRecord["data"] | null {
  try {
    return writer.write(place.start, place.end);
  } catch (error) {
    if (error instanceof Damage) return null;
    throw error;
  }
}

export function isEmpty(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return false;
  return true;
}
