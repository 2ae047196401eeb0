/** One event that a flow of a rule let through, as far as a rule that looks at several events needs it. */
export interface Occurrence<Ref> {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Which step of the sequence it is, from 0; the number of steps for `until`. 0 for all other rules. */
  readonly step: number;
  /** Values of the fields that group, in their order; null where the event has none. */
  readonly by: readonly (string | null)[];
  /** Values that are counted or compared, in the order of the plan's conditions (or of the fields of new terms). */
  readonly values: readonly (string | null)[];
  /** What the engine knows it by. */
  readonly ref: Ref;
}

/** Events that together are what the rule looks for. */
export interface Group<Ref> {
  readonly by: readonly (string | null)[];
  /** In the order of time. At most as many as the limits keep; `count` says how many there were. */
  readonly events: readonly Ref[];
  readonly count: number;
}

/** Gets occurrences in the order of time, and keeps no more than its limits say. */
export interface StatefulOperator<Ref> {
  readonly push: (occurrence: Occurrence<Ref>) => readonly Group<Ref>[];
  /** No more will come: what waits for its window to end (missing events, counts of at most n) is told now. */
  readonly finish: () => readonly Group<Ref>[];
  /** What its limits made it forget. */
  readonly evicted: () => number;
}

export interface StateLimits {
  /** Occurrences that one rule may hold at a time. */
  readonly perRule: number;
  /** Events that are named with a hit. */
  readonly perHit: number;
}
