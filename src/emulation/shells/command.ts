import type { Diagnostic } from "../../kit/diagnostic.ts";
import type { Span } from "../../kit/span.ts";

/** What a shell makes of a script, as far as it can be told without running it. */
export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  readonly diagnostics: readonly Diagnostic[];
}

/** One command that the shell runs, in the order in which they would run. */
export interface ShellCommand {
  /** The first is the command's name. Quotes are taken off, variables and escapes resolved where that is certain. */
  readonly words: readonly ShellWord[];
  /** As it stands in the script, for the command line of a process: quotes kept, variables of the shell resolved. */
  readonly text: string;
  /** Where it stands in the script that was parsed; a nested command has the span of what brought it. */
  readonly span: Span;
  /** Commands of one pipeline share a number, and stand in its order. */
  readonly pipeline: number;
  /** How it comes to run: always, only where a condition holds, or from within another command (`cmd /c`, `-EncodedCommand`, `xargs`). */
  readonly when: "always" | "conditional";
  readonly redirections: readonly { readonly kind: "in" | "out" | "append" | "error"; readonly target: ShellWord }[];
  /** Variables set for this command or by it. */
  readonly assignments: readonly { readonly name: string; readonly value: ShellWord }[];
  /** Scripts that it is given to run: of `powershell -Command`, `-EncodedCommand` (decoded), `cmd /c`, `bash -c`, `$(…)`, script blocks. */
  readonly inner: readonly InnerScript[];
}

export interface InnerScript {
  readonly shell: "powershell" | "cmd" | "sh" | "bash";
  /** As decoded. */
  readonly text: string;
  readonly how: "argument" | "encoded" | "substitution" | "block";
  readonly script: ShellScript;
}

export interface ShellWord {
  readonly value: string;
  readonly span: Span;
  /** false: it holds a part that only running the script would tell (a variable of the environment that is not known, a substitution). */
  readonly certain: boolean;
}
