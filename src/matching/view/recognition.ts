import type { PlatformLogSources } from "../../platforms/log-sources/tables.ts";
import type { ValueTables } from "../../vocabulary/values/tables.ts";
import type { EventStructure, MadeField, TimePlace } from "./layout.ts";

/** How events are recognised, what they are called and what they say by being there: plain data, checked by whoever reads it. */
export interface RecognitionTables {
  readonly wrappers: readonly Wrapper[];
  /** Members of events whose names are written `likeThis` where the schema has `like_this`; the first that is there tells. */
  readonly recased: readonly MemberPath[];
  /** In the order in which they are tried. */
  readonly shapes: readonly Shape[];
  readonly windows: WindowsTables;
  /** How the context of a layout follows from its log. */
  readonly contexts: readonly ContextRule[];
  /** Where platforms keep logs: an event in such a place is of that log. By the platform's folder. */
  readonly places: ReadonlyMap<string, PlatformLogSources>;
  /** How products spell values. */
  readonly values: Pick<ValueTables, "hives" | "registryData" | "codes">;
}

/** A member that holds the event itself, in exports of search engines. */
export interface Wrapper {
  readonly member: string;
  /** A member that stands beside it; none: it alone tells. */
  readonly beside?: string | undefined;
  /** What the text in that member begins with. */
  readonly begins?: string | undefined;
}

/** Names of members on the way to a value. Where an object has their names joined by dots as one name, that is it, too. */
export type MemberPath = readonly string[];

/** One form in which events come. */
export interface Shape {
  readonly id: string;
  readonly title: string;
  readonly structure: EventStructure;
  readonly schema: string | null;
  /** Are all such events of the Windows event log, or of Sysmon in its form? */
  readonly windows: boolean;
  /** Any of these holds of the event. */
  readonly when: readonly ShapeCondition[];
  /** What says which log it is: field of the vocabulary → members, the first that is there counts. */
  readonly log: Readonly<Record<string, readonly LogMember[]>>;
  /** Log sources of all events of this form. */
  readonly kinds: readonly string[];
  /** What more holds where members have certain values. */
  readonly cases: readonly ShapeCase[];
  /** Do the signs of log sources tell which ones it is of? */
  readonly signs: boolean;
  /** The platform in whose places such events stand. */
  readonly platform?: ShapePlatform | undefined;
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** Kind of log source in the context → members that hold its name. */
  readonly from: Readonly<Record<string, readonly ContextMember[]>>;
  readonly facts: Readonly<Record<string, readonly string[]>>;
  readonly time: readonly TimePlace[];
  readonly made: readonly MadeField[];
  /** Names that its schema does not have, and what they mean. */
  readonly names: Readonly<Record<string, string>>;
  /** Members whose own members are named as if they stood outside. */
  readonly flatten: readonly string[];
}

export interface ShapePlatform {
  /** Folder of `content/platforms`. */
  readonly id: string;
  /** Kind of log source in the context that holds the names of its places. */
  readonly container: string;
  /** Log sources whose places hold other logs as well, which the event does not tell apart. */
  readonly unsure: readonly string[];
  /** Facts of a log source that do not count against a place that the platform names for it; `*` for any run of characters. */
  readonly ignores: readonly string[];
  /** Spellings of the same place: what a member begins with, and what stands there in the tables. */
  readonly replaced: readonly { readonly path: MemberPath; readonly from: string; readonly to: string }[];
}

export interface ShapeCondition {
  readonly has: readonly MemberPath[];
  readonly lacks: readonly MemberPath[];
  /** Patterns in which `*` stands for any run of characters; any of them. */
  readonly is: readonly { readonly path: MemberPath; readonly values: readonly string[] }[];
}

export interface ShapeCase {
  readonly is: readonly { readonly path: MemberPath; readonly values: readonly string[] }[];
  /** What the event says of its log by that: field of the vocabulary → values. */
  readonly tells: Readonly<Record<string, readonly string[]>>;
  readonly kinds: readonly string[];
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly facts: Readonly<Record<string, readonly string[]>>;
  readonly made: readonly MadeField[];
  readonly names: Readonly<Record<string, string>>;
}

export interface LogMember {
  readonly path: MemberPath;
  /** Counts beside the members in front of it, not only where they are missing. */
  readonly too?: boolean | undefined;
  /** Only what stands behind this text counts. */
  readonly after?: string | undefined;
}

/** The name of a log source, as a member has it; `{}` in `as` stands for the value. */
export interface ContextMember {
  readonly path: MemberPath;
  /** Only what stands behind this text counts. */
  readonly after?: string | undefined;
  readonly as?: string | undefined;
}

export interface WindowsTables {
  /** Which events of which provider a kind of log is. `*`: all of its events. */
  readonly categories: readonly { readonly kind: string; readonly provider: string; readonly ids: readonly string[] }[];
  readonly providers: readonly { readonly name: string; readonly channels: readonly string[] }[];
  /** What is known of single events. */
  readonly events: readonly WindowsEvent[];
  /** Kind of log → field → values of which its events have one, beyond what the log source says. */
  /** Events that are several things, and the name in their data that says which. */
  readonly split: readonly { readonly id: string; readonly name: string }[];
  /** Fields that say which sensor wrote an event: of kinds of events that several sensors write, they are no facts. `*` for any run of characters. */
  readonly sensor: readonly string[];
  /** What every event of the Windows event log says in other products: field → texts, `{winlog.channel}` for what the event says. */
  readonly said: Readonly<Record<string, readonly string[]>>;
  /** Channels in the form of the Windows event log that another system writes, and its product. */
  readonly foreign: Readonly<Record<string, string>>;
  readonly narrowed: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Names of the System part of which the schema would say something else. */
  readonly names: Readonly<Record<string, string>>;
  /** Names of the System part, where the schema says nothing of them. */
  readonly envelope: Readonly<Record<string, string>>;
}

export interface WindowsEvent {
  readonly provider: string;
  readonly id: string;
  readonly facts: Readonly<Record<string, readonly string[]>>;
  /** Name in the event's data → field, where the schema cannot tell. */
  readonly names: Readonly<Record<string, string>>;
  /** Field → the name in the event's data that says it beside its own meaning. */
  readonly also: Readonly<Record<string, string>>;
}

export interface ContextRule {
  readonly schema: string;
  /** Any of these log sources; `*` stands for any run of characters. */
  readonly kinds: readonly string[];
  /** `{event.code}` and the like stand for what the event says. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}
