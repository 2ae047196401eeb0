import { ChunkWriter } from "./chunk-writer.testing.ts";
import { crc32 } from "./crc32.ts";
import type { RecordSpec } from "./event-spec.testing.ts";
import { fileSignature } from "./file-header.ts";
import { chunkSize } from "./limits.ts";

/** A file of chunks. */
export function fileOf(chunks: readonly Uint8Array[], { dirty = false, count = chunks.length } = {}): Uint8Array {
  const bytes = new Uint8Array(4096 + chunks.length * chunkSize);
  const view = new DataView(bytes.buffer);
  bytes.set(fileSignature, 0);
  view.setBigUint64(16, BigInt(Math.max(0, count - 1)), true);
  view.setBigUint64(24, 1_000_000n, true);
  view.setUint32(32, 128, true);
  view.setUint16(36, 1, true);
  view.setUint16(38, 3, true);
  view.setUint16(40, 4096, true);
  view.setUint16(42, count, true);
  view.setUint32(120, dirty ? 1 : 0, true);
  view.setUint32(124, crc32(bytes, 0, 120), true);
  for (const [index, chunk] of chunks.entries()) bytes.set(chunk, 4096 + index * chunkSize);
  return bytes;
}

/** Records in as many chunks as they need. */
export function chunksOf(records: readonly RecordSpec[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let writer = new ChunkWriter();
  for (const record of records) {
    if (writer.add(record)) continue;
    chunks.push(writer.finish());
    writer = new ChunkWriter();
    if (!writer.add(record)) throw new Error(`record ${record.id} has no room in a chunk`);
  }
  chunks.push(writer.finish());
  return chunks;
}
