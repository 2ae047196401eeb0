import type { ShellFacts } from "../shells/facts.ts";

/** What the files of `content/emulation` say: plain data, checked by whoever reads them. */
export interface EmulationTables {
  readonly facts: ShellFacts;
  readonly machine: Machine;
  readonly windowsPrograms: readonly WindowsProgram[];
  /** Name → full path. */
  readonly linuxPrograms: Readonly<Record<string, string>>;
  readonly macosPrograms: Readonly<Record<string, string>>;
  readonly shells: ShellNames;
  readonly effects: readonly Effect[];
  readonly cloud: CloudTables;
  /** Id of a rule → why the command of the test that it names cannot show what it asks for. */
  readonly notShown: Readonly<Record<string, string>>;
}

/** The imagined machines on which tests run: one of Windows, one of Linux, one of macOS. */
export interface Machine {
  /** Time of the first event, ISO 8601 in UTC; each step comes a second later. */
  readonly start: string;
  readonly windows: {
    readonly computer: string;
    readonly domain: string;
    readonly user: string;
    readonly sid: string;
    readonly address: string;
    /** Where tests start, without the last `\`. */
    readonly directory: string;
  };
  readonly unix: {
    readonly computer: string;
    readonly user: string;
    readonly userId: number;
    readonly address: string;
    readonly directory: string;
    readonly home: string;
  };
}

/** A program whose file says who made it; the empty text where its file says nothing. */
export interface WindowsProgram {
  /** As one calls it, in lower case, without `.exe`. */
  readonly name: string;
  readonly path: string;
  readonly original: string;
  readonly description: string;
  readonly company: string;
  readonly product: string;
}

/** What is no program of its own. All names in lower case. */
export interface ShellNames {
  readonly cmd: readonly string[];
  readonly sh: readonly string[];
  /** Alias → cmdlet, of Windows PowerShell. */
  readonly powershellAliases: Readonly<Record<string, string>>;
  /** Parameters of cmdlets that take no value. */
  readonly powershellSwitches: readonly string[];
  /** Extension with its dot → program of Windows that opens it. */
  readonly associations: Readonly<Record<string, string>>;
}

/** What a command leaves beside its process. */
export interface Effect {
  /** Names of programs without `.exe`, of builtins or cmdlets, in lower case. */
  readonly commands: readonly string[];
  readonly platform: "windows" | "unix" | "any";
  /** Spelling of an option in lower case, or `name=` → variable that gets its value. */
  readonly options: Readonly<Record<string, string>>;
  /** Spelling of an option without value → variable that is set by it. */
  readonly flags: Readonly<Record<string, string>>;
  /** Variables that other words fill, in their order; one that ends in `...` takes all that are left, joined by blanks. */
  readonly words: readonly string[];
  /** Variable → regular expression over the text of the command; its first group is the value. */
  readonly patterns: Readonly<Record<string, string>>;
  readonly defaults: Readonly<Record<string, string>>;
  /** Variable → values in lower case, of which it has one. */
  readonly when: Readonly<Record<string, readonly string[]>>;
  readonly leaves: readonly Leaf[];
}

interface LeafBase {
  readonly certainty: "certain" | "likely" | "possible";
  /** One sentence with `{variable}`s. */
  readonly why: string;
  /** Full path of the acting process, where it is not the command's own. */
  readonly by?: string | undefined;
  /** Variables that must be set, beside those that the leaf names. */
  readonly needs?: readonly string[] | undefined;
  /** Variables that must not be set. */
  readonly lacks?: readonly string[] | undefined;
  /** Variable → values in lower case, of which it has one. */
  readonly when?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Texts may name variables (`{key}`); a leaf whose variable is not set does not come about. */
export type Leaf = LeafBase &
  (
    | {
        readonly event: "registry-set";
        readonly key: string;
        readonly name: string;
        readonly type: string;
        readonly data: string;
      }
    | { readonly event: "registry-key-created" | "registry-key-deleted"; readonly key: string }
    | { readonly event: "registry-value-deleted"; readonly key: string; readonly name: string }
    | { readonly event: "file-created" | "file-deleted"; readonly path: string; readonly from?: string | undefined }
    | { readonly event: "image-loaded"; readonly path: string }
    | { readonly event: "connection"; readonly url: string; readonly port?: string | undefined }
    | { readonly event: "process-accessed"; readonly target: string; readonly access: string }
    | { readonly event: "pipe-created"; readonly name: string }
    | { readonly event: "process-started"; readonly command: string; readonly parent?: string | undefined }
    | {
        readonly event: "windows-log";
        readonly kind: string;
        readonly channel: string;
        readonly provider: string;
        readonly id: number;
        readonly data: Readonly<Record<string, string>>;
        /** Name of the element below `UserData` where the event has that instead of `EventData`. */
        readonly userData?: string | undefined;
      }
    | { readonly event: "unix-log"; readonly kind: string; readonly data: Readonly<Record<string, string>> }
    | { readonly event: "unshown"; readonly reason: string }
  );

export interface CloudTables {
  readonly aws: {
    /** Service of the command line → first label of its event source, where the two differ. */
    readonly sources: Readonly<Record<string, string>>;
    /** `service command` → operations, where the name does not follow from the command. */
    readonly operations: Readonly<Record<string, readonly string[]>>;
  };
  /** Leading words of a command, or the name of a cmdlet, in lower case → what the audit log has of it. */
  readonly operations: readonly CloudOperation[];
}

export interface CloudOperation {
  readonly commands: readonly string[];
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}
