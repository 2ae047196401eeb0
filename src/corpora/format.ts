import type { CorpusItem } from "./corpus.ts";

/** How one format of rule files is told from others, for files that may stand anywhere, apart from their collection. */
export interface RuleFormat {
  /** For people: `Sigma YAML`. */
  readonly name: string;
  /** How names of such files end, with the dot. */
  readonly endings: readonly string[];
  /**
   * Keys at the start of a line (`search`, or `[rule]` for a TOML table): the format is there where all of one list are. A
   * broken rule still has them, so that its faults are reported rather than the file passed over. Without any list, the
   * ending alone shows the format.
   */
  readonly marks: readonly (readonly string[])[];
  /** The rules of one file; null where it is none after all. */
  readonly read: (path: string, text: string) => readonly CorpusItem[] | null;
}
