import { type Reader, spanFrom, take } from "../reader.ts";
import { skipBlanks } from "./blanks.ts";
import type { PsExpression } from "./syntax.ts";

/** One item, or the list that commas make of several. `ends`: nothing more is taken, though a comma stands before. */
export function readCommas(
  reader: Reader,
  readItem: (reader: Reader) => PsExpression,
  ends: (reader: Reader) => boolean = () => false,
): PsExpression {
  const start = reader.at;
  const first = readItem(reader);
  const items = [first];
  const separators: string[] = [];
  for (;;) {
    const mark = reader.at;
    skipBlanks(reader);
    if (!take(reader, ",")) {
      reader.at = mark;
      break;
    }
    skipBlanks(reader, true);
    separators.push(reader.text.slice(mark, reader.at));
    if (ends(reader)) break;
    items.push(readItem(reader));
  }
  return separators.length === 0 ? first : { type: "list", items, separators, span: spanFrom(reader, start) };
}
