import type { ReadFailure } from "../corpora/corpus.ts";
import type { LanguageAnswer } from "./queries/answers.ts";

/** What a build did: the shape of `build --json`. */
export interface BuildReport {
  readonly seconds: number;
  /** Largest resident set of this process, in MiB. */
  readonly peakMemoryMb: number;
  readonly catalog: string;
  readonly corpora: readonly CorpusReport[];
  /** What got worse against the catalog that stood there before, a sentence each. */
  readonly regressions: readonly string[];
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
  /** Predicates with a canonical field. */
  readonly mapped: number;
  readonly tied: {
    readonly stated: number;
    readonly category: number;
    readonly inferred: number;
    readonly none: number;
  };
  readonly languages: readonly LanguageAnswer[];
}
