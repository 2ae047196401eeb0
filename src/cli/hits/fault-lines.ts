import { counted, formatNumber } from "../../kit/numbers.ts";
import type { RecordFault } from "../../matching/readers/log-format.ts";
import { inOneLine, printable } from "../terminal.ts";

/** Lines about one file; one broken file must not bury what is said of the others. */
const mostLines = 10;

/** Tells of damaged records, and counts those of which it does not tell. */
export interface FaultLines {
  /** The line to print; null where the file has had enough of them. */
  readonly line: (file: string, fault: RecordFault) => string | null;
  /** A line for each file of which more was found. */
  readonly rest: () => readonly string[];
  readonly total: () => number;
  /** Code → how often it was found. */
  readonly codes: () => ReadonlyMap<string, number>;
}

export function openFaultLines(): FaultLines {
  const files = new Map<string, number>();
  const codes = new Map<string, number>();
  return {
    line: (file, fault) => {
      const before = files.get(file) ?? 0;
      files.set(file, before + 1);
      codes.set(fault.code, (codes.get(fault.code) ?? 0) + 1);
      if (before >= mostLines) return null;
      return inOneLine(printable(`${file}:${placeOf(fault)} ${fault.message} [${fault.code}]`));
    },
    rest: () =>
      [...files].flatMap(([file, found]) =>
        found <= mostLines
          ? []
          : [inOneLine(printable(`${file}: … and ${counted(found - mostLines, "more damaged record")}`))],
      ),
    total: () => [...codes.values()].reduce((sum, one) => sum + one, 0),
    codes: () => codes,
  };
}

function placeOf({ number, offset }: RecordFault): string {
  if (number !== null) return `record ${formatNumber(number)}:`;
  return offset === null ? "" : `byte ${formatNumber(offset)}:`;
}
