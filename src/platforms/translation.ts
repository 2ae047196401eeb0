/** What becomes of one part of a rule's logic on a platform. */
export type Verdict = "exact" | "approximated" | "lost";

/** Why a part is not said exactly: a code that can be counted, and a sentence that stands by itself. */
export interface Remark {
  readonly code: RemarkCode;
  readonly why: string;
}

export type RemarkCode =
  /** The platform holds no log that the rule reads. */
  | "no-log-source"
  /** It cannot be told which log the rule reads. */
  | "unknown-log-source"
  /** The log is not quite the one that the rule reads. */
  | "other-log"
  /** No name for a field. */
  | "no-field"
  /** A name that the vocabulary does not list was made by the platform's own scheme. */
  | "unlisted-field"
  /** The platform has no such field: its user must supply it under the name that the query has. */
  | "supplied-field"
  /** Another form of the same thing is asked: the base name instead of the path. */
  | "other-form"
  /** The rule works the value out itself. */
  | "computed-value"
  /** A list that the user's own environment supplies. */
  | "placeholder"
  /** What the rule does was not understood. */
  | "not-understood"
  /** A regular expression that the platform's dialect does not have. */
  | "regex"
  | "letter-case"
  | "missing-field"
  | "several-values"
  | "keyword"
  | "words"
  | "operator"
  | "encoding"
  | "value-type"
  | "length"
  | "grouping"
  | "window"
  | "sequence"
  | "threshold"
  | "new-terms"
  | "join"
  | "lookup"
  | "machine-learning"
  | "no-query"
  | "everything";

/** One part of the logic: what it says, in the rule's own words, and what became of it. */
export interface ReportPart {
  readonly part: string;
  readonly verdict: Verdict;
  readonly code: RemarkCode | null;
  /** One sentence; '' where the part is said exactly and nothing is to be known. */
  readonly why: string;
}

/** A rule's field under the name that the query has for it. */
export interface FieldNaming {
  /** The name in the rule. */
  readonly raw: string;
  readonly canonical: string | null;
  readonly name: string;
}

export interface Translation {
  readonly platform: string;
  /** null where the rule cannot be expressed. */
  readonly query: string | null;
  readonly verdict: "exact" | "approximated" | "not-expressible";
  /** Parts that were lost were left out, on the caller's word, and the query finds more than the rule. */
  readonly broader: boolean;
  readonly report: readonly ReportPart[];
  /** Ids of the log sources that the query reads. */
  readonly logSources: readonly string[];
  readonly fields: readonly FieldNaming[];
}
