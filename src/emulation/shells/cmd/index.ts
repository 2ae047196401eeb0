import type { ShellScript } from "../command.ts";
import { type Ground, openRecorder } from "../ground.ts";
import { openCmdParser } from "./parser.ts";
import { type CmdState, runCmd } from "./run.ts";

/** What cmd makes of the lines of a batch file, or of what stands behind `/c`. */
export function parseCmdOn(text: string, ground: Ground): ShellScript {
  const recorder = openRecorder(ground);
  const state: CmdState = {
    variables: new Map(Object.entries(ground.facts.windows)),
    delayed: false,
    jumped: null,
  };
  const parser = openCmdParser(text, state.variables, recorder);
  for (let node = parser.next(); node !== null; node = parser.next()) runCmd(node, state, recorder);
  return recorder.script();
}
