import { span } from "../../kit/span.ts";
import { parseCmdOn } from "./cmd/index.ts";
import type { ShellScript } from "./command.ts";
import { bareFacts, type ShellFacts } from "./facts.ts";
import { caps, type Ground, openRecorder, type RunnableShell } from "./ground.ts";
import { parsePosixOn } from "./posix/index.ts";
import { parsePowerShellOn } from "./powershell/index.ts";

const parsers: Readonly<Record<RunnableShell, (text: string, ground: Ground) => ShellScript>> = {
  cmd: parseCmdOn,
  powershell: parsePowerShellOn,
  sh: (text, ground) => parsePosixOn("sh", text, ground),
  bash: (text, ground) => parsePosixOn("bash", text, ground),
};

/** What a shell makes of a script. Never throws, on any text; what is not understood is a diagnostic. */
export function parseShell(shell: RunnableShell, text: string, facts: ShellFacts = bareFacts): ShellScript {
  const left = { commands: caps.commands, steps: caps.steps, characters: caps.characters, nesting: caps.nesting };
  return parseOn(shell, text, { facts, left, depth: 0, origin: null, parse: parseOn });
}

function parseOn(shell: RunnableShell, text: string, ground: Ground): ShellScript {
  if (text.length <= caps.length) return parsers[shell](text, ground);
  const recorder = openRecorder(ground);
  recorder.problem(
    "shell/too-long",
    `A script of at most ${caps.length} characters was expected.`,
    span(0, text.length),
  );
  return recorder.script();
}
