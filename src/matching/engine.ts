import type { RuleLookup } from "../platforms/plan/plan-rule.ts";
import type { TranslationKnowledge } from "../platforms/translate.ts";
import type { Because, Hit, NotRun } from "./hit.ts";
import type { EventData } from "./readers/log-format.ts";
import type { StateLimits } from "./stateful/operator.ts";
import type { ViewReader } from "./view/layout.ts";

/** All that matching is done with. */
export interface MatchingKnowledge extends Pick<TranslationKnowledge, "vocabulary" | "values" | "logSources"> {
  readonly view: ViewReader;
}

/** Runs rules over events, one event at a time. */
export interface Engine {
  /** How many rules it runs. */
  readonly running: number;
  readonly notRun: readonly NotRun[];
  /** The hits of an event, and those of rules that look at several events as far as they are ripe. */
  readonly push: (
    data: EventData,
    place: { readonly file: string; readonly record: number },
    /** The rules to ask, by id; absent: all. */
    only?: ReadonlySet<string>,
  ) => readonly Hit[];
  /** No more events will come. */
  readonly finish: () => readonly Hit[];
  readonly report: () => EngineReport;
  /** Why a rule does or does not meet an event, whatever other rules say. null: the engine does not run this rule. */
  readonly explain: (rule: string, data: EventData) => Explanation | null;
}

export interface EngineReport {
  readonly events: number;
  /** Events that no log source knows: only rules that name no log source run over them. */
  readonly unrecognised: number;
  /** Events without a time that we can read: rules that look at several events do not see them. */
  readonly timeless: number;
  /** Events of which only a part was looked at: they hold more, or ask for more effort, than one event may. */
  readonly cut: number;
  /** Occurrences that came later than the engine waits for. */
  readonly late: number;
  /** Occurrences that were looked at before all were there, because too many waited. */
  readonly early: number;
  /** Rule → occurrences that its limits made it forget. */
  readonly evicted: ReadonlyMap<string, number>;
}

export interface Explanation {
  readonly met: boolean;
  /** Is the event from a log that the rule reads? */
  readonly log: boolean;
  /** What holds of it. */
  readonly because: readonly Because[];
  /** The first predicates that failed, those that alone would have sufficed: what the rule needs, and what the event has. */
  readonly failed: readonly {
    readonly field: string | null;
    /** In words: `process.name ends with \cmd.exe`. */
    readonly needs: string;
    /** null: the event has no such field. */
    readonly has: string | null;
    readonly negated: boolean;
  }[];
}

export interface EngineOptions {
  /** Names of rules that correlations look at are found by it. */
  readonly related?: RuleLookup;
  /** Do not ask which log an event is from. */
  readonly anyLog?: boolean;
  readonly limits?: Partial<StateLimits>;
  /** Milliseconds by which an event may come later than a newer one; Infinity unless said: all wait until the end. */
  readonly lateness?: number;
  /** Occurrences that wait at most. */
  readonly held?: number;
}
