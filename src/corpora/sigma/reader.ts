import { type Diagnostic, diagnostic } from "../../kit/diagnostic.ts";
import { lineStarts, positionAt, span } from "../../kit/span.ts";
import type { ParseResult } from "../../languages/language.ts";
import {
  effectiveDocument,
  parse,
  print,
  ruleIndexes,
  type SigmaAst,
  type SigmaDocument,
} from "../../languages/sigma/index.ts";
import type { RuleQuery } from "../../rule/document.ts";
import type { CorpusItem, CorpusReader } from "../corpus.ts";
import { listFiles } from "../files.ts";
import { githubFile } from "../github.ts";
import { readingOf } from "../reading.ts";
import { textOf } from "../untyped.ts";
import { metadataOf } from "./document.ts";

const repository = "https://github.com/SigmaHQ/sigma";

/** Folders of the collection that hold rules. */
const folders = [
  "rules",
  "rules-emerging-threats",
  "rules-threat-hunting",
  "rules-compliance",
  "rules-dfir",
  "rules-placeholder",
  "deprecated",
  "unsupported",
] as const;

/** The rules of SigmaHQ. */
export const sigmaReader: CorpusReader = {
  id: "sigma",
  name: "Sigma",
  repository,
  fileUrl: githubFile(repository),
  licence: "DRL-1.1",
  read: (folder) => {
    const paths = folders.flatMap((under) => listFiles(folder, under, [".yml", ".yaml"]));
    return readingOf(folder, paths, readSigmaFile);
  },
};

/** The rules of one file, wherever it stands; a part that is no rule is a failure. */
export function readSigmaFile(path: string, text: string): readonly CorpusItem[] {
  const parsed = parse(text);
  const { ast } = parsed;
  const unknown = ast.documents.filter((one) => one.type === "unknown");
  const rules = ruleIndexes(ast);
  if (rules.length === 0 && unknown.length === 0) return [notARule(path, text, parsed.diagnostics, 0)];
  const inherited = new Set<string>();
  return [
    ...rules.map((index) => readDocument(path, text, parsed, index, inherited)),
    ...unknown.map((one) => notARule(path, text, parsed.diagnostics, one.span.start)),
  ];
}

function notARule(path: string, text: string, diagnostics: readonly Diagnostic[], offset: number): CorpusItem {
  const cause = diagnostics.find((one) => one.severity === "error");
  const line = positionAt(lineStarts(text), cause?.span.start ?? offset).line;
  const code = cause?.code ?? "sigma/not-a-rule";
  const message = cause?.message ?? "Expected a rule: a map with title, logsource and detection.";
  return { type: "failure", failure: { path, line, code, message } };
}

function readDocument(
  path: string,
  text: string,
  parsed: ParseResult<SigmaAst>,
  index: number,
  inherited: Set<string>,
): CorpusItem {
  const document = effectiveDocument(parsed.ast, index);
  if (document.type === "unknown") return notARule(path, text, parsed.diagnostics, document.span.start);
  const id = idOf(parsed.ast.documents[index], document, inherited);
  const start = document.span.start;
  const missing = diagnostic(
    "sigma/missing-id",
    "warning",
    "Expected an id of its own; the path of the file stands for it.",
    span(start, start),
    "Give the rule a random UUID as id.",
  );
  return {
    type: "rule",
    rule: {
      ...metadataOf(path, document),
      id: id ?? `${path}#${index + 1}`,
      raw: text,
      queries: [queryOf(text, parsed, document)],
      diagnostics: id === null ? [missing] : [],
    },
  };
}

/** The id that a document says; one that comes from a global document counts for the first rule that it is merged into. */
function idOf(
  own: SigmaDocument | undefined,
  effective: Exclude<SigmaDocument, { type: "unknown" }>,
  inherited: Set<string>,
): string | null {
  const id = textOf(effective.metadata.id).trim();
  if (id === "") return null;
  if (own !== undefined && own.type !== "unknown" && textOf(own.metadata.id).trim() === id) return id;
  if (inherited.has(id)) return null;
  inherited.add(id);
  return id;
}

/** A file with one rule is its own query. A rule among several is its part of the file, or the text that merging makes. */
function queryOf(text: string, parsed: ParseResult<SigmaAst>, document: SigmaDocument): RuleQuery {
  const { documents } = parsed.ast;
  if (documents.length === 1) return { role: "main", language: "sigma", text, offset: 0, line: 1, parsed };
  const { start, end } = document.span;
  const merged = !documents.includes(document);
  const part = merged ? print({ type: "sigma", documents: [document] }) : text.slice(start, end);
  const line = positionAt(lineStarts(text), start).line;
  return { role: "main", language: "sigma", text: part, offset: merged ? null : start, line, parsed: parse(part) };
}
