import { addMember, decoderOf, openBatch } from "../batch.ts";
import { anyEncoding, headText } from "../encoding.ts";
import { unwrap } from "../exports/unwrap.ts";
import type { LogDecoder, LogFormat } from "../log-format.ts";
import { cellsOf, openRowCutter, type RowCutter } from "./row-cutter.ts";

/** Tables with names in their first row: exports of Splunk, Elastic, Sentinel, `Export-Csv`. */
export const csv: LogFormat = {
  id: "csv",
  title: "CSV",
  recognises: (head, name) => {
    const lines = headText(head).split("\n");
    const first = lines.findIndex((line) => !isPreamble(line));
    const header = lines[first];
    if (header === undefined) return false;
    const named = /\.[ct]sv$/i.test(name);
    const delimiter = delimiterOf(header);
    const names = cellsOf(header, delimiter);
    if (!names.every((one) => isName(one))) return false;
    if (named) return true;
    // Text of any kind may have a comma: without a telling name, the first whole row has to fit.
    const row = lines.length > first + 2 ? lines[first + 1] : undefined;
    return (
      names.length > 1 && row !== undefined && (row.includes('"') || cellsOf(row, delimiter).length === names.length)
    );
  },
  open: () => anyEncoding(openCsv),
};

function isName(text: string): boolean {
  return text.length <= 256 && /^[\p{L}\p{N}_@#$%.:/()[\]{} \r-]*$/u.test(text) && /[\p{L}_]/u.test(text);
}

/** What stands before the names: Excel's choice of a delimiter, PowerShell's type. */
function isPreamble(line: string): boolean {
  return /^(sep=.|#TYPE\b.*)\r?$/i.test(line);
}

/** The one that the names are told apart by. */
function delimiterOf(header: string): string {
  let best = ",";
  let most = 0;
  for (const one of [",", ";", "\t", "|"]) {
    const count = cellsOf(header, one).length;
    if (count > most) {
      best = one;
      most = count;
    }
  }
  return best;
}

/** Bytes within which the first line has to end. */
const longestHeader = 1024 * 1024;

function openCsv(): LogDecoder {
  const batch = openBatch();
  let rows: RowCutter | null = null;
  let head = new Uint8Array(0);
  let names: readonly string[] | null = null;
  let delimiter = ",";
  let firstRow = true;

  function row(cells: readonly string[], offset: number): void {
    if (names === null) {
      if (!isPreamble(cells.join(delimiter))) names = cells.map((one) => one.trim());
      return;
    }
    // The Event Viewer has no name for its last column, the message.
    if (firstRow && cells.length === names.length + 1) names = [...names, "Message"];
    firstRow = false;
    if (cells.length !== names.length) {
      batch.fault(offset, "csv-cells", `Has ${cells.length} cells instead of ${names.length}.`);
      return;
    }
    const data: Record<string, unknown> = {};
    names.forEach((name, index) => {
      const cell = cells[index];
      if (name !== "" && cell !== undefined && cell !== "") addMember(data, name, cell);
    });
    for (const event of unwrap(data) ?? [data]) batch.record(event);
  }

  function start(): void {
    const lines = new TextDecoder().decode(head).split("\n");
    const header = lines.findIndex((line) => !isPreamble(line));
    const chosen = lines.slice(0, Math.max(header, 0)).find((line) => /^sep=/i.test(line))?.[4];
    const told = chosen ?? delimiterOf(lines[header] ?? "");
    if (told.charCodeAt(0) < 0x80) delimiter = told;
    rows = openRowCutter(delimiter, { row, fault: batch.fault });
    rows.push(head);
    head = new Uint8Array(0);
  }

  /** A line that is the names, as far as that can be told. */
  function hasHeader(): boolean {
    const lines = new TextDecoder().decode(head).split("\n");
    return lines.slice(0, -1).some((line) => !isPreamble(line)) || head.length > longestHeader;
  }

  function push(bytes: Uint8Array): void {
    if (rows !== null) {
      rows.push(bytes);
      return;
    }
    const joined = new Uint8Array(head.length + bytes.length);
    joined.set(head);
    joined.set(bytes, head.length);
    head = joined;
    if ((bytes.includes(0x0a) && hasHeader()) || head.length > longestHeader) start();
  }

  function end(): void {
    if (rows === null) start();
    rows?.end();
  }

  return decoderOf(batch, { push, end });
}
