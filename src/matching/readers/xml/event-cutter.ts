import { openWindow } from "../byte-window.ts";
import { recordLimits } from "../limits.ts";

export interface EventHandler {
  /** The text of one `<Event>` element: its tags are balanced in number, the rest is for the parser to judge. */
  readonly event: (text: string, offset: number) => void;
  readonly fault: (offset: number, code: string, message: string) => void;
}

export interface EventCutter {
  readonly push: (bytes: Uint8Array) => void;
  readonly end: () => void;
}

const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;
const bang = 0x21;
const question = 0x3f;
const doubleQuote = 0x22;
const singleQuote = 0x27;
const colon = 0x3a;

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));
const event = ascii("Event");
const cdata = ascii("<![CDATA[");
const comment = ascii("<!--");
const endOfCdata = ascii("]]>");
const endOfComment = ascii("-->");
const endOfInstruction = ascii("?>");
const endOfDeclaration = ascii(">");

/** Bytes of the longest start tag outside of events. */
const longestTag = 64 * 1024;

/**
 * Cuts XML of any number of `<Event>` elements, whatever stands around them, into these. Keeps one event. An event that begins
 * inside of another one ends it: Windows nests none, so the outer one is cut off.
 */
export function openEventCutter(handler: EventHandler, cap: number = recordLimits.bytes): EventCutter {
  const window = openWindow();
  const decoder = new TextDecoder();
  let position = 0;
  let recordStart = -1;
  let depth = 0;
  /** Where the markup that is being read begins; -1 in text. */
  let tokenStart = -1;
  let kind: "unknown" | "tag" | "until" = "unknown";
  let terminator = endOfComment;
  /** Bytes of it that were just seen. */
  let matched = 0;
  /** The quote that an attribute's value is in; 0 outside. */
  let inQuote = 0;

  const byteAt = (offset: number): number | undefined => window.bytes()[offset - window.base()];

  function damage(code: string, message: string): void {
    handler.fault(recordStart >= 0 ? recordStart : position, code, message);
    recordStart = -1;
    tokenStart = -1;
  }

  /** What the markup is. false: more bytes are needed to tell. */
  function tell(): boolean {
    const there = window.end() - tokenStart;
    if (there < 2) return false;
    const second = byteAt(tokenStart + 1);
    if (second === bang) {
      for (const [start, end] of [
        [cdata, endOfCdata],
        [comment, endOfComment],
      ] as const) {
        const fits = beginsWith(start);
        if (fits === null) return false;
        if (!fits) continue;
        enter(end, start.length);
        return true;
      }
      enter(endOfDeclaration, 2);
    } else if (second === question) {
      enter(endOfInstruction, 2);
    } else {
      kind = "tag";
      inQuote = 0;
      position = tokenStart + 1;
    }
    return true;
  }

  function enter(end: Uint8Array, length: number): void {
    kind = "until";
    terminator = end;
    matched = 0;
    position = tokenStart + length;
  }

  /** null: as far as it is there. */
  function beginsWith(start: Uint8Array): boolean | null {
    const there = window.slice(tokenStart, Math.min(tokenStart + start.length, window.end()));
    for (let i = 0; i < there.length; i++) if (there[i] !== start[i]) return false;
    return there.length === start.length ? true : null;
  }

  function endTag(): void {
    const closing = byteAt(tokenStart + 1) === slash;
    const empty = byteAt(position - 2) === slash;
    if (closing) {
      if (recordStart >= 0 && --depth === 0) finishRecord();
    } else if (isEvent()) {
      if (recordStart >= 0) {
        const start = tokenStart;
        damage("xml-truncated", "The next event begins in the middle of it.");
        tokenStart = start;
      }
      recordStart = tokenStart;
      depth = empty ? 0 : 1;
      if (empty) finishRecord();
    } else if (recordStart >= 0 && !empty) {
      depth++;
    }
    tokenStart = -1;
  }

  function finishRecord(): void {
    const start = recordStart;
    recordStart = -1;
    handler.event(decoder.decode(window.slice(start, position)), start);
  }

  /** Is the tag's local name `Event`? */
  function isEvent(): boolean {
    const bytes = window.bytes();
    let from = tokenStart + 1 - window.base();
    let at = from;
    for (; ; at++) {
      const byte = bytes[at] as number;
      if (byte === colon) from = at + 1;
      else if (byte === greaterThan || byte === slash || byte <= 0x20) break;
    }
    return at - from === event.length && event.every((byte, index) => bytes[from + index] === byte);
  }

  function run(): void {
    while (position < window.end()) {
      if (recordStart >= 0 && position - recordStart > cap) {
        damage("xml-too-large", `Is larger than ${cap} bytes.`);
      } else if (recordStart < 0 && tokenStart >= 0 && kind === "tag" && position - tokenStart > longestTag) {
        tokenStart = -1;
      }
      const stop = recordStart >= 0 ? Math.min(window.end(), recordStart + cap + 1) : window.end();
      if (tokenStart < 0) {
        const found = window.bytes().indexOf(lessThan, position - window.base()) + window.base();
        // What stands behind the bytes that are kept is left over from others.
        if (found < position || found >= stop) {
          position = stop;
        } else {
          position = found;
          tokenStart = found;
          kind = "unknown";
        }
      }
      if (tokenStart < 0) continue;
      if (kind === "unknown" && !tell()) break;
      if (kind === "until") readUntil(stop);
      else readTag(stop);
    }
    const kept = recordStart >= 0 ? recordStart : tokenStart >= 0 && kind !== "until" ? tokenStart : position;
    window.drop(Math.min(kept, position));
  }

  /** In a comment, CDATA or an instruction. */
  function readUntil(stop: number): void {
    const bytes = window.bytes();
    const from = position - window.base();
    const to = stop - window.base();
    for (let at = from; at < to; at++) {
      const byte = bytes[at];
      if (byte === terminator[matched]) matched++;
      // `]]]>` and `--->` end as well: all but the last byte of an end are the same.
      else if (byte !== terminator[0]) matched = 0;
      else if (matched === 0) matched = 1;
      if (matched === terminator.length) {
        position += at + 1 - from;
        tokenStart = -1;
        return;
      }
    }
    position = stop;
  }

  function readTag(stop: number): void {
    const bytes = window.bytes();
    const from = position - window.base();
    const to = stop - window.base();
    for (let at = from; at < to; at++) {
      const byte = bytes[at];
      if (byte === lessThan) {
        // No value may hold it: a tag, or its quote, is not closed.
        position += at - from;
        if (recordStart >= 0) damage("xml-syntax", "A tag is not closed.");
        tokenStart = -1;
        return;
      }
      if (inQuote !== 0) {
        if (byte === inQuote) inQuote = 0;
      } else if (byte === doubleQuote || byte === singleQuote) {
        inQuote = byte;
      } else if (byte === greaterThan) {
        position += at + 1 - from;
        endTag();
        return;
      }
    }
    position = stop;
  }

  return {
    push: (bytes) => {
      window.append(bytes);
      run();
    },
    end: () => {
      run();
      if (recordStart >= 0) handler.fault(recordStart, "xml-truncated", "The file ends in the middle of it.");
    },
  };
}
