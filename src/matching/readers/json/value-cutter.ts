import { openWindow } from "../byte-window.ts";
import { recordLimits } from "../limits.ts";
import { openAnswerPath } from "./answer-path.ts";
import {
  backslash,
  closeBrace,
  closeBracket,
  colon,
  comma,
  isBlank,
  isOfScalar,
  newline,
  openBrace,
  openBracket,
  quote,
} from "./characters.ts";

/** What the cutter finds. Offsets are bytes from the beginning of the file. */
export interface ValueHandler {
  /** The text of one record: brackets and quotes are balanced, the rest is for `JSON.parse` to judge. */
  readonly value: (text: string, offset: number) => void;
  readonly fault: (offset: number, code: string, message: string) => void;
  /** Damage that belongs to no record. */
  readonly stray: (offset: number, code: string, message: string) => void;
}

export interface ValueCutter {
  readonly push: (bytes: Uint8Array) => void;
  readonly end: () => void;
}

/** What the grammar of JSON has next, inside of a value. */
const expects = { value: 0, valueOrEnd: 1, keyOrEnd: 2, key: 3, colon: 4, commaOrEnd: 5 } as const;
type Expect = (typeof expects)[keyof typeof expects];

/** `Record 12`: a line that evtx_dump prints before each event. */
const heading = new TextEncoder().encode("Record ");

/** Bytes of the first member's name by which records are found again after damage. */
const longestMark = 80;

/**
 * Cuts JSON into its records without parsing it: values one after the other, the members of a list, or of the list inside of an
 * answer (`{"Records":[…]}`), however long. Keeps one record. What breaks the grammar is told; then records are found again where
 * one begins as the others do: in the same column of its line, or with the same first name.
 */
export function openValueCutter(handler: ValueHandler, cap: number = recordLimits.bytes): ValueCutter {
  const window = openWindow();
  const decoder = new TextDecoder();
  const stack = new Uint8Array(recordLimits.depth + 8);
  let depth = 0;
  /** The depth at which records begin; -1 in what follows the list of an answer. */
  let level = 0;
  let position = 0;
  let recordStart = -1;
  let expect: Expect = expects.value;
  let inString = false;
  let escaped = false;
  let isKey = false;
  let keyStart = -1;
  let inScalar = false;
  let searching = false;
  let inHeading = false;
  /** A list was opened that holds events if its first member is an object. */
  let listOpened = false;
  const answer = openAnswerPath();
  let lineStart = 0;
  let lineHasInk = false;
  /** Column of the last record that began its line; -1 where it did not. */
  let recordColumn = -1;
  /** How records begin: `{"Event"`. */
  let mark: Uint8Array | null = null;
  let possibleMark: Uint8Array | null = null;

  function damage(code: string, message: string): void {
    handler.fault(recordStart >= 0 ? recordStart : position, code, message);
    recordStart = -1;
    inString = false;
    inScalar = false;
    escaped = false;
    listOpened = false;
    if (level < 0) level = 0;
    depth = level;
    searching = true;
  }

  function open(kind: number): void {
    if (depth - Math.max(level, 0) >= recordLimits.depth) {
      damage("json-depth", `Nests deeper than ${recordLimits.depth} levels.`);
      return;
    }
    stack[depth++] = kind;
    expect = kind === openBrace ? expects.keyOrEnd : expects.valueOrEnd;
    position++;
  }

  function startRecord(byte: number): void {
    recordStart = position;
    recordColumn = lineHasInk ? -1 : position - lineStart;
    lineHasInk = true;
    possibleMark = null;
    if (level === 0) answer.begin(byte === openBrace);
    if (byte === openBrace || byte === openBracket) {
      open(byte);
    } else if (byte === quote) {
      inString = true;
      isKey = false;
      position++;
    } else if (isOfScalar(byte)) {
      inScalar = true;
      position++;
    } else {
      damage("json-syntax", "Here no value of JSON begins.");
    }
  }

  function emit(): void {
    const start = recordStart;
    recordStart = -1;
    if (mark === null) mark = possibleMark;
    handler.value(decoder.decode(window.slice(start, position)), start);
  }

  function afterValue(): void {
    if (depth === level && recordStart >= 0) emit();
    else if (level < 0 && depth === 0) level = 0;
    else expect = expects.commaOrEnd;
  }

  /** At the level of records, outside of any. false: more bytes are needed to tell what it is. */
  function between(byte: number, final: boolean): boolean {
    if (level === 0 && !lineHasInk && byte === heading[0]) {
      const there = startsWith(heading, final);
      if (there === null) return false;
      inHeading = there;
      if (there) return true;
    }
    if (isBlank(byte) || byte === comma) {
      position++;
      if (byte === newline) {
        lineStart = position;
        lineHasInk = false;
      }
    } else if (byte === closeBracket && level > 0) {
      lineHasInk = true;
      depth = level - 1;
      level = depth === 0 ? 0 : -1;
      expect = expects.commaOrEnd;
      position++;
    } else if (byte === openBracket && level === 0) {
      lineHasInk = true;
      stack[depth++] = byte;
      level = 1;
      answer.begin(false);
      position++;
    } else {
      startRecord(byte);
    }
    return true;
  }

  function endString(): void {
    inString = false;
    if (!isKey) {
      afterValue();
      return;
    }
    expect = expects.colon;
    if (recordStart >= 0 && depth === level + 1 && possibleMark === null && position - recordStart <= longestMark) {
      possibleMark = window.slice(recordStart, position).slice();
    }
    if (depth <= 2 && keyStart >= 0 && answer.possible()) {
      answer.name(depth, decoder.decode(window.slice(keyStart + 1, position - 1)));
    }
    keyStart = -1;
  }

  /** Inside of a value, outside of its strings and scalars. */
  function inside(byte: number): void {
    if (isBlank(byte)) {
      position++;
      if (byte === newline) {
        lineStart = position;
        lineHasInk = false;
      }
      return;
    }
    const ink = lineHasInk;
    lineHasInk = true;
    if (listOpened) {
      listOpened = false;
      if (byte === openBrace) {
        level = depth;
        recordStart = -1;
        lineHasInk = ink;
        startRecord(byte);
        return;
      }
    }
    switch (expect) {
      case expects.colon:
        if (byte !== colon) break;
        expect = expects.value;
        position++;
        return;
      case expects.commaOrEnd:
        if (byte === comma) {
          expect = stack[depth - 1] === openBrace ? expects.key : expects.value;
          position++;
          return;
        }
        if (close(byte)) return;
        break;
      case expects.keyOrEnd:
        if (close(byte)) return;
        if (startKey(byte)) return;
        break;
      case expects.key:
        if (startKey(byte)) return;
        break;
      case expects.valueOrEnd:
        if (close(byte)) return;
        if (startValue(byte)) return;
        break;
      case expects.value:
        if (startValue(byte)) return;
        break;
      default:
        expect satisfies never;
    }
    lineHasInk = ink;
    damage("json-syntax", "Breaks the grammar of JSON.");
  }

  function close(byte: number): boolean {
    const fits =
      byte === closeBrace ? stack[depth - 1] === openBrace : byte === closeBracket && stack[depth - 1] === openBracket;
    if (!fits) return false;
    depth--;
    position++;
    afterValue();
    return true;
  }

  function startKey(byte: number): boolean {
    if (byte !== quote) return false;
    keyStart = position;
    inString = true;
    isKey = true;
    position++;
    return true;
  }

  function startValue(byte: number): boolean {
    if (byte === openBracket || byte === openBrace) {
      listOpened = byte === openBracket && depth <= 2 && expect === expects.value && answer.leadsToEvents(depth);
      open(byte);
    } else if (byte === quote) {
      inString = true;
      isKey = false;
      position++;
    } else if (isOfScalar(byte)) {
      inScalar = true;
      position++;
    } else {
      return false;
    }
    return true;
  }

  /** Looks for the next record after damage. false: more bytes are needed to tell. */
  function search(byte: number, final: boolean): boolean {
    if (byte === openBrace) {
      const inColumn = !lineHasInk && recordColumn >= 0 && position - lineStart === recordColumn;
      const marked = inColumn ? true : mark === null ? false : startsWith(mark, final);
      if (marked === null) return false;
      if (marked) {
        searching = false;
        startRecord(byte);
        return true;
      }
    }
    position++;
    if (byte === newline) {
      lineStart = position;
      lineHasInk = false;
    } else if (!isBlank(byte)) {
      lineHasInk = true;
    }
    return true;
  }

  /** Do the bytes that follow begin so? null: more are needed to tell. */
  function startsWith(start: Uint8Array, final: boolean): boolean | null {
    const there = window.slice(position, Math.min(position + start.length, window.end()));
    for (let i = 0; i < there.length; i++) if (there[i] !== start[i]) return false;
    return there.length === start.length ? true : final ? false : null;
  }

  /** As far as the text, a backslash in it, or the bytes go. */
  function readString(bytes: Uint8Array, from: number, to: number): void {
    let at = from;
    if (escaped) {
      escaped = false;
      at++;
    }
    let byte = 0;
    for (; at < to; at++) {
      byte = bytes[at] as number;
      if (byte === quote || byte === backslash || byte < 0x20) break;
    }
    position += at - from;
    if (at >= to) return;
    if (byte === backslash) {
      escaped = true;
      position++;
    } else if (byte === quote) {
      position++;
      endString();
    } else {
      damage("json-syntax", "A text is not closed.");
    }
  }

  function run(final: boolean): void {
    const bytes = window.bytes();
    const base = window.base();
    const end = window.end();
    while (position < end) {
      const latest = recordStart >= 0 ? recordStart + cap : Number.POSITIVE_INFINITY;
      if (position >= latest) {
        damage("json-too-large", `Is larger than ${cap} bytes.`);
      } else if (inString) {
        readString(bytes, position - base, Math.min(end, latest) - base);
      } else if (inScalar) {
        if (isOfScalar(bytes[position - base] as number)) {
          position++;
        } else {
          inScalar = false;
          afterValue();
        }
      } else if (searching) {
        if (!search(bytes[position - base] as number, final)) break;
      } else if (inHeading) {
        const to = bytes.subarray(position - base, end - base).indexOf(newline);
        inHeading = to < 0;
        position = to < 0 ? end : position + to;
      } else if (recordStart < 0 && depth === level) {
        if (!between(bytes[position - base] as number, final)) break;
      } else {
        inside(bytes[position - base] as number);
      }
    }
    if (keyStart >= 0 && recordStart < 0 && position - keyStart > longestMark) {
      keyStart = -1;
      answer.begin(false);
    }
    window.drop(recordStart >= 0 ? recordStart : keyStart >= 0 ? keyStart : position);
  }

  return {
    push: (bytes) => {
      window.append(bytes);
      run(false);
    },
    end: () => {
      run(true);
      if (inScalar) {
        inScalar = false;
        afterValue();
      }
      if (recordStart >= 0) handler.fault(recordStart, "json-truncated", "The file ends in the middle of it.");
      else if (depth > 0 && !searching)
        handler.stray(position, "json-truncated", "The file ends before its list does.");
      window.drop(position);
    },
  };
}
