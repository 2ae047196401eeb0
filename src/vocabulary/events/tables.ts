/** What the files of `content/vocabulary/events` and `content/vocabulary/ties` say: plain data, checked by whoever reads them. */
export interface EventTables {
  readonly providers: readonly ProviderDefinition[];
  readonly events: readonly EventDefinition[];
  readonly conditions: readonly ConditionDefinition[];
  readonly ties: readonly TieDefinition[];
}

/** What writes events: a Windows provider, a sensor, the audit log of a service. */
export interface ProviderDefinition {
  /** The provider's own name on Windows (`Microsoft-Windows-Sysmon`), the name of the table in Defender, otherwise a short product name. */
  readonly name: string;
  readonly title: string;
  /** `windows`, `linux`, `aws`, `okta` …; every provider of the Windows event log has `windows`. */
  readonly product: string;
  /** Channels, tables, topics or files in which its events stand. */
  readonly channels: readonly string[];
  /** How to switch it on. */
  readonly logging?: string | undefined;
  readonly source: string;
}

export interface EventDefinition {
  readonly provider: string;
  /** Number, operation, action type or record type, as text. */
  readonly id: string;
  readonly title: string;
  readonly category?: string | undefined;
  /** How to switch on this one: audit subcategory, tag of a Sysmon configuration. */
  readonly logging?: string | undefined;
  readonly source: string;
  /** Names of the event's own data, in the order of the event; empty where they are not listed here. */
  readonly fields: readonly EventFieldDefinition[];
  /** Fields that other events of the category have and this one lacks: ids of the vocabulary and raw names; `*` stands for any run of characters. */
  readonly absent: readonly string[];
}

export interface EventFieldDefinition {
  readonly name: string;
  readonly type: string;
  /** What it is in the vocabulary, where the schemas cannot tell, because other events mean something else by the name. */
  readonly field?: string | undefined;
}

/** Something that is known of where the events of a rule come from, by name. */
export interface ConditionDefinition {
  readonly name: string;
  /** The first sign that a rule says anything about decides. */
  readonly signs: readonly Sign[];
}

/** A field that the rule filters on, or what its log source says; `*` in a value stands for any run of characters. */
export type Sign =
  | { readonly type: "field"; readonly fields: readonly string[]; readonly values: readonly string[] }
  | { readonly type: "source"; readonly when: Readonly<Record<string, readonly string[]>> };

/** Why rules need events. Everything that it asks for must hold. */
export interface TieDefinition {
  /** The reason in words; `{index}` and the like stand for what the log source says of that. */
  readonly reason: string;
  readonly kind: TieKind;
  /** Names of conditions that all hold. */
  readonly in: readonly string[];
  readonly when: Readonly<Record<string, readonly string[]>>;
  /** Does not hold where the log source says one of these. */
  readonly outside: Readonly<Record<string, readonly string[]>>;
  /** Field → values of which the rule asks for one. */
  readonly asks: Readonly<Record<string, readonly string[]>>;
  /** Field → values: does not hold for a rule that asks for one of them. */
  readonly unless: Readonly<Record<string, readonly string[]>>;
  /** Provider → ids. */
  readonly events: Readonly<Record<string, readonly string[]>>;
  readonly ids?: IdSource | undefined;
  /** Only for a rule that nothing else ties. */
  readonly fallback: boolean;
  /** Speaks of the rule as a whole (its metadata), so that it holds beside whatever the query says. */
  readonly whole: boolean;
}

export type TieKind = "stated" | "category" | "inferred";

/** Where a rule names the events that it needs. */
export interface IdSource {
  /** Fields whose values are the ids. */
  readonly fields: readonly string[];
  /** Kind of log source whose name ends in an id: what the `*` at the end of the pattern in `when` stands for. */
  readonly rest?: string | undefined;
  /** What stands between several ids there. */
  readonly split?: string | undefined;
  /** `{table}` stands for what the log source says of that. */
  readonly provider: string;
  /** Fields that name the provider. */
  readonly providers: readonly string[];
  /** Provider → ids that it writes among those of others in the same channel. */
  readonly owners: Readonly<Record<string, readonly string[]>>;
  /** Value → ids, where the values are not the ids themselves. */
  readonly map: Readonly<Record<string, readonly string[]>>;
  /** Only events that the tables know. */
  readonly known: boolean;
  /** Without an id, the rule needs the log as a whole. */
  readonly open: boolean;
}
