import { diagnostic } from "../../kit/diagnostic.ts";
import { span } from "../../kit/span.ts";
import { readYaml } from "../../kit/yaml.ts";
import type { ReadFailure } from "../corpus.ts";
import { type YamlObject, yamlObject } from "../yaml-object.ts";
import { indentQuotedText } from "./quoted-text.ts";

const codes = { notAMap: "splunk/not-a-map", moreDocuments: "splunk/more-documents" } as const;

/** The map that a file of the collection holds: one detection, macro, lookup or story. */
export function readYamlObject(path: string, raw: string): YamlObject | { type: "failure"; failure: ReadFailure } {
  const asWritten = readYaml(raw);
  const mended = asWritten.diagnostics.length === 0 ? null : readIndented(raw);
  return yamlObject(path, raw, mended ?? { ...asWritten, text: raw }, codes);
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
