import { isMap, isScalar } from "yaml";
import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { lineStarts, positionAt, span } from "../../kit/span.ts";
import type { RuleQuery } from "../../rule/document.ts";
import type { YamlObject } from "./read-yaml.ts";

/** The `search` of a detection with its place in the file; null where it is missing, empty or no text. */
export function searchOf(object: YamlObject, raw: string): RuleQuery | null {
  const text = object.value.search;
  if (typeof text !== "string" || text.trim() === "") return null;
  const start = startOf(object);
  const line = positionAt(lineStarts(object.text), start).line;
  // Offsets count in what was parsed, which is the file itself unless quoted text had to be indented.
  const verbatim = object.text === raw && raw.startsWith(text, start);
  return { role: "main", language: "spl", text, offset: verbatim ? start : null, line };
}

/** A search that is a list or a map is none that could be read; an empty one is no fault. */
export function searchFaults(object: YamlObject): readonly Diagnostic[] {
  const search = object.value.search;
  if (typeof search === "string" || search === null || search === undefined) return [];
  const start = startOf(object);
  return [
    diagnostic("splunk/search-not-text", "error", "The search of a detection must be a text.", span(start, start)),
  ];
}

/** Where the text of the scalar begins: after its quote, or after the header and the indentation of a block. */
function startOf(object: YamlObject): number {
  const contents = object.document.contents;
  const node = isMap(contents) ? contents.get("search", true) : null;
  const start = isScalar(node) ? (node.range?.[0] ?? 0) : 0;
  const mark = object.text[start];
  if (mark === "'" || mark === '"') return start + 1;
  if (mark !== "|" && mark !== ">") return start;
  const header = object.text.indexOf("\n", start);
  if (header < 0) return start;
  let at = header + 1;
  while (object.text[at] === " ") at++;
  return at;
}
