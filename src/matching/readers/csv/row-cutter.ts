import { openWindow } from "../byte-window.ts";
import { recordLimits } from "../limits.ts";

export interface RowHandler {
  readonly row: (cells: readonly string[], offset: number) => void;
  readonly fault: (offset: number, code: string, message: string) => void;
}

export interface RowCutter {
  readonly push: (bytes: Uint8Array) => void;
  readonly end: () => void;
}

const quote = 0x22;
const newline = 0x0a;
const carriageReturn = 0x0d;

/** Where in a row the reader is. */
const states = { cellStart: 0, bare: 1, quoted: 2, afterQuote: 3 } as const;
type State = (typeof states)[keyof typeof states];

/** Bytes that may be looked at again after damage, for each byte of the file. */
const rereading = 4;

/**
 * Cuts UTF-8 text into the rows of RFC 4180: cells in quotes may hold the delimiter, line ends and doubled quotes; a quote inside
 * of a bare cell is a character like any other. A row whose quotes do not close ends with its line, and is told.
 * @param delimiter one character of ASCII
 */
export function openRowCutter(delimiter: string, handler: RowHandler, cap: number = recordLimits.bytes): RowCutter {
  const window = openWindow();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const between = delimiter.charCodeAt(0);
  let position = 0;
  let rowStart = 0;
  let state: State = states.cellStart;
  let budget = cap;
  let furthest = 0;
  /** The rest of the line is no row: it stands in one that is too large. */
  let dropping = false;

  function finishRow(): void {
    const text = decoder.decode(window.slice(rowStart, position));
    if (text.trim() !== "") handler.row(cellsOf(text, delimiter), rowStart);
    rowStart = position + 1;
    state = states.cellStart;
  }

  /** Goes on with the line after the one that the row begins on. */
  function damage(code: string, message: string): void {
    handler.fault(rowStart, code, message);
    const line = window.slice(rowStart, position).indexOf(newline);
    const back = line < 0 ? 0 : position - (rowStart + line + 1);
    if (line >= 0 && back <= budget) {
      budget -= back;
      position = rowStart + line + 1;
      rowStart = position;
      state = states.cellStart;
    } else {
      rowStart = position;
      state = states.bare;
      dropping = true;
    }
  }

  function run(): void {
    const bytes = window.bytes();
    const base = window.base();
    const end = window.end();
    while (position < end) {
      if (!dropping && position - rowStart > cap) {
        damage("csv-too-large", `Is larger than ${cap} bytes.`);
        continue;
      }
      const byte = bytes[position - base];
      if (position >= furthest) {
        furthest = position + 1;
        budget += rereading;
      }
      if (state === states.quoted) {
        if (byte === quote) state = states.afterQuote;
        position++;
      } else if (byte === newline) {
        if (dropping) {
          dropping = false;
          rowStart = position + 1;
          state = states.cellStart;
        } else {
          finishRow();
        }
        position++;
      } else if (byte === between) {
        state = states.cellStart;
        position++;
      } else if (state === states.cellStart) {
        state = byte === quote && !dropping ? states.quoted : states.bare;
        position++;
      } else if (state === states.afterQuote && byte === quote) {
        state = states.quoted;
        position++;
      } else if (state === states.afterQuote && byte !== carriageReturn && byte !== 0x20) {
        damage("csv-quotes", "Text follows a closing quote.");
      } else {
        position++;
      }
    }
    window.drop(dropping ? position : rowStart);
  }

  return {
    push: (bytes) => {
      window.append(bytes);
      run();
    },
    end: () => {
      run();
      while (state === states.quoted) {
        damage("csv-truncated", "Its quotes are not closed.");
        run();
      }
      if (position > rowStart && !dropping) finishRow();
      window.drop(position);
    },
  };
}

/** The cells of one row whose quotes are in order. */
export function cellsOf(row: string, delimiter: string): string[] {
  const text = row.endsWith("\r") ? row.slice(0, -1) : row;
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      let cell = "";
      for (;;) {
        const end = text.indexOf('"', at + 1);
        cell += text.slice(at + 1, end < 0 ? text.length : end);
        at = end < 0 ? text.length : end + 1;
        if (text[at] !== '"') break;
        cell += '"';
      }
      cells.push(cell);
      const next = text.indexOf(delimiter, at);
      if (next < 0) return cells;
      at = next + 1;
    } else {
      const next = text.indexOf(delimiter, at);
      cells.push(text.slice(at, next < 0 ? text.length : next));
      if (next < 0) return cells;
      at = next + 1;
    }
  }
}
