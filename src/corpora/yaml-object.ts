import { type Document, isMap, isScalar } from "yaml";
import { type Diagnostic, diagnostic } from "../kit/diagnostic.ts";
import { lineStarts, positionAt, span } from "../kit/span.ts";
import { type YamlReading, yamlValue } from "../kit/yaml.ts";
import type { ReadFailure } from "./corpus.ts";
import { recordOf, type Untyped } from "./untyped.ts";

/** The map that a YAML file holds. */
export interface YamlObject {
  readonly type: "object";
  readonly value: Untyped;
  readonly document: Document.Parsed;
  /** What was parsed: the file, unless it had to be mended. Offsets of `document` count in this. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Codes of a corpus for files that hold no map, or more than one. */
export interface YamlObjectCodes {
  readonly notAMap: string;
  readonly moreDocuments: string;
}

/** A fault in the text of a file, as a failure of that file. */
export function failureOf(path: string, raw: string, { code, message, span: place }: Diagnostic): ReadFailure {
  return { path, line: positionAt(lineStarts(raw), place.start).line, code, message };
}

/** The map of the first document that was read of a file; a failure where there is none. */
export function yamlObject(
  path: string,
  raw: string,
  reading: YamlReading & { readonly text: string },
  codes: YamlObjectCodes,
): YamlObject | { readonly type: "failure"; readonly failure: ReadFailure } {
  const [document, more] = reading.documents;
  const value = document === undefined ? null : yamlValue(document);
  const problems = [...reading.diagnostics, ...(value?.diagnostics ?? [])];
  const map = recordOf(value?.value);
  if (document === undefined || Object.keys(map).length === 0) {
    const [first = diagnostic(codes.notAMap, "error", "This file holds no YAML map.", span(0, 0))] = problems;
    return { type: "failure", failure: failureOf(path, raw, first) };
  }
  if (more !== undefined) {
    const at = span(more.range[0], more.range[0]);
    problems.push(diagnostic(codes.moreDocuments, "warning", "Only the first document of this file is read.", at));
  }
  return { type: "object", value: map, document, text: reading.text, diagnostics: problems };
}

/** Where the text that a key of the map has begins: after its quote, or after the header and indentation of a block. */
export function textStart(object: YamlObject, key: string): number {
  const contents = object.document.contents;
  const node = isMap(contents) ? contents.get(key, true) : null;
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

/** A text of the map as a query of a rule has its place: `offset` is null where it does not stand in the file as it is. */
export function textPlace(
  object: YamlObject,
  raw: string,
  key: string,
  text: string,
): { readonly offset: number | null; readonly line: number } {
  const start = textStart(object, key);
  const verbatim = object.text === raw && raw.startsWith(text, start);
  return { offset: verbatim ? start : null, line: positionAt(lineStarts(object.text), start).line };
}
