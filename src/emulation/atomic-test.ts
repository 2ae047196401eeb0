/** One emulation of Atomic Red Team, as its file has it. */
export interface AtomicTest {
  /** Lower-case GUID. */
  readonly guid: string;
  readonly technique: string;
  /** Its place among the tests of the technique, from 1. */
  readonly number: number;
  readonly name: string;
  readonly description: string;
  /** `windows`, `linux`, `macos`, `azure-ad`, `iaas:aws` … */
  readonly platforms: readonly string[];
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly type: string; readonly default: string }>
  >;
  readonly executor: AtomicExecutor;
  readonly prerequisites: readonly {
    readonly description: string;
    readonly check: string;
    readonly get: string;
    readonly shell: ShellName;
  }[];
  /** Path below the corpus folder. */
  readonly path: string;
}

export type ShellName = "powershell" | "cmd" | "sh" | "bash" | "manual";

export interface AtomicExecutor {
  readonly shell: ShellName;
  readonly elevated: boolean;
  /** Of a manual test: its steps as prose. Input arguments (`#{name}`) are not expanded yet. */
  readonly command: string;
  readonly cleanup: string;
}
