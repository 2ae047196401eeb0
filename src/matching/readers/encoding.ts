import type { LogBatch, LogDecoder } from "./log-format.ts";

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** By the mark at the beginning, or by the zeros that UTF-16 has beside the characters that every log begins with. */
function encodingOf(head: Uint8Array): { readonly encoding: Encoding; readonly mark: number } {
  const [a, b, c, d] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", mark: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", mark: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", mark: 2 };
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return { encoding: "utf-16le", mark: 0 };
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return { encoding: "utf-16be", mark: 0 };
  return { encoding: "utf-8", mark: 0 };
}

/** The first characters of a file. The last one may be cut. */
export function headText(head: Uint8Array): string {
  const { encoding, mark } = encodingOf(head);
  return new TextDecoder(encoding).decode(head.subarray(mark));
}

/** Bytes that tell the encoding. */
const enough = 4;

/**
 * A decoder of UTF-8 text made to read UTF-16, too, with or without a mark. Faults in UTF-16 have no offset, since the decoder
 * counts bytes of UTF-8. Bytes that are no text are read as U+FFFD.
 */
export function anyEncoding(open: () => LogDecoder): LogDecoder {
  const inner = open();
  const encoder = new TextEncoder();
  let head = new Uint8Array(0);
  let started = false;
  let transcode: InstanceType<typeof TextDecoder> | null = null;
  let mark = 0;

  function pass(bytes: Uint8Array): LogBatch {
    if (transcode === null) return shifted(inner.push(bytes));
    return placeless(inner.push(encoder.encode(transcode.decode(bytes, { stream: true }))));
  }
  function start(): LogBatch {
    started = true;
    const { encoding, mark: length } = encodingOf(head);
    mark = length;
    if (encoding !== "utf-8") transcode = new TextDecoder(encoding);
    return pass(head.subarray(length));
  }
  function shifted(batch: LogBatch): LogBatch {
    if (mark === 0 || batch.faults.length === 0) return batch;
    return {
      ...batch,
      faults: batch.faults.map((one) => ({ ...one, offset: one.offset === null ? null : one.offset + mark })),
    };
  }
  function finish(): LogBatch {
    if (transcode === null) return shifted(inner.end());
    const left = transcode.decode();
    return placeless(left === "" ? inner.end() : join(inner.push(encoder.encode(left)), inner.end()));
  }
  return {
    push: (bytes) => {
      if (started) return pass(bytes);
      const joined = new Uint8Array(head.length + bytes.length);
      joined.set(head);
      joined.set(bytes, head.length);
      head = joined;
      return head.length < enough ? { records: [], faults: [] } : start();
    },
    end: () => (started ? finish() : join(start(), finish())),
  };
}

function placeless(batch: LogBatch): LogBatch {
  if (batch.faults.length === 0) return batch;
  return { ...batch, faults: batch.faults.map((one) => ({ ...one, offset: null })) };
}

function join(a: LogBatch, b: LogBatch): LogBatch {
  return { records: [...a.records, ...b.records], faults: [...a.faults, ...b.faults] };
}
