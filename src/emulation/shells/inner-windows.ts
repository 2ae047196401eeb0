import type { Span } from "../../kit/span.ts";
import type { InnerScript } from "./command.ts";
import type { Recorder } from "./ground.ts";
import { readPowerShellArguments } from "./powershell-arguments.ts";
import { splitWindowsArguments, type WindowsArgument, windowsProgram } from "./windows-arguments.ts";

/** The scripts that a command line of Windows is given to run. `by`: the shell that starts it. */
export function innerOfWindows(
  by: "cmd" | "powershell",
  line: string,
  at: Span,
  recorder: Recorder,
): readonly InnerScript[] {
  const args = splitWindowsArguments(line);
  const [name] = args;
  if (name === undefined) return [];
  const made = (shell: InnerScript["shell"], text: string, how: InnerScript["how"] = "argument") => {
    const inner = text.trim() === "" ? null : recorder.inner(shell, text, how, at);
    return inner === null ? [] : [inner];
  };
  switch (windowsProgram(name.value)) {
    case "cmd":
      return made("cmd", scriptOfCmd(line, args) ?? "");
    case "powershell":
    case "pwsh": {
      const given = readPowerShellArguments(
        args.slice(1).map((one) => one.value),
        windowsProgram(name.value) === "pwsh",
      );
      if (given.type === "none") return [];
      if (given.type === "unreadable") {
        recorder.problem(
          "shell/not-base64",
          "Base64 of a UTF-16 text was expected as the encoded command.",
          at,
          "warning",
        );
        return [];
      }
      return made("powershell", given.script, given.type === "encoded" ? "encoded" : "argument");
    }
    case "start":
      return by === "cmd" ? made("cmd", scriptOfStart(line, args)) : [];
    case "call":
      return by === "cmd" && !(args[1]?.value ?? ":").startsWith(":") ? made("cmd", line.slice(args[1]?.start)) : [];
    case "forfiles": {
      const flag = args.findIndex((one) => /^[/-]c$/i.test(one.value));
      return flag < 0 ? [] : made("cmd", args[flag + 1]?.value ?? "");
    }
    case "bash":
    case "wsl": {
      const flag = args.findIndex((one) => one.value === "-c" || one.value === "-lc");
      return flag < 0 ? [] : made("bash", args[flag + 1]?.value ?? "");
    }
    default:
      return [];
  }
}

/**
 * What stands behind `/c` or `/k`, as cmd takes it: one pair of quotes around all of it goes, unless it is around the
 * name of one program and nothing else.
 * Source: https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/cmd
 */
function scriptOfCmd(line: string, args: readonly WindowsArgument[]): string | null {
  const flag = args.find((one, index) => index > 0 && /^\/[ckr]/i.test(line.slice(one.start)));
  if (flag === undefined || args.slice(1, args.indexOf(flag)).some((one) => !one.value.startsWith("/"))) return null;
  const text = line.slice(flag.start + 2).trim();
  if (!text.startsWith('"')) return text;
  const last = text.lastIndexOf('"');
  if (last === 0) return text.slice(1);
  const inside = text.slice(1, last);
  const forced = args.slice(1, args.indexOf(flag)).some((one) => /^\/s$/i.test(one.value));
  const isName = !inside.includes('"') && last === text.length - 1 && !/[&<>()@^|]/.test(inside) && isProgram(inside);
  return isName && !forced ? text : inside + text.slice(last + 1);
}

/** Whether a text in quotes is the path of a program with blanks in it, not a command line. */
function isProgram(text: string): boolean {
  return /\s/.test(text) && /^[^"/]*\.(?:exe|com|bat|cmd|ps1)$/i.test(text) && !/\.(?:exe|com|bat|cmd)\s/i.test(text);
}

/** The command of `start "title" /options program arguments`. */
function scriptOfStart(line: string, args: readonly WindowsArgument[]): string {
  let index = 1;
  if (line[args[1]?.start ?? 0] === '"' && args.length > 2) index++;
  for (; index < args.length; index++) {
    const one = args[index]?.value ?? "";
    if (!one.startsWith("/")) break;
    if (/^\/(?:d|node|affinity|machine)$/i.test(one)) index++;
  }
  const first = args[index];
  return first === undefined ? "" : line.slice(first.start);
}
