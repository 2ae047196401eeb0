import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** Bytes that are read at a time. */
const readBytes = 1024 * 1024;

/**
 * Bytes that are decoded at a time. The fewer events live at once, the fewer the garbage collector takes for lasting and
 * copies: with 256 KiB of JSON lines matching took a sixth longer and twice the memory.
 */
export const decodedBytes = 64 * 1024;

/** Bytes that are unpacked at a time. zlib gives none of those in which damage lies, so that fewer are lost where there are few. */
const unpackedBytes = 64 * 1024;

/** The bytes of a file. Each piece is good until the next one is asked for: one buffer holds them all. */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  const handle: FileHandle = await open(path);
  try {
    const buffer = new Uint8Array(readBytes);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, readBytes, null);
      if (bytesRead === 0) return;
      for (let at = 0; at < bytesRead; at += decodedBytes)
        yield buffer.subarray(at, Math.min(at + decodedBytes, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** The file behind gzip ended early, or was none from some byte on. */
export class GzipDamage extends Error {}

/** Takes gzip off where the first bytes say so, of any number of members. A bomb costs time and no memory. */
export async function* withoutGzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    let head = new Uint8Array(0);
    while (head.length < 2) {
      const next = await iterator.next();
      if (next.done === true) break;
      head = joined(head, next.value);
    }
    if (head[0] === 0x1f && head[1] === 0x8b) {
      yield* gunzip(head, iterator);
      return;
    }
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

async function* gunzip(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let sourceError: unknown = null;
  async function* compressed(): AsyncGenerator<Uint8Array> {
    yield head;
    try {
      // A copy, since the source uses its buffer again and the stream may hold several pieces.
      for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value.slice();
    } catch (error) {
      sourceError = error;
      throw error;
    }
  }
  const source = Readable.from(compressed(), { objectMode: true, highWaterMark: 1 });
  const stream = createGunzip({ chunkSize: unpackedBytes });
  source.on("error", (error) => stream.destroy(error));
  try {
    for await (const piece of source.pipe(stream)) yield piece as Uint8Array;
  } catch (error) {
    throw sourceError ?? new GzipDamage((error as Error).message);
  } finally {
    source.destroy();
    stream.destroy();
  }
}

/**
 * The first bytes of a source, as many as asked for where there are as many, and what follows them. An error that comes before
 * there are enough comes after what there is.
 */
export async function withHead(
  source: AsyncIterable<Uint8Array>,
  length: number,
): Promise<{ readonly head: Uint8Array; readonly rest: AsyncIterator<Uint8Array> }> {
  const rest = source[Symbol.asyncIterator]();
  let head = new Uint8Array(0);
  try {
    while (head.length < length) {
      const next = await rest.next();
      if (next.done === true) break;
      head = joined(head, next.value);
    }
  } catch (error) {
    if (head.length === 0) throw error;
    return { head, rest: { next: () => Promise.reject(error) } };
  }
  return { head, rest };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
