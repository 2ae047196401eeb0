import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  visit,
  type YAMLMap,
} from "yaml";
import { type Diagnostic, type DiagnosticList, diagnostic, type Severity } from "../../kit/diagnostic.ts";
import { type Span, shift, span } from "../../kit/span.ts";
import type { Json, JsonMap } from "./ast.ts";
import { clip } from "./condition-reader.ts";

/** Nodes that aliases may bring in for one document, and levels of plain data: what lies beyond is left out, with an error. */
const caps = { aliased: 10_000, levels: 40 } as const;

/** Reads the nodes of one YAML document. */
export interface NodeReader {
  readonly text: string;
  readonly report: (code: string, severity: Severity, message: string, at: Span, hint?: string) => void;
  readonly reportAll: (found: readonly Diagnostic[]) => void;
  /** The node that an alias stands for; null for what is missing or beyond the caps. */
  readonly resolve: (node: unknown) => Node | null;
}

export function openNodes(text: string, document: Document.Parsed, problems: DiagnosticList): NodeReader {
  let targets: ReadonlyMap<Alias, Node> | null = null;
  let aliased = 0;
  const missing = new Set<Alias>();
  const report: NodeReader["report"] = (code, severity, message, at, hint) =>
    problems.add(diagnostic(code, severity, message, at, hint));
  return {
    text,
    report,
    reportAll: (found) => {
      for (const one of found) problems.add(one);
    },
    resolve: (node) => {
      if (!isAlias(node)) return isNode(node) ? node : null;
      targets ??= aliasTargets(document);
      const target = targets.get(node) ?? null;
      if (target === null) {
        if (!missing.has(node)) {
          report("yaml/alias", "error", `No anchor is called "${clip(node.source)}".`, nodeSpan(text, node));
        }
        missing.add(node);
        return null;
      }
      aliased += weight(target, caps.aliased);
      if (aliased <= caps.aliased) return target;
      report("yaml/aliases", "error", "Aliases of this document expand beyond measure.", nodeSpan(text, node));
      return null;
    },
  };
}

/** One walk for all aliases: an alias means the last node before it that bears its name. */
function aliasTargets(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Number of nodes below a node, counted no further than `most`. */
function weight(node: Node, most: number): number {
  let count = 0;
  visit(node, {
    Node: () => {
      count++;
      return count > most ? visit.BREAK : undefined;
    },
  });
  return count;
}

/** The text of a node without the white space after it. */
export function nodeSpan(text: string, node: unknown): Span {
  const range = isNode(node) ? node.range : null;
  return range === null || range === undefined ? span(0, 0) : tight(text, range[0], range[1]);
}

function tight(text: string, start: number, end: number): Span {
  let last = end;
  while (last > start && text.charAt(last - 1).trim() === "") last--;
  return span(start, last);
}

/** `at` where it lies within `outer`: nodes behind an alias stand elsewhere, and count as standing at the alias. */
export function inside(outer: Span, at: Span): Span {
  return at.start >= outer.start && at.end <= outer.end ? at : outer;
}

/** An entry whose places lie within `outer`. */
export function entryInside(outer: Span, entry: Entry): Entry {
  const at = inside(outer, entry.span);
  return at === entry.span ? entry : { ...entry, keySpan: inside(at, entry.keySpan), span: at };
}

/** A key with its value, in the order of the text. */
export interface Entry {
  readonly key: string;
  /** null where nothing stands behind the colon. */
  readonly value: unknown;
  readonly keySpan: Span;
  /** From the key to the end of the value. */
  readonly span: Span;
}

/** The entries of a mapping; a merge key (`<<`) brings in those of its map. */
export function entriesOf(reader: NodeReader, map: YAMLMap, level = 0): readonly Entry[] {
  return map.items.flatMap((pair): readonly Entry[] => {
    const keySpan = nodeSpan(reader.text, pair.key);
    const valueSpan = isNode(pair.value) ? nodeSpan(reader.text, pair.value) : keySpan;
    const at = span(Math.min(keySpan.start, valueSpan.start), Math.max(keySpan.end, valueSpan.end));
    const key = keyText(reader, pair.key);
    const merged = key === "<<" && isAlias(pair.value) && level < 8 ? reader.resolve(pair.value) : null;
    if (isMap(merged))
      return entriesOf(reader, merged, level + 1).map((entry) => ({ ...entry, keySpan: at, span: at }));
    return [{ key, value: pair.value, keySpan, span: at }];
  });
}

function keyText(reader: NodeReader, key: unknown): string {
  const node = reader.resolve(key);
  if (isScalar(node)) return scalarText(node);
  // Its text stands for a key that is itself a list or map: spelled as data, nested keys would double at every level.
  const at = nodeSpan(reader.text, key);
  reader.report("sigma/complex-key", "error", "Expected a text as key.", at);
  return reader.text.slice(at.start, at.end);
}

/** A scalar as YAML decodes it, before it is taken for a number or a truth value. */
export function scalarText(scalar: Scalar): string {
  return scalar.source ?? String(scalar.value ?? "");
}

/** The plain data of a node. Numbers that JSON lacks stay text. */
export function jsonOf(reader: NodeReader, node: unknown, level = 0): Json {
  const target = reader.resolve(node);
  if (target === null) return null;
  if (isScalar(target)) return scalarJson(target);
  if (level >= caps.levels) {
    reader.report("sigma/too-deep", "error", `Plain data may nest ${caps.levels} levels.`, nodeSpan(reader.text, node));
    return null;
  }
  if (isSeq(target)) return target.items.map((item) => jsonOf(reader, item, level + 1));
  if (isMap(target)) return jsonMap(reader, entriesOf(reader, target), level);
  return null;
}

export function jsonMap(reader: NodeReader, entries: readonly Entry[], level = 0): JsonMap {
  return Object.fromEntries(entries.map((entry) => [entry.key, jsonOf(reader, entry.value, level + 1)]));
}

function scalarJson(scalar: Scalar): Json {
  const { value } = scalar;
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value) && !Object.is(value, -0)) return value;
  return scalarText(scalar);
}

/** Says which keys stand twice: YAML readers keep one of them, and not all the same one. */
export function reportDuplicates(reader: NodeReader, entries: readonly Entry[]): void {
  const seen = new Set<string>();
  for (const { key, keySpan } of entries) {
    if (seen.has(key)) {
      reader.report("sigma/duplicate-key", "warning", `The key "${clip(key)}" stands twice in one map.`, keySpan);
    }
    seen.add(key);
  }
}

/** Where a span inside a scalar's value stands in the text; the whole scalar where folding or escapes moved it. */
export function scalarPlace(text: string, scalar: Scalar): (at: Span) => Span {
  const whole = nodeSpan(text, scalar);
  const value = scalarText(scalar);
  for (const margin of [0, 1]) {
    const start = whole.start + margin;
    if (text.startsWith(value, start) && start + value.length === whole.end - margin) return (at) => shift(at, start);
  }
  return () => whole;
}
