import type { SourceContext } from "../../vocabulary/context.ts";

export type Scalar = string | number | boolean;

/** How events of one origin are to be read: the same object for all events that are alike. */
export interface EventLayout {
  /** The schema whose names its values have (`sigma`, `ecs`, `splunk` …); null: names that no schema explains. */
  readonly schema: string | null;
  /** Ids of the log sources that such an event is one of (`windows.sysmon`, `windows.process_creation`); none: not recognised. */
  readonly kinds: readonly string[];
  readonly context: SourceContext;
  /** What such events say without writing it down: field of the vocabulary → values. What an event writes goes before. */
  readonly facts: ReadonlyMap<string, readonly string[]>;
  /** The field of the vocabulary that a name of such an event means; null for none. */
  readonly canonicalOf: (name: string) => string | null;
}

/** A field whose value follows from another one. */
export interface DerivedForm {
  readonly field: string;
  readonly from: string;
  /** null: the other value does not tell. */
  readonly compute: (value: Scalar) => Scalar | readonly Scalar[] | null;
}
