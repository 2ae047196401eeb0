import { type Document, isMap } from "yaml";
import { collectDiagnostics, diagnostic, hasErrors } from "../../kit/diagnostic.ts";
import { type Span, span } from "../../kit/span.ts";
import { readYaml } from "../../kit/yaml.ts";
import type { ParseResult } from "../language.ts";
import type { SigmaAst, SigmaDetection, SigmaDocument, SigmaFilter, SigmaLogSource, SigmaRule } from "./ast.ts";
import { checkReferences } from "./check.ts";
import { readCorrelation, readNames } from "./correlation.ts";
import { readDetection } from "./detection.ts";
import { effectiveDocument } from "./merge.ts";
import {
  type Entry,
  entriesOf,
  entryInside,
  jsonMap,
  jsonOf,
  type NodeReader,
  nodeSpan,
  openNodes,
  reportDuplicates,
} from "./nodes.ts";

/** Parses a whole rule file: one or more YAML documents. Never throws. */
export function parse(text: string): ParseResult<SigmaAst> {
  const yaml = readYaml(text);
  const problems = collectDiagnostics("sigma");
  for (const one of yaml.diagnostics) problems.add(one);
  const readers: NodeReader[] = [];
  const documents = yaml.documents.map((document) => {
    const reader = openNodes(text, document, problems);
    readers.push(reader);
    return readDocument(reader, document);
  });
  if (documents.length === 0 && yaml.diagnostics.length === 0) {
    problems.add(diagnostic("sigma/not-a-rule", "error", expectation, span(0, text.length)));
  }
  const ast: SigmaAst = { type: "sigma", documents };
  const broken = hasErrors(yaml.diagnostics);
  documents.forEach((document, index) => {
    const reader = readers[index];
    if (reader !== undefined) checkDocument(reader, ast, index, document, broken);
  });
  return { ast, diagnostics: problems.all() };
}

const expectation = "Expected a rule: a map with title, logsource and detection.";

/** Top-level keys that have a place of their own in a document, by type of document. */
const ownKeys = {
  rule: new Set(["action", "logsource", "detection"]),
  correlation: new Set(["correlation"]),
  filter: new Set(["logsource", "filter"]),
} as const;

function readDocument(reader: NodeReader, document: Document.Parsed): SigmaDocument {
  const at = documentSpan(reader, document);
  const root = reader.resolve(document.contents);
  if (!isMap(root)) {
    reader.report("sigma/not-a-rule", "error", expectation, at);
    return { type: "unknown", content: jsonOf(reader, document.contents), span: at };
  }
  const entries = entriesOf(reader, root).map((entry) => entryInside(at, entry));
  reportDuplicates(reader, entries);
  const correlation = mapAt(reader, entries, "correlation");
  if (correlation !== null) {
    return readCorrelation(reader, correlation.entries, metadataOf(reader, entries, "correlation"), at);
  }
  const filter = mapAt(reader, entries, "filter");
  if (filter !== null) return readFilter(reader, entries, filter.entries, filter.span, at);
  return readRule(reader, entries, at);
}

function readFilter(
  reader: NodeReader,
  entries: readonly Entry[],
  inner: readonly Entry[],
  place: Span,
  at: Span,
): SigmaFilter {
  const rules = readNames(
    reader,
    inner.findLast((entry) => entry.key === "rules"),
  );
  return {
    type: "filter",
    metadata: metadataOf(reader, entries, "filter"),
    logsource: readLogSource(reader, entries),
    rules,
    detection: readDetection(reader, inner, place, ["rules"]),
    span: at,
  };
}

function readRule(reader: NodeReader, entries: readonly Entry[], at: Span): SigmaDocument {
  const action = readAction(reader, entries);
  const logsource = readLogSource(reader, entries);
  const detection = mapAt(reader, entries, "detection");
  if (action === null && logsource === null && detection === null) {
    reader.report("sigma/not-a-rule", "error", expectation, at);
    return { type: "unknown", content: jsonMap(reader, entries), span: at };
  }
  const read: SigmaDetection | null =
    detection === null ? null : readDetection(reader, detection.entries, detection.span);
  return { type: "rule", action, metadata: metadataOf(reader, entries, "rule"), logsource, detection: read, span: at };
}

function readAction(reader: NodeReader, entries: readonly Entry[]): SigmaRule["action"] {
  const entry = entries.findLast((one) => one.key === "action");
  if (entry === undefined) return null;
  const action = jsonOf(reader, entry.value);
  if (action === "global" || action === "reset" || action === "repeat") return action;
  reader.report("sigma/action", "error", "Expected global, reset or repeat as action.", entry.span);
  return null;
}

function readLogSource(reader: NodeReader, entries: readonly Entry[]): SigmaLogSource | null {
  const found = mapAt(reader, entries, "logsource");
  return found === null ? null : { type: "logsource", entries: jsonMap(reader, found.entries), span: found.span };
}

function metadataOf(reader: NodeReader, entries: readonly Entry[], type: keyof typeof ownKeys) {
  return jsonMap(
    reader,
    entries.filter((entry) => !ownKeys[type].has(entry.key)),
  );
}

/** The map below a top-level key; what else stands there is reported. */
function mapAt(
  reader: NodeReader,
  entries: readonly Entry[],
  key: string,
): { readonly entries: readonly Entry[]; readonly span: Span } | null {
  const entry = entries.findLast((one) => one.key === key);
  if (entry === undefined) return null;
  const node = reader.resolve(entry.value);
  if (isMap(node)) {
    return { entries: entriesOf(reader, node).map((one) => entryInside(entry.span, one)), span: entry.span };
  }
  reader.report("sigma/not-a-map", "error", `Expected a map below "${key}".`, entry.span);
  return null;
}

function documentSpan(reader: NodeReader, document: Document.Parsed): Span {
  const [start, , end] = document.range;
  const contents = nodeSpan(reader.text, document.contents);
  return span(Math.min(start, contents.start), Math.min(reader.text.length, Math.max(end, contents.end)));
}

/** What can only be said of a rule as a whole, once the documents before it are merged in. */
function checkDocument(
  reader: NodeReader,
  ast: SigmaAst,
  index: number,
  document: SigmaDocument,
  broken: boolean,
): void {
  if (document.type === "filter") {
    checkConditions(reader, document.detection);
    if (document.rules.length === 0)
      reader.report("sigma/no-rules", "warning", "Expected the rules that this filter is for.", document.span);
  }
  if (document.type !== "rule" || document.action === "global" || document.action === "reset" || broken) return;
  const rule = effectiveDocument(ast, index);
  if (rule.type !== "rule") return;
  if (rule.logsource === null) reader.report("sigma/no-logsource", "warning", "Expected a logsource.", document.span);
  if (rule.detection === null) reader.report("sigma/no-detection", "error", "Expected a detection.", document.span);
  else checkConditions(reader, rule.detection);
}

function checkConditions(reader: NodeReader, detection: SigmaDetection): void {
  if (detection.conditions.length === 0) {
    reader.report("sigma/no-condition", "error", "Expected a condition below the detection.", detection.span);
  }
  checkReferences(reader, detection);
}
