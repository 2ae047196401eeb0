import { printable, type Styler } from "../terminal.ts";
import { severityFormats } from "./diagnostics.ts";

/** Both rows of an excerpt begin so; tabs behind it move alike in both. */
const margin = "  ";

/** Terminals have tab stops every eight columns. */
const tabStop = 8;

export interface Excerpt {
  /** The source line without its end. */
  readonly line: string;
  /** UTF-16 code units from the start of the line, the second behind the last one. */
  readonly from: number;
  readonly to: number;
  readonly severity: keyof typeof severityFormats;
}

/**
 * The source line, and a row below with `^~~~` under the place. A line that is too long for the terminal is cut around the
 * place. Whatever the line holds, the rows stay below each other: wide characters count two columns, and what could steer
 * the terminal is shown as `\u001b`.
 */
export function excerptLines({ line, from, to, severity }: Excerpt, width: number, style: Styler): string {
  const start = Math.min(from, line.length);
  const shown = cutAround(line, start, Math.max(width, 20) - margin.length);
  let marks = "";
  let marked = false;
  for (const piece of shown) {
    const inside = piece.start >= start && piece.start < to;
    if (inside || (!marked && piece.start >= start)) {
      marks += (marked ? "~" : "^") + "~".repeat(Math.max(0, piece.cells - 1));
      marked = true;
    } else if (!marked) marks += piece.text === "\t" ? "\t" : " ".repeat(piece.cells);
    if (marked && piece.start >= to) break;
  }
  if (!marked) marks += "^";
  const source = shown.map((one) => one.text).join("");
  return `${margin}${source.trimEnd()}\n${margin}${style(severityFormats[severity], marks)}\n`;
}

/** What stands between two places of the terminal, as it is shown. */
interface Piece {
  /** Offset in the line. */
  readonly start: number;
  readonly text: string;
  readonly cells: number;
}

/** The pieces of a line that fit, `…` where it goes on; a third of the room is left for what stands before the place. */
function cutAround(line: string, start: number, room: number): readonly Piece[] {
  // No character takes more than a few code units, but for clusters that nobody writes: those are cut, too.
  const longest = room * 4;
  const whole = line.length > longest ? null : fitting(line, 0, room, 0);
  if (whole?.complete === true) return whole.pieces;
  let first = Math.max(0, start - Math.floor(room / 3));
  if (isLowSurrogate(line, first)) first--;
  const before: readonly Piece[] = first === 0 ? [] : [{ start: -1, text: "…", cells: 1 }];
  const rest = fitting(line.slice(first, first + longest), first, room - before.length - 1, before.length);
  const ends = rest.complete && first + longest >= line.length;
  const behind = rest.pieces.at(-1);
  const end = behind === undefined ? first : behind.start + 1;
  return [...before, ...rest.pieces, ...(ends ? [] : [{ start: end, text: "…", cells: 1 }])];
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function fitting(
  text: string,
  offset: number,
  room: number,
  column: number,
): { readonly pieces: readonly Piece[]; readonly complete: boolean } {
  const pieces: Piece[] = [];
  let used = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    const safe = printable(segment);
    const cells = segment === "\t" ? tabStop - ((margin.length + column + used) % tabStop) : cellsOf(segment, safe);
    if (used + cells > room) return { pieces, complete: false };
    pieces.push({ start: offset + index, text: safe, cells });
    used += cells;
  }
  return { pieces, complete: true };
}

/** Scripts and blocks that terminals draw two columns wide (Unicode Standard Annex 11), and emoji. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]|\ufe0f/u;
const zeroWidth = /^[\p{M}\p{Cf}]+$/u;

function cellsOf(segment: string, safe: string): number {
  if (safe !== segment) return safe.length;
  if (/^[\u0020-\u007e]$/.test(segment)) return 1;
  if (zeroWidth.test(segment)) return 0;
  return wide.test(segment) ? 2 : 1;
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
