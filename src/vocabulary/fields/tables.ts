/** What the files of `content/vocabulary/` say of fields: plain data, checked by whoever reads them. */
export interface FieldTables {
  readonly facets: readonly FacetDefinition[];
  readonly fields: readonly FieldDefinition[];
  readonly namespaces: readonly NamespaceDefinition[];
  readonly schemas: readonly SchemaTable[];
  /** Id → type of every field of the Elastic Common Schema, in the words of ECS. */
  readonly ecs: Readonly<Record<string, string>>;
}

/** One thing of which fields hold several forms: the image of a process as path and as base name. */
export interface FacetDefinition {
  readonly id: string;
  readonly title: string;
}

/** What the values of a field are. `path` holds folders and a base name, `name` the base name alone. */
export type FieldType =
  | "path"
  | "name"
  | "command_line"
  | "registry_path"
  | "ip"
  | "domain"
  | "url"
  | "hash"
  | "hashes"
  | "sid"
  | "number"
  | "hex_number"
  | "boolean"
  | "date"
  | "text"
  | "keyword";

/** Whether letters of either case are the same to whatever the field is about. */
export type LetterCase =
  /** Host names, hashes, registry paths, addresses. */
  | "ignored"
  /** Paths and file names: ignored on Windows, kept elsewhere. */
  | "by_platform"
  /** Only the rule decides. */
  | "kept";

/** A field of the common vocabulary about which more is known than its name. */
export interface FieldDefinition {
  /** An id of ECS, or a raw name in a namespace. */
  readonly id: string;
  readonly title: string;
  readonly facet?: string | undefined;
  /** Whose attribute it is: `process`, `parent process`, `target process`, `source host`, `actor` … */
  readonly role: string;
  /** The form of its facet that it holds: `full path`, `base name`, `folder`, `extension` … */
  readonly form?: string | undefined;
  readonly type: FieldType;
  readonly case: LetterCase;
  /** Predicates on it choose the log or the event, as Sigma's log sources do, instead of filtering on what the event says. */
  readonly selects?: boolean | undefined;
  /** What else a reader must know of it, in a sentence. */
  readonly note?: string | undefined;
}

/** Ids that ECS does not have: everything below the prefix keeps the name that its product gives it. */
export interface NamespaceDefinition {
  /** With the dot at its end: `winlog.event_data.`. */
  readonly prefix: string;
  readonly title: string;
  /** Where its names are listed. */
  readonly source: string;
}

/** The names that one schema has for the fields of the vocabulary, by log source where a name means different things. */
export interface SchemaTable {
  readonly id: string;
  /** As readers choose it: `Splunk CIM`. */
  readonly title: string;
  /** Query languages whose rules name fields so; none for a schema that is only shown. */
  readonly languages: readonly string[];
  readonly sources: Readonly<Record<string, { readonly title: string; readonly url: string }>>;
  readonly scopes: readonly SchemaScope[];
}

/** Names that hold in one log source. The first scope that fits and has a name decides, so the narrow ones come first. */
export interface SchemaScope {
  /** `CIM Endpoint.Processes`: shown where a renaming is explained; unique in its schema. */
  readonly title: string;
  /** All must hold; `*` stands for any run of characters. Without any, the scope always fits. */
  readonly when: Readonly<Record<string, readonly string[]>>;
  /** Key of the schema's `sources`. */
  readonly source: string;
  /** Raw name, in which `*` stands for any run of characters but a dot → what it means. */
  readonly fields: Readonly<Record<string, SchemaEntry>>;
  /** Namespace of the raw names that are not listed. */
  readonly otherwise?: string | undefined;
  /** Raw names that are ids of the vocabulary mean themselves. */
  readonly identity?: boolean | undefined;
}

export interface SchemaEntry {
  readonly field: string;
  /** false: read, but never shown as the schema's name for the field. */
  readonly shown: boolean;
  /** Key of the schema's `sources`, where it differs from the scope's. */
  readonly source?: string | undefined;
}
