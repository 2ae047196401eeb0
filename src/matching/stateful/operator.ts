/** One event that a flow of a rule let through, as far as a rule that looks at several events needs it. */
export interface Occurrence<Ref> {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Which step of the sequence it is, from 0; the number of steps for `until`. 0 for all other rules. */
  readonly step: number;
  /** Values of the fields that group, in their order; null where the event has none. Empty for new terms. */
  readonly by: readonly (string | null)[];
  /** Values that are counted, summed or compared, in the order of `valueFields` of the plan. */
  readonly values: readonly (string | null)[];
  /** What the engine knows the event by. */
  readonly ref: Ref;
}

/** Events that together are what the rule looks for. */
export interface Group<Ref> {
  /** What they share; of new terms the new values. */
  readonly by: readonly (string | null)[];
  /** In the order of time. At most as many as the limits keep, the newest; `count` says how many there were. */
  readonly events: readonly Ref[];
  readonly count: number;
  /** What the conditions of a threshold were compared with, condition by condition. */
  readonly measured?: readonly number[];
}

/**
 * Gets occurrences in the order of time, those of one event one after the other, later steps of a sequence before earlier
 * ones. An occurrence that is late all the same counts as far as the state still
 * reaches. Keeps no more than its limits say.
 */
export interface StatefulOperator<Ref> {
  readonly push: (occurrence: Occurrence<Ref>) => readonly Group<Ref>[];
  /** Nothing of the rule happened up to this time: windows that end before it are told. Need not be called. */
  readonly advance: (time: number) => readonly Group<Ref>[];
  /** No more will come: what waits for its window to end (missing events, counts of at most n) is told now. */
  readonly finish: () => readonly Group<Ref>[];
  /** Occurrences, values and keys that it holds now: never more than its limits say. */
  readonly held: () => number;
  /** What its limits made it forget. */
  readonly evicted: () => number;
}

export interface StateLimits {
  /** Occurrences, values and keys that one rule may hold at a time. */
  readonly perRule: number;
  /** Events that are named with a hit. */
  readonly perHit: number;
}

export const defaultLimits: StateLimits = { perRule: 100_000, perHit: 100 };
