import type { ReadFailure } from "../corpora/corpus.ts";
import type { LanguageAnswer, TieCounts } from "./queries/answers.ts";
import type { TranslationCount } from "./translation-counts.ts";

/** What a build did: the shape of `build --json`. */
export interface BuildReport {
  readonly seconds: number;
  /** Largest resident set of this process, in MiB. */
  readonly peakMemoryMb: number;
  readonly catalog: string;
  readonly corpora: readonly CorpusReport[];
  /** What becomes of the active rules, by language, platform and kind of logic; empty where that was not asked. */
  readonly translations: readonly TranslationCount[];
  /** What the rules do on the tests; null where that was not asked. */
  readonly proof: ProofReport | null;
  /** What got worse against the catalog that stood there before, a sentence each. */
  readonly regressions: readonly string[];
}

/** What came of running all active rules on the events that tests must leave. */
export interface ProofReport {
  /** Seconds that it took beside the build, once the rules were read. */
  readonly seconds: number;
  /** Upstreams of tests that were there; empty: there is nothing to run rules on. */
  readonly sources: readonly string[];
  readonly tests: number;
  /** Derived events. */
  readonly events: number;
  /** Tests on which a rule fires. */
  readonly fired: number;
  /** Tests that leave events, on none of which a rule fires. */
  readonly silent: number;
  readonly corpora: readonly {
    readonly corpus: string;
    readonly rules: number;
    /** Those that the engine runs. */
    readonly run: number;
    /** Those that a test exercises. */
    readonly exercised: number;
    readonly fired: number;
    /** Pairs of a rule and a test on which it fires, or stays silent. */
    readonly firings: number;
    readonly silences: number;
  }[];
}

export interface CorpusReport {
  readonly id: string;
  readonly commit: string | null;
  readonly seconds: number;
  readonly files: number;
  readonly rules: number;
  readonly active: number;
  readonly parsed: number;
  readonly queryless: number;
  readonly unread: number;
  readonly failed: readonly ReadFailure[];
  readonly nodes: number;
  readonly opaque: number;
  readonly predicates: number;
  /** ATT&CK tags that stand under another id than they name, because the loaded version does not have theirs in force. */
  readonly folded: number;
  /** Predicates of which the vocabulary knows what they filter on: a field, or a value computed of fields that it knows. */
  readonly mapped: number;
  /** Active rules by their strongest tie to an event. */
  readonly tied: TieCounts;
  readonly languages: readonly LanguageAnswer[];
}
