import { collectDiagnostics, diagnostic, type Severity } from "../../kit/diagnostic.ts";
import type { Span } from "../../kit/span.ts";
import type { InnerScript, ShellCommand, ShellScript, ShellWord } from "./command.ts";
import type { ShellFacts } from "./facts.ts";

/** Caps that hostile scripts meet; real ones stay far below. */
export const caps = {
  /** Characters of one script. */
  length: 128 * 1024,
  /** Blocks within blocks of one script. */
  depth: 60,
  /** Scripts within scripts. */
  scripts: 8,
  /** Commands of a script with all that it holds. */
  commands: 2000,
  /** Things looked at when a script is gone through, loops counted as often as they turn. */
  steps: 40_000,
  /** Turns of one loop whose list is known. */
  turns: 32,
  /** Expressions within expressions that are worked out. */
  nesting: 300,
  /** Characters of one value that was put together. */
  value: 64 * 1024,
  /** Characters of all values that were put together, and of all scripts within scripts. */
  characters: 1024 * 1024,
} as const;

export type RunnableShell = InnerScript["shell"];

/** What a script and those within it share. */
export interface Ground {
  readonly facts: ShellFacts;
  /** What is left of the caps. */
  readonly left: { commands: number; steps: number; characters: number; nesting: number };
  /** Scripts around this one. */
  readonly depth: number;
  /** Of a script within another: what brought it, which is where all of it stands. */
  readonly origin: Span | null;
  readonly parse: (shell: RunnableShell, text: string, ground: Ground) => ShellScript;
}

/** Commands and faults of one script, as they are found. */
export interface Recorder {
  readonly ground: Ground;
  readonly newPipeline: () => number;
  readonly add: (command: ShellCommand) => void;
  readonly problem: (code: string, message: string, at: Span, severity?: Severity) => void;
  /** Takes a step; false where none is left, which is told once. */
  readonly step: (at: Span) => boolean;
  /** The ground of a script within this one, all of which stands at `at`; null where it lies too deep. */
  readonly within: (at: Span) => Ground | null;
  /** Parses a script within this one; null where it lies too deep. */
  readonly inner: (shell: RunnableShell, text: string, how: InnerScript["how"], at: Span) => InnerScript | null;
  readonly script: () => ShellScript;
}

export function openRecorder(ground: Ground): Recorder {
  const commands: ShellCommand[] = [];
  const diagnostics = collectDiagnostics("shell");
  let pipelines = 0;
  let full = false;
  const place = (at: Span): Span => ground.origin ?? at;
  const placed = (word: ShellWord): ShellWord => ({ ...word, span: place(word.span) });
  const problem: Recorder["problem"] = (code, message, at, severity = "error") =>
    diagnostics.add(diagnostic(code, severity, message, place(at)));
  const tellFull = (at: Span): void => {
    if (!full) problem("shell/too-much", "A script of fewer commands and turns was expected.", at);
    full = true;
  };
  const within = (at: Span): Ground | null => {
    if (ground.depth + 1 < caps.scripts) return { ...ground, depth: ground.depth + 1, origin: place(at) };
    problem("shell/too-deep", `At most ${caps.scripts} scripts within each other were expected.`, at);
    return null;
  };
  return {
    ground,
    newPipeline: () => pipelines++,
    problem,
    add: (command) => {
      if (ground.left.commands <= 0) {
        tellFull(command.span);
        return;
      }
      ground.left.commands--;
      commands.push({
        ...command,
        span: place(command.span),
        words: command.words.map(placed),
        redirections: command.redirections.map((one) => ({ ...one, target: placed(one.target) })),
        assignments: command.assignments.map((one) => ({ ...one, value: placed(one.value) })),
      });
    },
    step: (at) => {
      if (ground.left.steps > 0 && ground.left.commands > 0) {
        ground.left.steps--;
        return true;
      }
      tellFull(at);
      return false;
    },
    within,
    inner: (shell, text, how, at) => {
      const inside = within(at);
      if (text.length > ground.left.characters) {
        tellFull(at);
        return null;
      }
      ground.left.characters -= text.length;
      return inside === null ? null : { shell, text, how, script: ground.parse(shell, text, inside) };
    },
    script: () => ({ commands, diagnostics: diagnostics.all() }),
  };
}

/** A text cut to what one value may hold and what is left for all of them. */
export function capped(ground: Ground, text: string): string {
  const most = Math.min(caps.value, Math.max(0, ground.left.characters));
  const kept = text.length > most ? text.slice(0, most) : text;
  ground.left.characters -= kept.length;
  return kept;
}
