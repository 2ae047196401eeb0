import type { AtomicTest, ShellName } from "./atomic-test.ts";

/** The scripts of a test with its inputs filled in. */
export interface FilledTest {
  readonly command: string;
  readonly cleanup: string;
  readonly prerequisites: readonly { readonly check: string; readonly get: string; readonly shell: ShellName }[];
  /** Inputs that a script names and the test does not declare; they stay as they are written. */
  readonly missing: readonly string[];
}

/** Inputs within the defaults of inputs. */
const maximumDepth = 5;

/** Characters that filling in adds to one script. */
const maximumLength = 256 * 1024;

/**
 * Where Invoke-AtomicRedTeam puts the tests unless it is told otherwise: below the system drive, or the home of the
 * account, which is root.
 * Source: https://github.com/redcanaryco/invoke-atomicredteam/wiki/Execute-Atomic-Tests-(Local)
 */
const folders = { windows: "C:\\AtomicRedTeam\\atomics", unix: "/root/AtomicRedTeam/atomics" } as const;

/** Puts the defaults of a test's inputs for `#{name}`, and its folder for `PathToAtomicsFolder`. */
export function fillInputs(test: AtomicTest): FilledTest {
  const missing = new Set<string>();
  const fill = (script: string, shell: ShellName): string =>
    withFolder(filled(script, test, missing, 0, { left: maximumLength }), folders[systemOf(test, shell)]);
  const { shell } = test.executor;
  return {
    command: fill(test.executor.command, shell),
    cleanup: fill(test.executor.cleanup, shell),
    prerequisites: test.prerequisites.map((one) => ({
      check: fill(one.check, one.shell),
      get: fill(one.get, one.shell),
      shell: one.shell,
    })),
    missing: [...missing],
  };
}

/** PowerShell runs on both; a test that is not for Windows alone runs it there unless it is for Linux or macOS only. */
function systemOf(test: AtomicTest, shell: ShellName): "windows" | "unix" {
  if (shell === "cmd") return "windows";
  if (shell === "sh" || shell === "bash") return "unix";
  const isUnix = test.platforms.some((one) => one === "linux" || one === "macos");
  return isUnix && !test.platforms.includes("windows") ? "unix" : "windows";
}

/** `budget`: characters that may still be filled in, over all levels. */
function filled(text: string, test: AtomicTest, missing: Set<string>, depth: number, budget: { left: number }): string {
  if (depth > maximumDepth) return text;
  return text.replace(/#\{([^{}\n]{1,100})\}/g, (whole, name: string) => {
    if (!Object.hasOwn(test.inputs, name)) {
      missing.add(name);
      return whole;
    }
    const given = test.inputs[name]?.default ?? "";
    if (given.length + 1 > budget.left) return whole;
    budget.left -= given.length + 1;
    return filled(given, test, missing, depth + 1, budget);
  });
}

/** Written as a word or as a variable of PowerShell. */
function withFolder(text: string, folder: string): string {
  return text.replaceAll("$PathToAtomicsFolder", () => folder).replaceAll("PathToAtomicsFolder", () => folder);
}
