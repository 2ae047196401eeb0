import type { LogBatch, LogDecoder } from "../log-format.ts";
import { eventWriter } from "./binxml/event-writer.ts";
import { isEmpty, type OpenBatch, readChunk } from "./chunk.ts";
import { chunkSignature, findSignature, startsWith } from "./chunk-header.ts";
import { fileHeaderSize, fileSignature, readFileHeader } from "./file-header.ts";
import { chunkSize } from "./limits.ts";

export interface EvtxOptions {
  /** Also give records that stand behind the last one of a chunk, left from before it was written anew; they are marked. */
  readonly recover?: boolean;
}

/** Reads a file chunk by chunk and keeps one of them. */
export function openDecoder({ recover = false }: EvtxOptions = {}): LogDecoder {
  const writer = eventWriter();
  const buffer = new Uint8Array(chunkSize);
  let filled = 0;
  /** Bytes of the file before those of the buffer. */
  let offset = 0;
  let inHeader = true;
  let dirty = false;
  let counted = 0;
  /** Bytes before the buffer where a chunk should have been are told as one fault, once it is known where they end. */
  let lost: { readonly from: number; empty: boolean } | null = null;

  const wanted = (): number => (inHeader ? fileHeaderSize : chunkSize);

  /** Drops bytes from the beginning of the buffer. */
  const drop = (count: number): void => {
    buffer.copyWithin(0, count, filled);
    filled -= count;
    offset += count;
  };

  const tellLost = (batch: OpenBatch): void => {
    if (lost !== null && !lost.empty) {
      const message = `No chunk begins where one should; ${offset - lost.from} bytes are passed over.`;
      batch.faults.push({ number: null, offset: lost.from, code: "evtx-chunk", message });
    }
    lost = null;
  };

  const readHeader = (batch: OpenBatch): void => {
    inHeader = false;
    if (startsWith(buffer, chunkSignature)) return;
    const header = readFileHeader(buffer);
    if (!startsWith(buffer, fileSignature) || !header.intact) {
      const message = "The header of the file is damaged; its chunks are read all the same.";
      batch.faults.push({ number: null, offset: 0, code: "evtx-header", message });
    }
    dirty = startsWith(buffer, fileSignature) && header.dirty;
    // A chunk can stand inside of a header only where the header is none.
    const chunk = startsWith(buffer, fileSignature) ? -1 : findSignature(buffer.subarray(0, filled), chunkSignature, 0);
    drop(chunk === -1 ? filled : chunk);
  };

  /** Reads the chunk in the buffer, or drops bytes up to where one may begin. */
  const readBuffer = (batch: OpenBatch): void => {
    if (startsWith(buffer, chunkSignature)) {
      tellLost(batch);
      counted = readChunk(buffer, { writer, recover, dirty, offset, length: filled, counted }, batch);
      offset += filled;
      filled = 0;
      return;
    }
    const next = findSignature(buffer.subarray(0, filled), chunkSignature, 1);
    // The last bytes may be the first ones of a signature, unless the buffer ends with the file.
    const passed = next !== -1 ? next : filled < chunkSize ? filled : isEmpty(buffer, 0, filled) ? filled : filled - 7;
    lost ??= { from: offset, empty: true };
    lost.empty &&= isEmpty(buffer, 0, passed);
    drop(passed);
  };

  return {
    push: (bytes): LogBatch => {
      const batch: OpenBatch = { records: [], faults: [] };
      for (let at = 0; at < bytes.length; ) {
        const count = Math.min(wanted() - filled, bytes.length - at);
        buffer.set(bytes.subarray(at, at + count), filled);
        filled += count;
        at += count;
        if (filled < wanted()) continue;
        if (inHeader) readHeader(batch);
        else readBuffer(batch);
      }
      return batch;
    },
    end: (): LogBatch => {
      const batch: OpenBatch = { records: [], faults: [] };
      if (inHeader && !startsWith(buffer, chunkSignature)) {
        const message = "The file ends inside of its header.";
        return { records: [], faults: [{ number: null, offset: filled, code: "evtx-truncated", message }] };
      }
      while (filled > 0) {
        buffer.fill(0, filled);
        readBuffer(batch);
      }
      tellLost(batch);
      return batch;
    },
  };
}
