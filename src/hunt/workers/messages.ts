import type { AnalysedRule } from "../../languages/analyse.ts";
import type { CompiledRule } from "../../matching/compile/compile-rule.ts";
import type { NotRun } from "../../matching/hit.ts";
import type { MatchingTables } from "../../matching/knowledge.ts";
import type { EventMatches, MatcherCounts } from "../../matching/matcher.ts";
import type { RecordFault } from "../../matching/readers/log-format.ts";
import type { LogPiece } from "./pieces.ts";

/** What a worker is started with: plain data. */
export interface WorkerStart {
  /** Tells the workers from each other. */
  readonly worker: number;
  readonly tables: MatchingTables;
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

/** What the rules came to: the same in every worker, so one of them says it. */
export interface WorkerReady {
  readonly type: "ready";
  /** Without what single events are asked, which only workers do. */
  readonly rules: readonly CompiledRule[];
  readonly notRun: readonly NotRun[];
}

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
