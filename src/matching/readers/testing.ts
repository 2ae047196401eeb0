import type { EventData, LogBatch, LogFormat, RecordFault } from "./log-format.ts";

/** What a whole file came to. */
export interface Whole {
  readonly events: readonly EventData[];
  readonly numbers: readonly number[];
  readonly faults: readonly RecordFault[];
}

/** Reads a file that comes in pieces of some size. The pieces lie in one buffer, as those of a file do. */
export function readWhole(
  format: LogFormat,
  file: string | Uint8Array,
  size: number = Number.POSITIVE_INFINITY,
): Whole {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  return readPieces(format, bytes, (from) => Math.min(bytes.length, from + size));
}

/** Reads a file that comes in two pieces. */
export function readSplit(format: LogFormat, bytes: Uint8Array, at: number): Whole {
  return readPieces(format, bytes, (from) => (from < at ? at : bytes.length));
}

export function readPieces(format: LogFormat, bytes: Uint8Array, endOf: (from: number) => number): Whole {
  const decoder = format.open();
  const batches: LogBatch[] = [];
  for (let from = 0; from < bytes.length; ) {
    const to = endOf(from);
    const piece = bytes.slice(from, to);
    batches.push(decoder.push(piece));
    // Whoever reads files uses the buffer again.
    piece.fill(0x58);
    from = to;
  }
  batches.push(decoder.end());
  return {
    events: batches.flatMap((one) => one.records.map((record) => record.data)),
    numbers: batches.flatMap((one) => one.records.map((record) => record.number)),
    faults: batches.flatMap((one) => one.faults),
  };
}
