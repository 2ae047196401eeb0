import type { Span } from "../../kit/span.ts";
import type { PatternToken } from "../../rule/expression.ts";

/** A whole query, or what stands in one pair of brackets. It has no clause where the text is empty. */
export interface LuceneQuery {
  readonly type: "query";
  readonly clauses: readonly Clause[];
  readonly span: Span;
}

/** One part of a query with what stands before it. Lucene keeps clauses in a row; operators do not nest them. */
export interface Clause {
  readonly type: "clause";
  readonly conjunction: "AND" | "OR" | null;
  readonly modifier: "+" | "NOT" | null;
  readonly node: LuceneNode;
  readonly span: Span;
}

export type LuceneNode = FieldClause | LuceneValue;

/** What can stand after `field:`, or alone: then the default fields are searched. */
export type LuceneValue = Term | Phrase | Regex | Range | Group | Fault;

/** `field:value`; inside a group after a field, another field takes over. */
export interface FieldClause {
  readonly type: "field";
  readonly name: FieldName;
  readonly value: LuceneValue;
  readonly span: Span;
}

export interface FieldName {
  /** As written, with escapes. */
  readonly text: string;
  /** Without escapes; a `*` in it is a wildcard over names. */
  readonly name: string;
  readonly span: Span;
}

/** One word, or several words in a row without a field or an operator, which Lucene analyses together. */
export interface Term {
  readonly type: "term";
  /** As written, with escapes. */
  readonly text: string;
  readonly tokens: readonly PatternToken[];
  /** `~`, `~1` as written; null without. */
  readonly fuzzy: string | null;
  /** The number after `^` as written; changes scores, and not what matches. */
  readonly boost: string | null;
  readonly span: Span;
}

/** `"several words"`: nothing in it is a wildcard. */
export interface Phrase {
  readonly type: "phrase";
  /** As written, with quotes. */
  readonly text: string;
  readonly value: string;
  /** `~2` as written: how far the words may stand apart. */
  readonly slop: string | null;
  readonly boost: string | null;
  readonly span: Span;
}

/** `/expression/`, which must match the whole value. */
export interface Regex {
  readonly type: "regex";
  readonly text: string;
  readonly pattern: string;
  readonly fuzzy: string | null;
  readonly boost: string | null;
  readonly span: Span;
}

/** `[low TO high]`; a curly bracket leaves its bound out. */
export interface Range {
  readonly type: "range";
  readonly low: Bound;
  readonly high: Bound;
  readonly boost: string | null;
  readonly span: Span;
}

export interface Bound {
  /** As written. */
  readonly text: string;
  /** null: no bound on this side. */
  readonly value: string | null;
  readonly quoted: boolean;
  readonly inclusive: boolean;
  readonly span: Span;
}

export interface Group {
  readonly type: "group";
  readonly query: LuceneQuery;
  /** false where the text ends before the closing bracket. */
  readonly closed: boolean;
  readonly boost: string | null;
  readonly span: Span;
}

/** What was not understood, as it stands in the text; empty where something is missing. */
export interface Fault {
  readonly type: "error";
  readonly text: string;
  readonly span: Span;
}
