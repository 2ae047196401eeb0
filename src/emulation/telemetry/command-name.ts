import type { InnerScript } from "../shells/command.ts";
import { type Program, programName, programOf, windowsFacts } from "./programs.ts";
import type { Scene } from "./scene.ts";

/** What a word at the place of a command is. */
export type CommandName =
  | { readonly type: "program"; readonly program: Program }
  | { readonly type: "builtin" | "other"; readonly name: string }
  /** `written`: as PowerShell spells it in its logs. */
  | { readonly type: "cmdlet"; readonly name: string; readonly written: string };

export function commandName(scene: Scene, word: string, shell: InnerScript["shell"]): CommandName {
  const { shells } = scene.tables;
  const lower = word.toLowerCase();
  const asProgram = (): CommandName => {
    return {
      type: "program",
      program: programOf(word, scene.platform, scene.tables.machine.windows.directory, scene.tables),
    };
  };
  switch (shell) {
    case "cmd": {
      const plain = lower.replace(/^@/u, "");
      return shells.cmd.includes(plain) ? { type: "builtin", name: plain } : asProgram();
    }
    case "sh":
    case "bash":
      return shells.sh.includes(lower) ? { type: "builtin", name: lower } : asProgram();
    case "powershell": {
      const alias = Object.hasOwn(shells.powershellAliases, lower) ? shells.powershellAliases[lower] : undefined;
      if (alias !== undefined) return { type: "cmdlet", name: alias.toLowerCase(), written: alias };
      if (/^(?:[\w.]+\\)?[a-z]+-[a-z][\w-]*$/iu.test(word) && !/\.(?:exe|com|bat|cmd)$/iu.test(word)) {
        const plain = word.slice(word.lastIndexOf("\\") + 1);
        return { type: "cmdlet", name: plain.toLowerCase(), written: plain };
      }
      return isProgramWord(scene, word) ? asProgram() : { type: "other", name: lower };
    }
    default:
      shell satisfies never;
      return { type: "other", name: lower };
  }
}

/** Whether PowerShell starts a program for this word: a path, a file's name or one that tables know. */
function isProgramWord(scene: Scene, word: string): boolean {
  if (/[$@{}()[\]=+]|::/u.test(word) && !/\.(?:exe|com|bat|cmd|ps1|vbs|js)$/iu.test(word)) return false;
  if (/\.(?:exe|com|bat|cmd|ps1|vbs|js|hta|msi|msc|cpl|scr)$/iu.test(word)) return true;
  const { windows } = { windows: scene.platform === "windows" };
  if (windows)
    return windowsFacts(scene.tables, programName(word)) !== null || /^(?:\.|[a-z]:)\\[^\s*?]+$/iu.test(word);
  const known = scene.platform === "linux" ? scene.tables.linuxPrograms : scene.tables.macosPrograms;
  return Object.hasOwn(known, word) || word.startsWith("/") || word.startsWith("./");
}
