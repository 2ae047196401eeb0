import type { AnalysedRule } from "../../languages/analyse.ts";
import type { EventMatches, MatcherCounts } from "../../matching/matcher.ts";
import type { RecordFault } from "../../matching/readers/log-format.ts";
import type { LogPiece } from "./pieces.ts";

/** What a worker is started with: plain data. */
export interface WorkerStart {
  /** Tells the workers from each other. */
  readonly worker: number;
  readonly rules: readonly AnalysedRule[];
  /** Rules that correlations may name and that do not run themselves. */
  readonly others: readonly AnalysedRule[];
  readonly anyLog: boolean;
  readonly format: string | null;
}

export type ToWorker =
  | { readonly type: "read"; readonly number: number; readonly piece: LogPiece }
  /** A batch was dealt with; another may be sent. */
  | { readonly type: "taken" };

export type FromWorker =
  | {
      readonly type: "batch";
      readonly number: number;
      /** Of events that met something, in their order. Records are numbered from the beginning of the piece. */
      readonly matches: readonly EventMatches[];
      readonly faults: readonly RecordFault[];
      /** Bytes since the last batch. */
      readonly bytes: number;
    }
  | {
      readonly type: "done";
      readonly number: number;
      /** Records of the piece, damaged ones included. */
      readonly records: number;
      readonly worker: number;
      /** Of this worker since it started. */
      readonly counts: MatcherCounts;
    };
