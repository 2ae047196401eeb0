import type { FieldType } from "../fields/tables.ts";

/** What the files of `content/vocabulary/values/` say of values: plain data, checked by whoever reads them. */
export interface ValueTables {
  readonly hives: readonly HiveSpellings[];
  readonly registryData: readonly RegistryData[];
  readonly algorithms: readonly HashAlgorithm[];
  readonly codes: readonly CodeTable[];
  readonly platforms: readonly PlatformSigns[];
}

/** A root of the registry and the names that mean the same root. */
export interface HiveSpellings {
  /** The normal form: `HKLM`. */
  readonly short: string;
  /** Names that are a root wherever they stand in front of a path. */
  readonly anywhere: readonly string[];
  /** Names that are a root only where the whole path begins with them, since a key can be called so too. */
  readonly atStart: readonly string[];
}

/** Fields of registry data in which a number may stand behind the word for its type: `DWORD (0x00000001)`. */
export interface RegistryData {
  readonly fields: readonly string[];
  readonly words: readonly string[];
}

/** How one hash stands in a text of several: `MD5=…`. */
export interface HashAlgorithm {
  readonly label: string;
  /** The form of the facet that holds this hash alone. */
  readonly form: string;
  /** Hexadecimal digits of a whole hash. */
  readonly digits: number;
}

/** Spellings that say the same in some fields, or in all fields of a type. */
export interface CodeTable {
  /** `logon type`: shown where a value is explained. */
  readonly title: string;
  readonly fields: readonly string[];
  readonly types: readonly FieldType[];
  /** Each a list of equal spellings, the normal form first. Letter case does not matter. */
  readonly values: readonly (readonly string[])[];
}

/** What says that the events of a rule are written on a platform; `*` stands for any run of characters. */
export interface PlatformSigns {
  readonly platform: "windows" | "unix";
  readonly tags: readonly string[];
  /** Label of a fact of the rule → what it may say. */
  readonly facts: Readonly<Record<string, readonly string[]>>;
  /** Kind of log source or source stage → names. */
  readonly from: Readonly<Record<string, readonly string[]>>;
  /** Raw field that a rule asks for → values. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}
