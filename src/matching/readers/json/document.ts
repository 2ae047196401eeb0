import { decoderOf, openBatch } from "../batch.ts";
import { anyEncoding, headText } from "../encoding.ts";
import type { LogDecoder, LogFormat } from "../log-format.ts";
import { addValue } from "./read-value.ts";
import { openValueCutter } from "./value-cutter.ts";

/** JSON over several lines: a list, values one after the other, or an answer that holds events in a list. */
export const jsonDocument: LogFormat = {
  id: "json",
  title: "JSON",
  recognises: (head) =>
    /^\s*(?:Record \d+\s+)?(\{\s*(["}]|$)|\[\s*([{\]]|$))/u.test(headText(head).replace("\u001e", "")),
  open: () => anyEncoding(openDocument),
};

function openDocument(): LogDecoder {
  const batch = openBatch();
  const cutter = openValueCutter({
    value: (text, offset) => {
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        batch.fault(offset, "json-syntax", "Is no JSON.");
        return;
      }
      addValue(batch, value, () => offset);
    },
    fault: batch.fault,
    stray: batch.stray,
  });
  return decoderOf(batch, cutter);
}
