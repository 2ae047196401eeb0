import type { Diagnostic } from "../kit/diagnostic.ts";
import type { Stage } from "./logic.ts";

/** Ids of the corpora that hold rules. */
export type CorpusId = string;

/** Ids under which `src/languages/registry.ts` knows a language, and names of those it does not know yet. */
export type LanguageId = string;

/** One detection, hunt or analytic as its corpus has it: metadata read, query text not parsed yet. */
export interface RuleDocument {
  readonly corpus: CorpusId;
  /** The upstream's id; a stable one made from the path where the upstream gives none. Unique within the corpus. */
  readonly id: string;
  /** Path below the corpus folder, `/` as separator. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly kind: RuleKind;
  /** As the upstream says it: `test`, `production`, `experimental` … */
  readonly status: string;
  /** Deprecated and unsupported rules are kept, and counted apart. */
  readonly lifecycle: "active" | "deprecated" | "unsupported";
  readonly severity: Severity | null;
  readonly riskScore: number | null;
  readonly authors: readonly string[];
  readonly licence: string;
  /** ISO dates, `YYYY-MM-DD`. */
  readonly created: string | null;
  readonly modified: string | null;
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  /** Upstream tags as written. */
  readonly tags: readonly string[];
  readonly attack: readonly AttackTag[];
  readonly cves: readonly string[];
  readonly related: readonly RelatedRule[];
  /** Links to emulations: Atomic Red Team tests by GUID. */
  readonly simulations: readonly { readonly technique: string; readonly test: string }[];
  /** Where the rule's events come from, in the upstream's words. */
  readonly logSources: readonly LogSource[];
  readonly outputFields: readonly string[];
  /** Markdown sections as written: investigation guide, setup, how to implement. */
  readonly sections: readonly { readonly title: string; readonly markdown: string }[];
  /** How far back each run of the rule looks, as written (`now-9m`): all that it counts is from this time. */
  readonly lookBack?: string;
  /** Remaining facts worth showing, label → value. */
  readonly facts: Readonly<Record<string, string>>;
  /** The file as it stands (for a file with several rules, the whole file). */
  readonly raw: string;
  /** No query: a machine-learning job or an empty search. Reported as query-less, never as failed. */
  readonly queryless: boolean;
  readonly queries: readonly RuleQuery[];
  /** Stages that the metadata says, which follow those of the query: thresholds, new terms, anomaly. */
  readonly stages: readonly Stage[];
  readonly diagnostics: readonly Diagnostic[];
}

export type RuleKind = "rule" | "building_block" | "hunt" | "correlation" | "filter";

export type Severity = "informational" | "low" | "medium" | "high" | "critical";

/** A tactic or technique as the rule tags it: `T1133`, `TA0001`, or a tactic's short name; folding to a version comes later. */
export interface AttackTag {
  readonly kind: "tactic" | "technique" | "group" | "software" | "other";
  /** Upper-case id where the tag has one (`T1059.001`), otherwise the short name with dashes (`initial-access`). */
  readonly id: string;
  /** The tag as written. */
  readonly written: string;
}

export interface RelatedRule {
  /** derived, obsolete, merged, renamed, similar … */
  readonly kind: string;
  readonly id: string;
}

export interface LogSource {
  /** `logsource`, `index`, `integration`, `data_source`, `event_category` … */
  readonly kind: string;
  readonly name: string;
  /** Short facts that the corpus itself gives of this source, label → value: `source`, `sourcetype`, `separator` … */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface RuleQuery {
  /** main: the logic. filter: narrows the main query (Elastic rule filters). threat: the indicator side of a threat match. */
  readonly role: "main" | "filter" | "threat";
  readonly language: LanguageId;
  readonly text: string;
  /** What the upstream calls this query among several of a rule: `Defender XDR`, `Sentinel`. */
  readonly title?: string;
  /** Where `text` begins in `raw`; null where it does not stand there letter for letter (escapes, folded YAML). */
  readonly offset: number | null;
  /** 1-based line of `raw` at which the query begins. */
  readonly line: number;
  /** A filter that takes out what it matches. */
  readonly negate?: boolean;
  /** Fields on which the indicator side of a threat match is joined: `event field = indicator field`. */
  readonly on?: readonly string[];
  /**
   * The language's own parse result, where the reader had to parse to find the metadata, so that nothing is read twice.
   * Must be what `parse(text)` of that language returns.
   */
  readonly parsed?: unknown;
}
