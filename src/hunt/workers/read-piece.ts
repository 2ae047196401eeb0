import { closeSync, openSync, readSync } from "node:fs";
import type { LogBatch } from "../../matching/readers/log-format.ts";
import { formatById } from "../../matching/readers/registry.ts";
import { decodedBytes } from "../log-files/log-bytes.ts";
import { type ReadOptions, readLog } from "../log-files/read-log.ts";
import type { LogPiece } from "./pieces.ts";

/** The records of a piece, numbered from its own beginning, and how many bytes of it were read so far. */
export async function* readPiece(
  { file, range }: LogPiece,
  options: ReadOptions,
): AsyncGenerator<{ readonly batch: LogBatch; readonly read: number }> {
  const { signal } = options;
  if (range === null) {
    yield* readLog(file, options);
    return;
  }
  const decoder = formatById("ndjson")?.open();
  if (decoder === undefined) throw new Error("There is no format ndjson.");
  const opened = openSync(file.path, "r");
  try {
    const buffer = Buffer.alloc(decodedBytes);
    let at = range.from;
    while (at < range.to && signal?.aborted !== true) {
      const read = readSync(opened, buffer, 0, Math.min(decodedBytes, range.to - at), at);
      if (read === 0) break;
      at += read;
      yield { batch: placed(decoder.push(buffer.subarray(0, read)), range.from), read: at - range.from };
    }
    yield { batch: placed(decoder.end(), range.from), read: at - range.from };
  } finally {
    closeSync(opened);
  }
}

/** Faults say where in the file they are, not where in the piece. */
function placed(batch: LogBatch, from: number): LogBatch {
  if (batch.faults.length === 0) return batch;
  const faults = batch.faults.map((one) => (one.offset === null ? one : { ...one, offset: one.offset + from }));
  return { ...batch, faults };
}
