import type { EventData, LogBatch, LogDecoder, LogRecord, RecordFault } from "./log-format.ts";

/** Collects what a push comes to, and counts the records of the file. */
export interface BatchBuilder {
  readonly record: (data: EventData) => void;
  /** A damaged record: it has a number like any other. */
  readonly fault: (offset: number | null, code: string, message: string) => void;
  /** Damage that belongs to no single record. */
  readonly stray: (offset: number | null, code: string, message: string) => void;
  /** What was collected since it was last taken. */
  readonly take: () => LogBatch;
}

export function openBatch(): BatchBuilder {
  let count = 0;
  let records: LogRecord[] = [];
  let faults: RecordFault[] = [];
  return {
    record: (data) => {
      count++;
      records.push({ number: count, data });
    },
    fault: (offset, code, message) => {
      count++;
      faults.push({ number: count, offset, code, message });
    },
    stray: (offset, code, message) => {
      faults.push({ number: null, offset, code, message });
    },
    take: () => {
      const batch = { records, faults };
      records = [];
      faults = [];
      return batch;
    },
  };
}

/** A decoder of what cuts bytes into records and puts these into the batch. */
export function decoderOf(
  batch: BatchBuilder,
  cutter: { readonly push: (bytes: Uint8Array) => void; readonly end: () => void },
): LogDecoder {
  return {
    push: (bytes) => {
      cutter.push(bytes);
      return batch.take();
    },
    end: () => {
      cutter.end();
      return batch.take();
    },
  };
}

/** Sets a member whose name comes from the log: `__proto__` is a name like any other. */
export function setMember(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
}

/** As `setMember`; what already stands under the name and the new value become a list. */
export function addMember(target: Record<string, unknown>, name: string, value: unknown): void {
  if (!Object.hasOwn(target, name)) {
    setMember(target, name, value);
    return;
  }
  const present = target[name];
  if (Array.isArray(present)) present.push(value);
  else setMember(target, name, [present, value]);
}
