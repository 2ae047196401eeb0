import type { Environment } from "../languages/language.ts";
import type { AttackKnowledge } from "../rule/attack.ts";
import type { RuleDocument } from "../rule/document.ts";

/** A file, or a part of one, that could not be read. The build counts it, shows it and goes on. */
export interface ReadFailure {
  /** Below the corpus folder, `/` as separator. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Stable: `corpus/too-large`, `corpus/invalid-utf8`, `corpus/empty`, `sigma/not-a-rule` … */
  readonly code: string;
  readonly message: string;
}

/** What a corpus yields, as it is read. */
export type CorpusItem =
  | { readonly type: "rule"; readonly rule: RuleDocument }
  | { readonly type: "attack"; readonly attack: AttackKnowledge }
  | { readonly type: "failure"; readonly failure: ReadFailure };

export interface CorpusReading {
  /** Files that the corpus consists of (not licences and folders' own notes). */
  readonly files: number;
  readonly environment: Environment;
  /** Rules and failures, one after the other: a reader never holds all rules at once. */
  readonly items: Iterable<CorpusItem>;
}

/** One upstream layout. */
export interface CorpusReader {
  readonly id: string;
  readonly name: string;
  /** Where the upstream stands, and where one of its files can be seen at a commit. */
  readonly repository: string;
  readonly fileUrl: (commit: string, path: string) => string;
  /** Licence of the collection, as an SPDX id where there is one. */
  readonly licence: string;
  readonly read: (folder: string) => CorpusReading;
}
