import type { Format, Styler } from "./terminal.ts";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Gives up width first where the terminal is too narrow. */
  readonly flexible?: boolean;
}

export type Cell = string | number | { readonly text: string; readonly format: Format };

const gap = "  ";
/** Flexible columns keep at least this much. */
const narrowest = 12;

/** Columns in line, one row a line, with a head; every line ends in a newline. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
  style: Styler,
): string {
  const texts = rows.map((row) => columns.map((_, index) => oneLine(textOf(row[index] ?? ""))));
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...texts.map((row) => lengthOf(row[index] ?? ""))),
  );
  shrink(columns, widths, width);
  const line = (cells: readonly string[], formatOf: (index: number) => Format | null): string => {
    const parts = cells.map((cell, index) => {
      const text = pad(
        cut(cell, widths[index] ?? 0),
        widths[index] ?? 0,
        columns[index]?.align ?? "left",
        index === columns.length - 1,
      );
      const format = formatOf(index);
      return format === null ? text : style(format, text);
    });
    return `${parts.join(gap).trimEnd()}\n`;
  };
  const head = line(
    columns.map((column) => column.title),
    () => "dim",
  );
  return head + texts.map((row, at) => line(row, (index) => formatIn(rows[at]?.[index]))).join("");
}

function textOf(cell: Cell): string {
  return typeof cell === "object" ? cell.text : String(cell);
}

function formatIn(cell: Cell | undefined): Format | null {
  return typeof cell === "object" ? cell.format : null;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** Code points: near enough for what rules hold; wide characters shift a column and lose nothing. */
function lengthOf(text: string): number {
  return /^[\u0020-\u007e]*$/u.test(text) ? text.length : [...text].length;
}

/** `text` in at most `length` characters; what was cut ends in `…`. */
export function cut(text: string, length: number): string {
  if (lengthOf(text) <= length) return text;
  return `${[...text].slice(0, Math.max(0, length - 1)).join("")}…`;
}

function pad(text: string, length: number, align: "left" | "right", last: boolean): string {
  const missing = Math.max(0, length - lengthOf(text));
  if (align === "right") return " ".repeat(missing) + text;
  return last ? text : text + " ".repeat(missing);
}

/** Takes from the widest flexible column, character by character, until all fits or nothing can give. */
function shrink(columns: readonly Column[], widths: number[], width: number): void {
  if (!Number.isFinite(width)) return;
  const total = () => widths.reduce((sum, one) => sum + one, 0) + gap.length * (widths.length - 1);
  for (;;) {
    const over = total() - width;
    if (over <= 0) return;
    let widest = -1;
    columns.forEach((column, index) => {
      if (column.flexible === true && (widths[index] ?? 0) > Math.max(narrowest, widths[widest] ?? 0)) widest = index;
    });
    if (widest < 0) return;
    const others = columns.map((column, index) =>
      column.flexible === true && index !== widest ? (widths[index] ?? 0) : narrowest,
    );
    const next = Math.max(narrowest, ...others);
    const now = widths[widest] ?? 0;
    widths[widest] = Math.max(now - over, Math.min(next, now - 1));
  }
}

/** Share as `0.42 %`; a share that is not nothing never shows as `0 %`, one that is not all never as `100 %`. */
export function percent(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0 %";
  if (part === whole) return "100 %";
  const share = (100 * part) / whole;
  return share >= 10 ? `${Math.min(99.9, share).toFixed(1)} %` : `${Math.max(0.01, share).toFixed(2)} %`;
}
