import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { span } from "../../kit/span.ts";
import type { RuleQuery } from "../../rule/document.ts";
import { textPlace, textStart, type YamlObject } from "../yaml-object.ts";

/** The `search` of a detection with its place in the file; null where it is missing, empty or no text. */
export function searchOf(object: YamlObject, raw: string): RuleQuery | null {
  const text = object.value.search;
  if (typeof text !== "string" || text.trim() === "") return null;
  return { role: "main", language: "spl", text, ...textPlace(object, raw, "search", text) };
}

/** A search that is a list or a map is none that could be read; an empty one is no fault. */
export function searchFaults(object: YamlObject): readonly Diagnostic[] {
  const search = object.value.search;
  if (typeof search === "string" || search === null || search === undefined) return [];
  const start = textStart(object, "search");
  return [
    diagnostic("splunk/search-not-text", "error", "The search of a detection must be a text.", span(start, start)),
  ];
}
