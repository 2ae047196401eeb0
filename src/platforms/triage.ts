import { isLike, type Like, openLike } from "../vocabulary/like.ts";

/** What an analyst looks at first in some log sources. */
export interface TriageDefinition {
  /** Ids of log sources; `*` stands for any run of characters. */
  readonly log_sources: readonly string[];
  /** Ids of the vocabulary. */
  readonly show: readonly string[];
}

/** Ids of the vocabulary to show for the events of a log source, in order. */
export type Triage = (logSource: string) => readonly string[];

export function openTriage(definitions: readonly TriageDefinition[]): Triage {
  const open = definitions.map((one): { readonly patterns: readonly Like[]; readonly show: readonly string[] } => ({
    patterns: one.log_sources.map(openLike),
    show: one.show,
  }));
  const known = new Map<string, readonly string[]>();
  return (logSource) => {
    const before = known.get(logSource);
    if (before !== undefined) return before;
    const fitting = open.filter(({ patterns }) => patterns.some((pattern) => isLike(pattern, logSource)));
    const show = [...new Set(fitting.flatMap((one) => one.show))];
    known.set(logSource, show);
    return show;
  };
}
