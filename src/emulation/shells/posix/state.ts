import type { Span } from "../../../kit/span.ts";
import type { ShellCommand } from "../command.ts";
import { known } from "../facts.ts";
import type { Recorder } from "../ground.ts";
import type { ShNode, ShRedirection } from "./syntax.ts";

export interface ShValue {
  readonly text: string;
  readonly certain: boolean;
}

export interface ShFunction {
  readonly body: ShNode;
  /** The text that it stands in, and what brought that. */
  readonly text: string;
  readonly origin: Span | null;
  called: boolean;
}

/** What a shell knows as it goes; a subshell has a copy. */
export interface ShState {
  readonly variables: Map<string, ShValue>;
  readonly functions: Map<string, ShFunction>;
  /** `$1`, `$2` …; null where nobody knows them. */
  readonly args: readonly ShValue[] | null;
  /** An `exit` was met: whether what follows runs is not known. */
  jumped: boolean;
}

/** Where a command runs. */
export interface ShRun {
  readonly recorder: Recorder;
  /** The text that spans count in. */
  readonly text: string;
  readonly state: ShState;
  readonly shell: "sh" | "bash";
  readonly when: ShellCommand["when"];
  readonly pipeline: number | null;
  /** What the part before it in a pipeline writes, where that is known. */
  readonly input: ShValue | null;
  readonly redirections: readonly ShRedirection[];
  /** Functions that call each other so far. */
  readonly calls: number;
}

export function openState(before: ShState | null = null): ShState {
  return {
    variables: new Map(before?.variables),
    functions: before?.functions ?? new Map(),
    args: before === null ? [] : before.args,
    jumped: false,
  };
}

/** A variable by name; null where it is not known. */
export function variableOf(name: string, { state, recorder }: ShRun): ShValue | null {
  const set = state.variables.get(name);
  if (set !== undefined) return set;
  const text = known(recorder.ground.facts.unix, name);
  return text === null ? null : { text, certain: true };
}
