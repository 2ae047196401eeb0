import { decoderOf, openBatch } from "../batch.ts";
import { anyEncoding, headText } from "../encoding.ts";
import { recordLimits } from "../limits.ts";
import { openLines } from "../lines.ts";
import type { EventData, LogDecoder, LogFormat } from "../log-format.ts";
import { addValue } from "./read-value.ts";
import { openValueCutter } from "./value-cutter.ts";
import { mayHoldEventsInList } from "./wrappers.ts";

/** JSON lines: one object a line, or one answer of a program a line. */
export const ndjson: LogFormat = {
  id: "ndjson",
  title: "JSON lines",
  recognises: (head) => {
    const text = headText(head).trimStart();
    if (!text.startsWith("{")) return false;
    const lines = text.split("\n");
    // A first line longer than the head is an event, unless it is an answer that holds all of them.
    if (lines.length === 1) return head.length >= longHead && !mayHoldEventsInList(text);
    return lines.slice(0, -1).some((line) => line.startsWith("{") && parse(line) !== undefined);
  },
  open: () => anyEncoding(openNdjson),
};

/** Of RFC 7464, before each text. */
const recordSeparator = "\u001e";

/** A head shorter than that is the whole file. */
const longHead = 4096;

function openNdjson(): LogDecoder {
  const batch = openBatch();
  const lines = openLines(
    (line) => {
      const value = mayBeWhole(line) ? parse(line) : undefined;
      if (value === undefined) readDamaged(line);
      else add([value], line);
    },
    () => batch.fault(lines.offset(), "json-too-large", `Is larger than ${recordLimits.bytes} bytes.`),
  );

  function add(values: readonly unknown[], text: string): void {
    if (text.length >= suspiciousLength && nestsTooDeep(text)) {
      batch.fault(lines.offset(), "json-depth", `Nests deeper than ${recordLimits.depth} levels.`);
    } else {
      for (const value of values) addValue(batch, value, lines.offset);
    }
  }

  /** A mark or a separator before it, blanks behind it, several objects, or no JSON at all. */
  function readDamaged(line: string): void {
    const text = line.trimStart().replace(recordSeparator, "").trim();
    if (text === "") return;
    const value = text !== line && mayBeWhole(text) ? parse(text) : undefined;
    const values = value === undefined ? severalValues(text) : [value];
    if (values.length > 0) add(values, text);
    else batch.fault(lines.offset(), "json-syntax", "Is no object of JSON.");
  }
  return decoderOf(batch, lines);
}

/** Is a line worth parsing? An exception costs as much as parsing some kilobytes, and most damaged lines are cut off. */
function mayBeWhole(line: string): boolean {
  const last = line.charCodeAt(line.length - 1);
  return last === 0x7d || last === 0x5d || last === 0x0d || last === 0x20;
}

/** undefined where the text is no JSON: no text is read as that. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Objects on one line without anything between; none where a part of them is damaged. */
function severalValues(line: string): readonly EventData[] {
  if (!/\}\s*\{/.test(line)) return [];
  const values: EventData[] = [];
  let whole = true;
  const broken = () => {
    whole = false;
  };
  const cutter = openValueCutter({
    value: (text) => {
      const value = parse(text);
      if (typeof value === "object" && value !== null) values.push(value as EventData);
      else whole = false;
    },
    fault: broken,
    stray: broken,
  });
  cutter.push(new TextEncoder().encode(line));
  cutter.end();
  return whole ? values : [];
}

/** A shorter line nests less than 2,048 levels, which costs nobody the stack; looking at all of them would cost time. */
const suspiciousLength = 4096;

function nestsTooDeep(line: string): boolean {
  let opened = 0;
  for (const bracket of ["{", "["]) {
    for (let at = line.indexOf(bracket); at >= 0 && opened <= recordLimits.depth; at = line.indexOf(bracket, at + 1))
      opened++;
  }
  if (opened <= recordLimits.depth) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) {
      inString = true;
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > recordLimits.depth) return true;
    } else if (code === 0x7d || code === 0x5d) {
      depth--;
    }
  }
  return false;
}
