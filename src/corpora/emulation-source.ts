import type { AtomicTest } from "../emulation/atomic-test.ts";
import type { ReadFailure } from "./corpus.ts";

export type EmulationItem =
  | { readonly type: "test"; readonly test: AtomicTest }
  | { readonly type: "failure"; readonly failure: ReadFailure };

export interface EmulationReading {
  /** Files that the corpus consists of. */
  readonly files: number;
  /** Tests and failures, one after the other: a reader never holds all tests at once. */
  readonly items: Iterable<EmulationItem>;
}

/** An upstream with tests that behave as adversaries do. */
export interface EmulationSource {
  readonly id: string;
  readonly name: string;
  readonly repository: string;
  readonly fileUrl: (commit: string, path: string) => string;
  /** Licence of the collection, as an SPDX id where there is one. */
  readonly licence: string;
  readonly read: (folder: string) => EmulationReading;
}
