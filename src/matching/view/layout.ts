import type { SourceContext } from "../../vocabulary/context.ts";
import type { EventData } from "../readers/log-format.ts";

export type Scalar = string | number | boolean;

/** How events of one origin are to be read: the same object for all events that are alike. */
export interface EventLayout {
  /** The form in which the event came: id of a shape of `content/matching/recognition`. */
  readonly shape: string;
  /** How names are made of its members. */
  readonly structure: EventStructure;
  /** The schema whose names its values have (`sigma`, `ecs`, `splunk` …); null: names that no schema explains. */
  readonly schema: string | null;
  /** Ids of the log sources that such an event is one of (`windows.sysmon`, `windows.process_creation`); none: not recognised. */
  readonly kinds: readonly string[];
  readonly context: SourceContext;
  /** What such events say without writing it down: field of the vocabulary → values. What an event writes goes before. */
  readonly facts: ReadonlyMap<string, readonly string[]>;
  /** Where the time stands, the member to ask first in front. */
  readonly time: readonly TimePlace[];
  /** Fields that the event does not write as such, and the members that make them up. */
  readonly made: readonly MadeField[];
  /** The field of the vocabulary that a name of such an event means; null for none. */
  readonly canonicalOf: (name: string) => string | null;
}

/**
 * `windows_event`: `Event.System` and `Event.EventData` or `Event.UserData`, whose names are those of Sigma.
 * `members`: every member by its path, dots between the names.
 */
export type EventStructure = "windows_event" | "members";

/** A member that holds a time, by the names on its way; `unit`: of a number, where its size does not tell. */
export interface TimePlace {
  readonly path: readonly string[];
  /** A member with the time of day, where the first one holds the day. */
  readonly and?: readonly string[] | undefined;
  readonly unit?: "s" | "ms" | "us" | "ns" | undefined;
}

/** A field of the vocabulary that is put together from members of the event. */
export interface MadeField {
  readonly field: string;
  /** Names of members; from the first that is not there on, the rest is left out. */
  readonly from: readonly (readonly string[])[];
  /** What stands between them. */
  readonly between: string;
  /** What stands in front. */
  readonly before?: string | undefined;
}

/** A field whose value follows from another one. */
export interface DerivedForm {
  readonly field: string;
  readonly from: string;
  /** null: the other value does not tell. */
  readonly compute: (value: Scalar) => Scalar | readonly Scalar[] | null;
}

/** Looks at events: which log they are from, what their names mean, and what follows from what they say. */
export interface ViewReader {
  /** The layout of an event: the same object for all events that are alike. Fast: called once per event. */
  readonly layoutOf: (data: EventData) => EventLayout;
  /** Milliseconds since 1970, or null. */
  readonly timeOf: (data: EventData, layout: EventLayout) => number | null;
  /**
   * Every scalar value with its name as the layout's schema calls it: `Image`, `EventID`, `Channel` for Windows; names with
   * dots for members of members; a list is several values of one name. null is no value. Fields that are put together
   * (`made`) come at the end, by their id in the vocabulary. false: the event holds more than is read of one.
   */
  readonly visit: (data: EventData, layout: EventLayout, see: (name: string, value: Scalar) => void) => boolean;
  /** Fields that follow from others, the best first; empty where nothing does. */
  readonly derivedForms: (field: string) => readonly DerivedForm[];
  /**
   * All spellings of a value under which rules ask for it, the normal form of the vocabulary first: `HKLM\x` and
   * `HKEY_LOCAL_MACHINE\x`, `6699` and `0x1a2b`. null: only the value itself, as for most. What a rule asks holds if it
   * holds for any of them.
   */
  readonly spellings: (field: string, value: Scalar) => readonly Scalar[] | null;
}
