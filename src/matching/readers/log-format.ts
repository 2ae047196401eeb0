/** An event as its log has it: plain data of JSON. */
export type EventData = Readonly<Record<string, unknown>>;

/** One record of a log. */
export interface LogRecord {
  /** Its place among the records of the file, from 1; damaged ones count. */
  readonly number: number;
  readonly data: EventData;
  /** It stands in space that the log counts as free: an older record, given only where the reader was asked for such. */
  readonly recovered?: boolean;
}

/** A record that could not be read. The rest is read all the same. */
export interface RecordFault {
  /** As for a record; null where not even its place is known. */
  readonly number: number | null;
  /** Where it begins, in bytes of the decoded file; null where that is not known. */
  readonly offset: number | null;
  /** Stable, to be counted: `evtx-template`, `json-syntax` … */
  readonly code: string;
  /** One sentence. */
  readonly message: string;
}

/** What some bytes of a log came to. */
export interface LogBatch {
  readonly records: readonly LogRecord[];
  readonly faults: readonly RecordFault[];
}

/** Reads one file from its beginning to its end in pieces of any size, and keeps no more than one record or chunk of it. */
export interface LogDecoder {
  /** The bytes stay the caller's, who may use their buffer again: what is kept has to be copied. */
  readonly push: (bytes: Uint8Array) => LogBatch;
  /** What was left; nothing may be pushed afterwards. */
  readonly end: () => LogBatch;
}

/** A kind of file that holds events. */
export interface LogFormat {
  readonly id: string;
  readonly title: string;
  /** By the first bytes (4 KiB where the file has them) and the file's name (without `.gz`; '' for a stream). */
  readonly recognises: (head: Uint8Array, name: string) => boolean;
  readonly open: () => LogDecoder;
}
