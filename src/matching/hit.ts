/** Where an event stands. */
export interface EventPlace {
  readonly file: string;
  /** Its place in the file, from 1. */
  readonly record: number;
  /** ISO 8601 with milliseconds, UTC; null where the event has no time that we can read. */
  readonly time: string | null;
}

/** A predicate that was true, and what made it so. */
export interface Because {
  /** The field as the rule calls it; null for a keyword. */
  readonly field: string | null;
  readonly operator: string;
  /** What the event holds. */
  readonly value: string;
  /** What the rule asks for: the one of its values that was met. */
  readonly asked: string;
  /** The rule leaves out what meets this, and the event does not. */
  readonly negated: boolean;
}

/** A rule met an event, or several events that belong together. */
export interface Hit extends EventPlace {
  /** `sigma:<uuid>`. */
  readonly rule: string;
  readonly title: string;
  readonly severity: string | null;
  readonly because: readonly Because[];
  /** All events of a sequence or count, in their order; the hit itself stands at the last one. */
  readonly events?: readonly EventPlace[];
  /** What the events of a sequence or count share: field → value. */
  readonly group?: Readonly<Record<string, string>>;
  /** What was counted, of counts. */
  readonly count?: number;
}

/** A rule that the engine cannot run, and why, in words that can be counted. */
export interface NotRun {
  readonly rule: string;
  readonly title: string;
  readonly why: string;
}
