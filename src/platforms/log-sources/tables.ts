/** What the files of `content/platforms` say of log sources: plain data, checked by whoever reads them. */

/**
 * A kind of log, whatever the platform that holds it. Its id is what Sigma's log source says, product first:
 * `windows.process_creation`, `aws.cloudtrail`, `proxy`; logs that Sigma does not know follow the same form.
 */
export interface LogSource {
  readonly id: string;
  readonly title: string;
  /** What Sigma calls it; absent where Sigma has no such log source. */
  readonly sigma?: SigmaLogSource | undefined;
  /** What holds of all of its events: id in the vocabulary → values, of which each event has one. Letter case does not matter. */
  readonly facts: Readonly<Record<string, readonly string[]>>;
  /** What every event has beside other values of the same field: a rule that asks for it is answered, one that asks for another is not. */
  readonly among?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Field → fields that tell what it says: a rule that asks for both asks for one thing twice, and the first is answered. */
  readonly follows?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Field → value → other fields that say exactly the same here, for platforms that do not have the first; see `restate`. */
  readonly same?: Readonly<Record<string, Readonly<Record<string, Restatement>>>> | undefined;
  /** How rules of other languages say that they read it; any of them. */
  readonly signs: readonly LogSourceSign[];
}

/** All fields must have one of their values; null: the field is missing, `*`: it is there. */
export type Restatement = Readonly<Record<string, readonly (string | null)[]>>;

export interface SigmaLogSource {
  readonly product?: string | undefined;
  readonly category?: string | undefined;
  readonly service?: string | undefined;
}

/** Everything that it asks for must hold; `*` in a value stands for any run of characters. */
export interface LogSourceSign {
  /** Kind of log source in a rule's context → names: `index`, `datamodel`, `table`, `macro` … */
  readonly when: Readonly<Record<string, readonly string[]>>;
  /** Id in the vocabulary → values of which the rule asks for one. */
  readonly asks: Readonly<Record<string, readonly string[]>>;
  /** Of a log that holds many kinds of events: it counts only where no other sign holds. */
  readonly general?: boolean | undefined;
  /** How the log differs from what such a rule reads, in one sentence. */
  readonly differs?: string | undefined;
}

/** Where one platform keeps log sources. */
export interface PlatformLogSources {
  /** Folder of `content/platforms`. */
  readonly platform: string;
  readonly sources: Readonly<Record<string, { readonly title: string; readonly url: string }>>;
  /** Id of the log source → the places that hold it, the one to prefer first; empty where the platform has none. */
  readonly places: Readonly<Record<string, readonly LogPlace[]>>;
}

/** One place in which a platform keeps events of a log source. */
export interface LogPlace {
  /** Names as the platform has them: index patterns, tables, source types, data models, log types, repositories. */
  readonly from: readonly string[];
  /** What else chooses the events: the platform's own field → values, of which one holds; `*` for any run of characters. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** What holds of all events that are chosen here, as for a log source: such conditions of a rule need no asking. */
  readonly facts?: Readonly<Record<string, readonly string[]>> | undefined;
  /** The context in which the platform's schema names fields here, as the scopes of its vocabulary file ask for it. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** The only names there are, of those that the schema has, `*` for any run of characters; empty: all of them. */
  readonly has: readonly string[];
  /** Namespace of the vocabulary → how an unlisted field below it is called here, `*` for its own name: `winlog.event_data.` → `EventData.*`. */
  readonly unlisted: Readonly<Record<string, string>>;
  /** Names that the schema would give, but events of this place do not have; `*` stands for any run of characters. */
  readonly lacks: readonly string[];
  /** The platform's own field → what it holds, in the platform's words, for languages in which that must be known. */
  readonly types?: Readonly<Record<string, string>> | undefined;
  /** How events say what a field of the vocabulary holds: its id → its value → the place's own field → its values, all of which hold; none: the field is missing. */
  readonly says: Readonly<Record<string, Readonly<Record<string, LogPlace["where"]>>>>;
  /** Key of `sources`. */
  readonly source: string;
  /** What differs from the log source as others have it, in one sentence that completes "Approximated: …". */
  readonly differs?: string | undefined;
}
