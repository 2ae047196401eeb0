import type { InnerScript, ShellCommand } from "../shells/command.ts";
import { isMade, leaveFile } from "./effects.ts";
import { pathOn } from "./environment.ts";
import { atMost, notShown, type Scene } from "./scene.ts";
import type { Surroundings } from "./walk.ts";

/** Files that a command's output is written to. */
export function leaveRedirections(scene: Scene, command: ShellCommand, around: Surroundings): void {
  for (const { kind, target } of command.redirections.slice(0, 20)) {
    const plain = target.value.trim();
    if (kind === "in" || plain === "" || /^(?:nul|\$null|&?\d|-|\/dev\/\S*)$/iu.test(plain) || /[*?|<>]/u.test(plain))
      continue;
    const path = pathOn(scene.platform, plain, around.process.directory);
    if (kind === "append" && isMade(scene, path)) continue;
    const certainty = atMost(
      around.origin.certainty,
      target.certain ? (kind === "append" ? "likely" : "certain") : "likely",
    );
    if (!target.certain && /[$(]|%\S+%/u.test(plain)) {
      notShown(scene, "what has a name that only running the command would tell");
      continue;
    }
    const why = `The ${shellTitle(around.shell)} writes the output to this file.`;
    leaveFile(scene, around.process, "created", path, { ...around.origin, certainty, why });
  }
}

/** Where later commands run: `cd` and its like change it. */
export function directoryAfter(scene: Scene, command: ShellCommand, directory: string): string {
  const [first, ...rest] = command.words;
  const name = first?.value.toLowerCase() ?? "";
  if (!["cd", "chdir", "pushd", "set-location", "sl"].includes(name) || command.when !== "always") return directory;
  const target = rest.find(({ value }) => !/^(?:\/d|-\w+)$/iu.test(value));
  if (target === undefined || !target.certain || /[*?<>|%$]/u.test(target.value)) return directory;
  if (scene.platform === "windows" && /^hk|^cert:|^registry:/iu.test(target.value)) return directory;
  return pathOn(scene.platform, target.value, directory);
}

export function shellTitle(shell: InnerScript["shell"]): string {
  switch (shell) {
    case "cmd":
      return "command prompt";
    case "powershell":
      return "PowerShell";
    case "sh":
    case "bash":
      return "shell";
    default:
      shell satisfies never;
      return "shell";
  }
}
