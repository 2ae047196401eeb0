import type { ShellScript } from "../command.ts";
import { type Ground, openRecorder } from "../ground.ts";
import { runText, runUncalled } from "./run.ts";
import { openState, type ShRun } from "./state.ts";

/** What sh or bash make of a script. What only bash knows is understood in both. */
export function parsePosixOn(shell: "sh" | "bash", text: string, ground: Ground): ShellScript {
  const recorder = openRecorder(ground);
  const run: ShRun = {
    recorder,
    text,
    state: openState(),
    shell,
    when: "always",
    pipeline: null,
    input: null,
    redirections: [],
    calls: 0,
  };
  runText(text, run);
  runUncalled(run);
  return recorder.script();
}
