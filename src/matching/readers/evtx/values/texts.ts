/** Strings up to this length are kept to be given out again: names, users, programs and paths repeat in every log. */
const longestKept = 128;

/** A power of two. */
const slots = 4096;

/** From this length on, a decoder of the platform is faster than concatenation. */
const longForConcatenation = 64;

export interface TextReader {
  /** UTF-16 as it stands, unpaired halves included. */
  readonly utf16: (bytes: Uint8Array, start: number, units: number) => string;
  /** One byte a character. The log does not say the code page; Windows' western one is taken. */
  readonly ansi: (bytes: Uint8Array, start: number, length: number) => string;
}

export function textReader(): TextReader {
  const kept: (string | undefined)[] = new Array(slots).fill(undefined);
  const ascii = new TextDecoder("utf-8");
  const western = new TextDecoder("windows-1252");
  let scratch = new Uint8Array(4096);

  const build = (bytes: Uint8Array, start: number, units: number): string => {
    if (units < longForConcatenation) return concatenated(bytes, start, units);
    if (scratch.length < units) scratch = new Uint8Array(units * 2);
    let wide = 0;
    for (let index = 0, at = start; index < units; index++, at += 2) {
      const low = bytes[at] as number;
      scratch[index] = low;
      wide |= (bytes[at + 1] as number) | (low & 0x80);
    }
    return wide === 0 ? ascii.decode(scratch.subarray(0, units)) : concatenated(bytes, start, units);
  };

  return {
    utf16: (bytes, start, units) => {
      if (units === 0) return "";
      if (units > longestKept) return build(bytes, start, units);
      let hash = units;
      const end = start + 2 * units;
      for (let at = start; at < end; at += 2) {
        hash = (Math.imul(hash, 31) + ((bytes[at] as number) | ((bytes[at + 1] as number) << 8))) | 0;
      }
      const slot = (hash ^ (hash >>> 15)) & (slots - 1);
      const before = kept[slot];
      if (before !== undefined && before.length === units && same(before, bytes, start)) return before;
      const text = build(bytes, start, units);
      kept[slot] = text;
      return text;
    },
    ansi: (bytes, start, length) => western.decode(bytes.subarray(start, start + length)),
  };
}

function same(text: string, bytes: Uint8Array, start: number): boolean {
  for (let index = 0, at = start; index < text.length; index++, at += 2) {
    if (text.charCodeAt(index) !== ((bytes[at] as number) | ((bytes[at + 1] as number) << 8))) return false;
  }
  return true;
}

/** Eight units a step: each step makes one string, and the engine joins those when the text is first read. */
function concatenated(bytes: Uint8Array, start: number, units: number): string {
  const unit = (at: number): number => (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
  let text = "";
  let index = 0;
  let at = start;
  for (; index + 8 <= units; index += 8, at += 16) {
    text += String.fromCharCode(
      unit(at),
      unit(at + 2),
      unit(at + 4),
      unit(at + 6),
      unit(at + 8),
      unit(at + 10),
      unit(at + 12),
      unit(at + 14),
    );
  }
  for (; index < units; index++, at += 2) text += String.fromCharCode(unit(at));
  return text;
}
