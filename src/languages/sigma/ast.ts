import type { Span } from "../../kit/span.ts";

/** What YAML can hold, as plain data. */
export type Json = string | number | boolean | null | readonly Json[] | JsonMap;

export interface JsonMap {
  readonly [key: string]: Json;
}

/** A rule file: the documents of one YAML stream. Empty documents are left out. */
export interface SigmaAst {
  readonly type: "sigma";
  readonly documents: readonly SigmaDocument[];
}

export type SigmaDocument = SigmaRule | SigmaCorrelation | SigmaFilter | SigmaUnknown;

/** A detection rule, or with an `action` one part of a legacy multi-document rule. */
export interface SigmaRule {
  readonly type: "rule";
  /**
   * Sigma before 2.0: `global` is merged into every following document, `reset` ends that, and `repeat` starts from
   * the document before. null for a rule that stands alone.
   */
  readonly action: "global" | "reset" | "repeat" | null;
  /** Every top-level key that has no place of its own here. */
  readonly metadata: JsonMap;
  readonly logsource: SigmaLogSource | null;
  readonly detection: SigmaDetection | null;
  readonly span: Span;
}

export interface SigmaLogSource {
  readonly type: "logsource";
  readonly entries: JsonMap;
  readonly span: Span;
}

export interface SigmaDetection {
  readonly type: "detection";
  readonly identifiers: readonly SigmaIdentifier[];
  /** Several conditions are several ways to fire; empty where the document has none of its own. */
  readonly conditions: readonly SigmaCondition[];
  /** Window of a legacy aggregation, as written. */
  readonly timeframe: string | null;
  readonly span: Span;
}

/** A named part of the detection, which the condition refers to. */
export interface SigmaIdentifier {
  readonly type: "identifier";
  readonly name: string;
  readonly search: SigmaSearch;
  readonly span: Span;
}

export type SigmaSearch = SigmaMap | SigmaList | SigmaValue;

/** All items must hold. */
export interface SigmaMap {
  readonly type: "map";
  readonly items: readonly SigmaItem[];
  readonly span: Span;
}

/** One entry must hold; a value among them is a keyword that is looked for in the whole event. */
export interface SigmaList {
  readonly type: "list";
  readonly entries: readonly SigmaSearch[];
  readonly span: Span;
}

export interface SigmaItem {
  readonly type: "item";
  /** null: keywords, matched against the whole event (`'|all': […]`). */
  readonly field: string | null;
  readonly modifiers: readonly string[];
  readonly values: readonly SigmaValue[];
  /** Was the value written as a list? */
  readonly list: boolean;
  readonly span: Span;
}

/** `text` is the scalar as YAML decodes it, Sigma's own escapes still in it. */
export type SigmaValue =
  | { readonly type: "string"; readonly text: string; readonly span: Span }
  | { readonly type: "number"; readonly value: number; readonly text: string; readonly span: Span }
  | { readonly type: "boolean"; readonly value: boolean; readonly text: string; readonly span: Span }
  | { readonly type: "null"; readonly span: Span }
  | SigmaFault;

/** Something that has no meaning at this place, kept as data. */
export interface SigmaFault {
  readonly type: "fault";
  readonly content: Json;
  readonly span: Span;
}

export interface SigmaCondition {
  readonly type: "condition";
  readonly expression: ConditionExpression;
  readonly aggregation: SigmaAggregation | null;
  readonly span: Span;
}

export type ConditionExpression =
  | ConditionJunction
  | { readonly type: "not"; readonly operand: ConditionExpression; readonly span: Span }
  | { readonly type: "reference"; readonly name: string; readonly span: Span }
  | ConditionQuantified
  | { readonly type: "fault"; readonly content: string; readonly span: Span };

export interface ConditionJunction {
  readonly type: "and" | "or";
  readonly operands: readonly ConditionExpression[];
  readonly span: Span;
}

/** `1 of selection_*`, `all of them`. */
export interface ConditionQuantified {
  readonly type: "of";
  readonly quantity: number | "all" | "any";
  /** `them`, a name, or a pattern in which `*` stands for any run of characters. */
  readonly target: string;
  readonly span: Span;
}

/** What followed the pipe of a condition before correlation rules took its place. */
export type SigmaAggregation = SigmaCount | SigmaNear;

export interface SigmaCount {
  readonly type: "count";
  readonly function: "count" | "sum" | "min" | "max" | "avg";
  readonly field: string | null;
  readonly by: string | null;
  readonly operator: Comparison;
  readonly value: number;
  readonly span: Span;
}

export interface SigmaNear {
  readonly type: "near";
  readonly expression: ConditionExpression;
  readonly span: Span;
}

/** Names of Sigma correlation conditions. */
export type Comparison = "lt" | "lte" | "gt" | "gte" | "eq" | "neq";

/** A rule over the matches of other rules. */
export interface SigmaCorrelation {
  readonly type: "correlation";
  readonly metadata: JsonMap;
  /** `event_count`, `temporal` … as written. */
  readonly kind: string;
  /** Ids or names. */
  readonly rules: readonly SigmaName[];
  readonly aliases: readonly SigmaAlias[];
  readonly groupBy: readonly SigmaName[];
  readonly timespan: string | null;
  readonly condition: SigmaCriteria | SigmaCondition | SigmaFault | null;
  /** Keys of the correlation that the specification does not know. */
  readonly further: JsonMap;
  readonly span: Span;
}

export interface SigmaName {
  readonly type: "name";
  readonly name: string;
  readonly span: Span;
}

export interface SigmaAlias {
  readonly type: "alias";
  readonly name: string;
  readonly fields: readonly { readonly rule: string; readonly field: string }[];
  readonly span: Span;
}

/** All comparisons must hold: a range has two. */
export interface SigmaCriteria {
  readonly type: "criteria";
  readonly fields: readonly string[];
  readonly comparisons: readonly { readonly operator: Comparison; readonly value: number }[];
  /** Which percentile `value_percentile` takes, where the rule says it. */
  readonly percentile: number | null;
  readonly span: Span;
}

/** A condition that is added to other rules. */
export interface SigmaFilter {
  readonly type: "filter";
  readonly metadata: JsonMap;
  readonly logsource: SigmaLogSource | null;
  readonly rules: readonly SigmaName[];
  readonly detection: SigmaDetection;
  readonly span: Span;
}

/** A document that is none of these. */
export interface SigmaUnknown {
  readonly type: "unknown";
  readonly content: Json;
  readonly span: Span;
}
