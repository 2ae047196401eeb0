import type { Document } from "yaml";
import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { lineStarts, positionAt, span } from "../../kit/span.ts";
import { readYaml, yamlValue } from "../../kit/yaml.ts";
import type { ReadFailure } from "../corpus.ts";
import { recordOf, type Untyped } from "../untyped.ts";
import { indentQuotedText } from "./quoted-text.ts";

export interface YamlObject {
  readonly type: "object";
  readonly value: Untyped;
  readonly document: Document.Parsed;
  /** What was parsed: the file, unless quoted text had to be indented. Offsets of `document` count in this. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

const noMap = diagnostic("splunk/not-a-map", "error", "This file holds no YAML map.", span(0, 0));

/** A fault in the text of a file, as a failure of that file. */
export function failureOf(path: string, raw: string, { code, message, span: place }: Diagnostic): ReadFailure {
  return { path, line: positionAt(lineStarts(raw), place.start).line, code, message };
}

/** The map that a file of the collection holds: one detection, macro, lookup or story. */
export function readYamlObject(path: string, raw: string): YamlObject | { type: "failure"; failure: ReadFailure } {
  const asWritten = readYaml(raw);
  const mended = asWritten.diagnostics.length === 0 ? null : readIndented(raw);
  const reading = mended ?? { ...asWritten, text: raw };
  const [document, more] = reading.documents;
  const value = document === undefined ? null : yamlValue(document);
  const problems = [...reading.diagnostics, ...(value?.diagnostics ?? [])];
  const map = recordOf(value?.value);
  if (document === undefined || Object.keys(map).length === 0) {
    const [first = noMap] = problems;
    return { type: "failure", failure: failureOf(path, raw, first) };
  }
  if (more !== undefined) {
    const at = span(more.range[0], more.range[0]);
    problems.push(diagnostic("splunk/more-documents", "warning", "Only the first document of this file is read.", at));
  }
  return { type: "object", value: map, document, text: reading.text, diagnostics: problems };
}

function readIndented(raw: string) {
  const indented = indentQuotedText(raw);
  if (indented === null) return null;
  const reading = readYaml(indented.text);
  if (reading.diagnostics.length > 0) return null;
  const problem = diagnostic(
    "splunk/quoted-text-not-indented",
    "warning",
    "Quoted text goes on in the first column, where YAML wants it indented; it was read as if it were.",
    span(indented.at, indented.at),
    "Indent the lines of the text, or write it as a block (`|-`).",
  );
  return { documents: reading.documents, diagnostics: [problem], text: indented.text };
}
