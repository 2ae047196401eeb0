import type { Span } from "../kit/span.ts";
import type { Expression, Predicate } from "./expression.ts";

/** What a rule does: stages in the order in which events pass through them. */
export interface Logic {
  readonly stages: readonly Stage[];
}

/** One vocabulary for all languages. Every stage keeps its place in the text and, where it names fields, their raw names. */
export type Stage =
  | SourceStage
  | FilterStage
  | AggregateStage
  | SequenceStage
  | JoinStage
  | UnionStage
  | LookupStage
  | DeriveStage
  | ProjectStage
  | OrderStage
  | ThresholdStage
  | NewTermsStage
  | AnomalyStage
  | OpaqueStage;

/** Where the events come from. */
export interface SourceStage {
  readonly type: "source";
  readonly kind:
    | "logsource"
    | "category"
    | "index"
    | "datamodel"
    | "table"
    | "lookup"
    | "macro"
    | "rule"
    /** A saved function of the platform (Kusto), by name. */
    | "function"
    /** Rows that the query itself spells (`datatable`, `row`, `print`). */
    | "rows"
    /** A file that is fetched when the query runs (`externaldata`), by address. */
    | "external";
  /** Names as written: `Endpoint.Processes`, `logs-endpoint.events.*`, `process_creation`, or ids of rules. */
  readonly names: readonly string[];
  /** Further named parts, for instance Sigma's `product` and `service`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Of events that named rules select: what later stages call their fields → rule → field. */
  readonly aliases?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly span: Span;
}

export interface FilterStage {
  readonly type: "filter";
  readonly expression: Expression;
  readonly span: Span;
  /** What added it from outside the query text: `filter 2`, `threat query`. */
  readonly origin?: string;
}

export interface AggregateStage {
  readonly type: "aggregate";
  readonly functions: readonly Aggregation[];
  readonly by: readonly string[];
  /** Time window as written (`5m`, `bucket _time span=1h`). */
  readonly window?: string;
  /** The clock cuts the windows, side by side (`bin`, `bucket`); otherwise any span of that length is one. */
  readonly aligned?: true;
  readonly span: Span;
}

export interface Aggregation {
  readonly function: string;
  /** The argument as written; null for a bare `count`. */
  readonly field: string | null;
  /** Name of the result, where one is given. */
  readonly as: string | null;
  /** Only rows that meet this are counted (`countif`, `count(eval(…))`, `COUNT(*) WHERE …`). */
  readonly filter?: Expression;
}

/** Several events that belong together. */
export interface SequenceStage {
  readonly type: "sequence";
  /** false for EQL samples and temporal correlations, where any order will do. */
  readonly ordered: boolean;
  readonly by: readonly string[];
  readonly maxspan?: string;
  readonly steps: readonly SequenceStep[];
  readonly until?: SequenceStep;
  readonly span: Span;
}

export interface SequenceStep {
  readonly logic: Logic;
  readonly by: readonly string[];
  /** How often the step must occur in a row; 1 unless said. */
  readonly runs: number;
  /** true: the event must not occur at this place. */
  readonly missing: boolean;
  readonly span: Span;
}

export interface JoinStage {
  readonly type: "join";
  /**
   * inner, left, outer …, as the language names it; `semi` keeps the events that the other side matches, `anti` takes
   * them out. Both also stand for `in (subquery)` and its negation.
   */
  readonly kind: string;
  readonly on: readonly string[];
  readonly logic: Logic;
  readonly span: Span;
}

/**
 * Results of several logics, one after the other (`append`, `union`, `fork`). The main flow is not among them; where no
 * stage stands before, the branches are all there is.
 */
export interface UnionStage {
  readonly type: "union";
  readonly branches: readonly Logic[];
  /** What the branches are called, in their order, where the rule has names for them; null for one without. */
  readonly titles?: readonly (string | null)[];
  readonly span: Span;
}

export interface LookupStage {
  readonly type: "lookup";
  readonly table: string;
  readonly on: readonly string[];
  readonly outputs: readonly string[];
  /** The results are written to the table (`outputlookup`) and go on unchanged; nothing is looked up in it. */
  readonly writes?: true;
  readonly span: Span;
}

/** A new or changed field. */
export interface DeriveStage {
  readonly type: "derive";
  readonly field: string;
  readonly text: string;
  /** Source fields that it reads. */
  readonly fields: readonly string[];
  readonly span: Span;
}

export interface ProjectStage {
  readonly type: "project";
  readonly mode: "keep" | "drop" | "rename";
  /** Fields kept or dropped; for `rename`, `{ from, to }` pairs stand in `renames`. */
  readonly fields: readonly string[];
  readonly renames?: readonly { readonly from: string; readonly to: string }[];
  readonly span: Span;
}

/** Sorting, deduplication and limits: changes which results come first or remain, not which events match. */
export interface OrderStage {
  readonly type: "order";
  readonly kind: "sort" | "limit" | "deduplicate" | "sample";
  readonly by: readonly string[];
  readonly count?: number;
  /** A limit that keeps the last results (`tail`) rather than the first. */
  readonly from?: "end";
  readonly span: Span;
}

export interface ThresholdStage {
  readonly type: "threshold";
  readonly by: readonly string[];
  readonly operator: "lt" | "le" | "gt" | "ge" | "eq";
  readonly count: number;
  /** Distinct values of this field are counted instead of events. */
  readonly distinct?: string;
  readonly window?: string;
  /** As for an aggregation. */
  readonly aligned?: true;
  /** The condition as the query writes it, where it is one on a count that the query made. */
  readonly condition?: Predicate;
  readonly span: Span;
}

export interface NewTermsStage {
  readonly type: "new_terms";
  readonly fields: readonly string[];
  readonly window: string;
  readonly span: Span;
}

export interface AnomalyStage {
  readonly type: "anomaly";
  readonly jobs: readonly string[];
  readonly threshold: number | null;
  readonly span: Span;
}

/** A stage that is kept as text. */
export interface OpaqueStage {
  readonly type: "opaque";
  readonly text: string;
  readonly reason: string;
  readonly span: Span;
}
