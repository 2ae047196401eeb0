/** What is known of a default machine, so that scripts can be read without running them. Comes from `content/emulation`. */
export interface ShellFacts {
  /** Variables of the environment of Windows, by name in small letters. */
  readonly windows: Readonly<Record<string, string>>;
  /** Variables that PowerShell sets by itself, by name in small letters. */
  readonly powershell: Readonly<Record<string, string>>;
  /** Variables of the environment of Unix, by name. */
  readonly unix: Readonly<Record<string, string>>;
  /** Programs of Unix that run another program: which of their options take a value, and what stands before that program. */
  readonly wrappers: Readonly<Record<string, UnixWrapper>>;
}

export interface UnixWrapper {
  /** Options whose value is the next word. */
  readonly valued: readonly string[];
  /** Words without a dash that stand before the program: 1 for `timeout 5 id`. */
  readonly operands: number;
  /** Whether `NAME=value` may stand before the program. */
  readonly assigns: boolean;
}

/** Nothing is known: every variable of the environment is uncertain. */
export const bareFacts: ShellFacts = { windows: {}, powershell: {}, unix: {}, wrappers: {} };

/** The entry of a table that has this key itself, not by inheritance. */
export function known<Value>(table: Readonly<Record<string, Value>>, key: string): Value | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}
