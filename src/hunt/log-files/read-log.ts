import { basename } from "node:path";
import type { LogBatch, LogDecoder, LogFormat } from "../../matching/readers/log-format.ts";
import { formatById, logFormats, recogniseFormat } from "../../matching/readers/registry.ts";
import { type LogFile, reasonOf } from "./find-logs.ts";
import { fileBytes, GzipDamage, withHead, withoutGzip } from "./log-bytes.ts";

/** What some bytes of a file came to. */
export interface LogPart {
  readonly file: string;
  /** Id of the format; null where none was told. */
  readonly format: string | null;
  readonly batch: LogBatch;
  /** Bytes of the file, as it lies there, that were read so far: those of gzip where it is packed. */
  readonly read: number;
}

export interface ReadOptions {
  /** Id of the format that all files have; absent: told by each file's first bytes and its name. */
  readonly format?: string;
  /** What `-` stands for; absent: the standard input of this process. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Ends the reading between two parts, without an error. */
  readonly signal?: AbortSignal;
}

/** What a format is told by. */
const headBytes = 4096;

/**
 * Reads one file, part by part, as fast as the parts are taken. Does not throw for anything that a file holds or is: what cannot
 * be read is a fault without a number.
 * @throws Error where the options name a format that does not exist
 */
export async function* readLog(file: LogFile, options: ReadOptions = {}): AsyncGenerator<LogPart> {
  const forced = options.format === undefined ? null : formatOf(options.format);
  let format: LogFormat | null = forced;
  let decoder: LogDecoder | null = null;
  let read = 0;
  const part = (batch: LogBatch): LogPart => ({ file: file.path, format: format?.id ?? null, batch, read });
  const damaged = (code: string, message: string) =>
    part({ records: [], faults: [{ number: null, offset: null, code, message }] });
  async function* counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      read += piece.length;
      yield piece;
    }
  }
  try {
    const bytes = file.path === "-" ? (options.stdin ?? process.stdin) : fileBytes(file.path);
    const { head, rest } = await withHead(withoutGzip(counted(bytes)), headBytes);
    try {
      if (head.length === 0) return;
      format ??= recogniseFormat(head.subarray(0, headBytes), nameOf(file.path));
      if (format === null) {
        yield file.named
          ? damaged("file-unknown", "Is no log of a format that is known.")
          : damaged("file-skipped", "Is no log of a format that is known, and was not named itself.");
        return;
      }
      decoder = format.open();
      for (let piece: Uint8Array | null = head; piece !== null; piece = await nextOf(rest)) {
        const batch = decoder.push(piece);
        if (batch.records.length > 0 || batch.faults.length > 0) yield part(batch);
        if (options.signal?.aborted === true) return;
      }
    } finally {
      await rest.return?.();
    }
  } catch (error) {
    if (error instanceof GzipDamage) {
      yield damaged("gzip-damaged", `Cannot be unpacked to its end: ${error.message}.`);
    } else if (typeof (error as NodeJS.ErrnoException).code === "string") {
      yield damaged("file-unreadable", reasonOf(error));
    } else {
      // No fault of the file: a bug of ours.
      throw error;
    }
  }
  // What was held when the file broke off is told, too.
  if (decoder === null) return;
  const batch = decoder.end();
  if (batch.records.length > 0 || batch.faults.length > 0) yield part(batch);
}

async function nextOf(rest: AsyncIterator<Uint8Array>): Promise<Uint8Array | null> {
  const next = await rest.next();
  return next.done === true ? null : next.value;
}

function nameOf(path: string): string {
  return path === "-" ? "" : basename(path).replace(/\.gz$/i, "");
}

function formatOf(id: string): LogFormat {
  const format = formatById(id);
  if (format !== null) return format;
  throw new Error(`There is no format ${id}. Known are: ${logFormats.map((one) => one.id).join(", ")}.`);
}
