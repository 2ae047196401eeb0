import type { Expression, Predicate } from "../../rule/expression.ts";
import type { SourceContext } from "../../vocabulary/context.ts";
import type { LogSource } from "./tables.ts";

/** Which logs a flow of events reads, and what remains to be asked of their events. */
export type LogSourceChoice =
  | { readonly type: "chosen"; readonly alternatives: readonly LogSourceAlternative[] }
  /** `why`: a sentence that can be counted; the same cause always has the same words. */
  | { readonly type: "unknown"; readonly why: string };

/** One log of a flow; the flow reads all of its alternatives. */
export interface LogSourceAlternative {
  readonly source: LogSource;
  /** The condition without what the choice of the log itself answers; null: nothing remains. */
  readonly rest: Expression | null;
  /** The predicates that the log answers, with yes or with no. */
  readonly absorbed: readonly Predicate[];
  /** How the log differs from what the rule reads, in one sentence. */
  readonly differs?: string;
}

/** Is every event of the log let through? What is absorbed was asked for: the log is then one of just such events. */
export function letsAllThrough({ rest, absorbed }: LogSourceAlternative): boolean {
  return rest === null && absorbed.length === 0;
}

/** Why a rule that does so is none. */
export const allThrough = "The rule lets every event of a log through.";

/** All kinds of logs, ready to be asked. `choose` takes a condition with named fields. */
export interface LogSources {
  readonly all: readonly LogSource[];
  readonly choose: (context: SourceContext, condition: Expression | null) => LogSourceChoice;
}
