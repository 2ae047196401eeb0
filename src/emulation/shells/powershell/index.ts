import type { ShellScript } from "../command.ts";
import { type Ground, openRecorder } from "../ground.ts";
import { runScript, runUncalled } from "./run.ts";
import { openScope, type Run } from "./values.ts";

/** What PowerShell makes of a script. */
export function parsePowerShellOn(text: string, ground: Ground): ShellScript {
  const recorder = openRecorder(ground);
  const scope = openScope(null);
  const run: Run = { recorder, text, scope, when: "always", calls: 0, pipeline: null };
  runScript(text, run);
  runUncalled(scope, run);
  return recorder.script();
}
