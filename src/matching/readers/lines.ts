import { recordLimits } from "./limits.ts";

const newline = 0x0a;
/**
 * Bytes that are decoded at a time. Text is decoded in blocks, since a call for each line costs half as much as parsing it; in
 * small ones, since a single letter beyond Latin-1 makes a whole block twice as large.
 */
const blockBytes = 64 * 1024;

export interface LineReader {
  readonly push: (bytes: Uint8Array) => void;
  readonly end: () => void;
  /** Where the line that is being handed over begins, in bytes. */
  readonly offset: () => number;
}

/**
 * Cuts UTF-8 text into lines, without their `\n` (a `\r` stays). Lines above the cap are dropped and told once.
 * @param onLine gets every line, empty ones, too
 */
export function openLines(
  onLine: (line: string) => void,
  onTooLong: () => void,
  cap: number = recordLimits.bytes,
): LineReader {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  /** The beginning of a line whose end has not come. */
  let carry = new Uint8Array(4096);
  let carried = 0;
  /** The line that is being read is too long already. */
  let dropping = false;
  /** Offset of the block that is being handed over, and of the line in it, as far as it was asked for. */
  let blockOffset = 0;
  let block: Uint8Array = carry.subarray(0, 0);
  let lineInBlock = 0;
  let countedLine = 0;
  let countedOffset = 0;

  function keep(bytes: Uint8Array): void {
    if (dropping) {
      blockOffset += bytes.length;
      return;
    }
    if (carried + bytes.length > cap) {
      startBlock(carry.subarray(0, 0));
      onTooLong();
      dropping = true;
      blockOffset += carried + bytes.length;
      carried = 0;
      return;
    }
    if (carried + bytes.length > carry.length) {
      const larger = new Uint8Array(2 * (carried + bytes.length));
      larger.set(carry.subarray(0, carried));
      carry = larger;
    }
    carry.set(bytes, carried);
    carried += bytes.length;
  }

  function startBlock(bytes: Uint8Array): void {
    block = bytes;
    lineInBlock = 0;
    countedLine = 0;
    countedOffset = 0;
  }

  /** Whole lines only. */
  function handOver(bytes: Uint8Array): void {
    startBlock(bytes);
    const text = decoder.decode(bytes);
    let from = 0;
    for (;;) {
      const to = text.indexOf("\n", from);
      if (to < 0) {
        if (from < text.length) onLine(from === 0 ? text : text.slice(from));
        break;
      }
      onLine(text.slice(from, to));
      lineInBlock++;
      from = to + 1;
    }
    blockOffset += bytes.length;
  }

  /** Lines may be too long though they came in one piece. */
  function handOverChecked(bytes: Uint8Array): void {
    if (bytes.length <= cap) {
      handOver(bytes);
      return;
    }
    startBlock(carry.subarray(0, 0));
    onTooLong();
    blockOffset += bytes.length;
  }

  return {
    push: (bytes) => {
      const first = bytes.indexOf(newline);
      if (first < 0) {
        keep(bytes);
        return;
      }
      let from = 0;
      if (carried > 0 || dropping) {
        keep(bytes.subarray(0, first + 1));
        if (!dropping) handOver(carry.subarray(0, carried));
        dropping = false;
        carried = 0;
        from = first + 1;
      }
      const last = bytes.lastIndexOf(newline) + 1;
      while (from < last) {
        let to = last;
        if (last - from > blockBytes) {
          to = bytes.lastIndexOf(newline, from + blockBytes - 1) + 1;
          if (to <= from) to = bytes.indexOf(newline, from + blockBytes) + 1;
        }
        handOverChecked(bytes.subarray(from, to));
        from = to;
      }
      if (last < bytes.length) keep(bytes.subarray(last));
    },
    end: () => {
      if (carried > 0) handOver(carry.subarray(0, carried));
      carried = 0;
    },
    offset: () => {
      for (; countedLine < lineInBlock; countedLine++) countedOffset = block.indexOf(newline, countedOffset) + 1;
      return blockOffset + countedOffset;
    },
  };
}
