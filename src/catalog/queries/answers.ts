import type { Diagnostic } from "../../kit/diagnostic.ts";
import type { AttackObject, DetectionStrategy } from "../../rule/attack.ts";
import type { RuleDocument } from "../../rule/document.ts";
import type { Operator } from "../../rule/expression.ts";
import type { Logic } from "../../rule/logic.ts";

import type { Piece } from "../../vocabulary/exclusion.ts";

import type { ProofAnswer, TechniqueTest, TestLine } from "./test-answers.ts";

/** One line about a rule, as lists show it. `id` is `<corpus>:<upstream id>`. */
export interface RuleLine {
  readonly id: string;
  readonly corpus: string;
  readonly slug: string;
  readonly path: string;
  readonly title: string;
  readonly language: string;
  readonly kind: string;
  readonly status: string;
  readonly lifecycle: string;
  readonly severity: string | null;
  readonly outcome: string;
}

export interface PredicateAnswer {
  /** The source field in the rule's own schema; null for a keyword. */
  readonly field: string | null;
  readonly canonical: string | null;
  /** What the canonical field is, in words: `Process image, base name`. */
  readonly title: string | null;
  /** The table that says so: `Splunk CIM: Endpoint.Processes`. */
  readonly namedBy: string | null;
  /** How the query wrote it, where that differs. */
  readonly written: string | null;
  readonly operator: Operator;
  readonly values: readonly string[];
  readonly normal: readonly string[];
  readonly quantifier: "any" | "all";
  readonly caseSensitive: boolean;
  readonly negated: boolean;
  readonly exclusionGroup: number | null;
  readonly derived: boolean;
  /** Chooses the log or the event (data set, category) rather than filtering on what the event says. */
  readonly selects: boolean;
  /** What is done to a value before it is compared, in order: `wide`, `base64offset`, `windash` … */
  readonly encoding: readonly string[];
  readonly origin: string | null;
}

export interface CountedFields {
  /** Id of the facet; of a field without other forms, of the field; `(any field)` for keywords. */
  readonly facet: string;
  readonly title: string;
  /** Rules that filter on it, each once. */
  readonly rules: number;
  /** Operator → rules that use it here. */
  readonly operators: Readonly<Record<string, number>>;
  /** Names by which the rules call it. */
  readonly forms: readonly string[];
  /** The fields among its forms that the rules filter on. */
  readonly fields: readonly { readonly field: string; readonly form: string | null; readonly rules: number }[];
  readonly samples: readonly string[];
}

export interface IndicatorAnswer {
  /** The same from build to build. */
  readonly id: string;
  /** In the common vocabulary; of a raw name that no table maps, `<schema>:<name>`; null for a keyword. */
  readonly field: string | null;
  readonly facet: string | null;
  readonly operator: Operator;
  readonly value: string;
  /** Active rules of this page that look for it. */
  readonly rulesHere: number;
  /** Active rules of the whole catalog that look for it. */
  readonly reach: number;
  /** Active rules of the whole catalog that exclude it. */
  readonly excludedBy: number;
  /** Corpus → rules of the whole catalog that look for it. */
  readonly vendors: Readonly<Record<string, number>>;
  /** Techniques of the same family whose rules look for it, too, where that was asked for. */
  readonly family?: readonly Pick<TechniqueLink, "id" | "rules">[];
}

export interface ExclusionAnswer {
  /** One line per predicate of the group, all of which must hold together, in the common vocabulary. */
  readonly predicates: readonly string[];
  /** The same lines with their fields apart. */
  readonly pieces: readonly (readonly Piece[])[];
  readonly rules: number;
  readonly examples: readonly RuleLine[];
}

export interface TechniqueLink {
  readonly id: string;
  readonly name: string;
  /** Active rules tagged with it. */
  readonly rules: number;
}

/** A technique without the predicates of its rules: what a page shows. */
export interface TechniqueSummary {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Names, in matrix order. */
  readonly tactics: readonly string[];
  readonly platforms: readonly string[];
  readonly deprecated: boolean;
  readonly revokedBy: string | null;
  readonly parent: TechniqueLink | null;
  readonly subtechniques: readonly TechniqueLink[];
  /** Distinct over active rules, before any list is cut. */
  readonly counts: {
    readonly rules: number;
    /** Rules that the tables count: those of the family, where that was asked for. */
    readonly counted: number;
    readonly fields: number;
    readonly indicators: number;
    readonly exclusions: number;
  };
  readonly vendors: readonly { readonly corpus: string; readonly rules: number }[];
  readonly events: readonly EventAnswer[];
  readonly fields: readonly CountedFields[];
  readonly indicators: readonly IndicatorAnswer[];
  readonly exclusions: readonly ExclusionAnswer[];
  /** Values left out most: `rulesHere` counts the rules of this page that exclude it. */
  readonly excluded: readonly IndicatorAnswer[];
  /** Do the tables count rules of the parent and of the sub-techniques, too? */
  readonly family: boolean;
  readonly groups: readonly TechniqueObject[];
  readonly software: readonly TechniqueObject[];
  readonly campaigns: readonly TechniqueObject[];
  readonly mitigations: readonly TechniqueObject[];
  readonly strategies: readonly DetectionStrategy[];
  /** Tests of its behaviour, by their number. */
  readonly tests: readonly TechniqueTest[];
  /** Ids of other versions of ATT&CK by which active rules of this page name it, most rules first. */
  readonly foldedFrom: readonly TechniqueLink[];
  readonly rules: readonly TaggedRule[];
}

/** A rule under a technique, with the tag that put it there. */
export interface TaggedRule extends RuleLine {
  /** The tag as written. */
  readonly written: string;
  /** Ids of other versions of ATT&CK by which the rule names the technique. */
  readonly foldedFrom: readonly string[];
}

export interface TechniqueAnswer extends TechniqueSummary {
  readonly rules: readonly RuleWithPredicates[];
}

export type TechniqueObject = Pick<AttackObject, "id" | "name">;

export interface RuleWithPredicates extends TaggedRule {
  readonly predicates: readonly PredicateAnswer[];
  /** Event ids that the rule names (Sigma's `EventID`, Splunk's `EventCode`), left to the event rather than counted as a field. */
  readonly eventIds: readonly string[];
}

/** An event that rules need. */
export interface EventAnswer {
  readonly provider: string;
  readonly eventId: string;
  readonly title: string;
  /** Active rules tied to it, each once, and how they are tied. */
  readonly rules: number;
  readonly ties: { readonly stated: number; readonly category: number; readonly inferred: number };
  /** Rules among them that filter on a field which the event does not have. */
  readonly partial: number;
}

/** Why one rule needs an event. */
export interface RuleEvent {
  readonly provider: string;
  readonly eventId: string;
  readonly title: string;
  readonly tie: "stated" | "category" | "inferred";
  readonly reason: string;
  /** Fields that the rule filters on, by its own names, and the event does not have. */
  readonly missing: readonly string[];
}

export interface RuleAnswer extends RuleLine {
  readonly url: string | null;
  readonly created: string | null;
  readonly modified: string | null;
  readonly licence: string;
  readonly document: Omit<RuleDocument, "raw" | "queries" | "diagnostics">;
  readonly raw: string;
  readonly queries: readonly RuleQueryAnswer[];
  readonly logic: Logic;
  readonly predicates: readonly PredicateAnswer[];
  readonly eventIds: readonly string[];
  readonly indicators: readonly IndicatorAnswer[];
  readonly exclusions: readonly Omit<ExclusionAnswer, "examples">[];
  readonly events: readonly RuleEvent[];
  readonly techniques: readonly RuleTag[];
  readonly tactics: readonly RuleTag[];
  readonly diagnostics: readonly PlacedDiagnostic[];
  /** What tests say of it; null where the catalog holds none, or the rule was not run on them: only active ones are. */
  readonly proof: ProofAnswer | null;
  /** Literal words to look for in raw logs, longest first. */
  readonly searchTerms: readonly string[];
  readonly outputFields: readonly string[];
  /** Related rules that stand in the catalog. */
  readonly related: readonly { readonly kind: string; readonly id: string; readonly rule: RuleLine | null }[];
}

/** Where a rule stands in ATT&CK, and the tag that put it there. */
export interface RuleTag {
  /** Of a technique its id, of a tactic its short name. */
  readonly id: string;
  /** null where the loaded version of ATT&CK does not know it. */
  readonly name: string | null;
  readonly written: string;
  /** Tags as written that name something else, which the loaded version calls so. */
  readonly foldedFrom: readonly string[];
}

export interface RuleQueryAnswer {
  readonly role: "main" | "filter" | "threat";
  /** What the upstream calls it among several of a rule; null where there is nothing to say. */
  readonly title: string | null;
  readonly language: string;
  readonly outcome: string;
  readonly text: string;
  readonly line: number;
  /** Where the text stands in `raw`, letter for letter; null where it does not. */
  readonly offset: number | null;
}

export type PlacedDiagnostic = Pick<Diagnostic, "code" | "severity" | "message"> & {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly hint: string | null;
};

export interface TacticAnswer {
  readonly id: string;
  readonly shortName: string;
  readonly name: string;
  /** Active rules under any of its techniques or tagged with the tactic itself. */
  readonly rules: number;
  readonly techniques: readonly (TechniqueLink & {
    readonly subtechniques: readonly TechniqueLink[];
    readonly rulesWithSubtechniques: number;
  })[];
}

export interface CorpusAnswer {
  readonly id: string;
  readonly name: string;
  readonly repository: string;
  readonly commit: string | null;
  readonly licence: string;
  readonly files: number;
  readonly rules: number;
  readonly active: number;
  readonly parsed: number;
  readonly queryless: number;
  readonly unread: number;
  readonly failed: number;
  readonly nodes: number;
  readonly opaque: number;
  readonly predicates: number;
  /** Predicates of which the vocabulary knows what they filter on. */
  readonly mapped: number;
  /** Active rules by their strongest tie to an event. */
  readonly tied: TieCounts;
  /** ATT&CK tags that stand under another id than they name, because the loaded version does not have theirs in force. */
  readonly folded: number;
  readonly languages: readonly LanguageAnswer[];
  /** code → how often, most frequent first. */
  readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly count: number }[];
  readonly opaqueReasons: readonly {
    readonly language: string;
    readonly reason: string;
    readonly count: number;
    readonly example: string;
  }[];
}

export interface TieCounts {
  readonly stated: number;
  readonly category: number;
  readonly inferred: number;
  readonly none: number;
}

export interface LanguageAnswer {
  readonly language: string;
  readonly queries: number;
  readonly parsed: number;
  readonly failed: number;
  readonly unread: number;
  readonly nodes: number;
  readonly opaque: number;
}

export interface OverviewAnswer {
  readonly attackVersion: string;
  readonly attackNotice: string;
  readonly builtAt: string;
  /** true: only what the project ships; says how to get the public corpora. */
  readonly embeddedOnly: boolean;
  readonly corpora: readonly CorpusAnswer[];
  readonly counts: {
    readonly rules: number;
    readonly active: number;
    readonly techniques: number;
    readonly predicates: number;
    readonly indicators: number;
    readonly fields: number;
  };
  readonly tactics: readonly Pick<TacticAnswer, "id" | "shortName" | "name" | "rules">[];
  readonly topTechniques: readonly TechniqueLink[];
}

export interface SearchAnswer {
  readonly query: string;
  /** Rules found in all; `rules` holds one page of them. */
  readonly total: number;
  /** Those of them that are active, which are what pages and tables count; they come first. */
  readonly active: number;
  readonly page: number;
  readonly pageSize: number;
  readonly attack: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: string;
    readonly rules: number;
  }[];
  readonly rules: readonly (RuleLine & { readonly excerpt: string })[];
  /** The tests that fit best. */
  readonly tests: readonly TestLine[];
  /** Corpus → rules found, and the active ones among them, before paging. */
  readonly vendors: readonly { readonly corpus: string; readonly rules: number; readonly active: number }[];
}
