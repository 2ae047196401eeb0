import type { DerivedEvent, DerivedTelemetry } from "../derived-event.ts";
import { parseShell } from "../shells/registry.ts";
import { splitLine } from "./command-line.ts";
import type { Platform } from "./environment.ts";
import { windowsFacts } from "./programs.ts";
import { type Origin, openScene, type Process, type Scene } from "./scene.ts";
import type { EmulationTables } from "./tables.ts";
import { startUnixProcess } from "./unix-events.ts";
import { startPowerShellLogs, walkScript } from "./walk.ts";
import { startWindowsProcess } from "./windows-process.ts";

/** A command of a test with its inputs filled in, and how it is run. */
export interface TestRun {
  readonly shell: "powershell" | "cmd" | "sh" | "bash";
  readonly elevated: boolean;
  readonly platforms: readonly Platform[];
  readonly command: string;
}

/** What a command leaves. Never throws; equal commands leave equal events. */
export function deriveRun(run: TestRun, tables: EmulationTables): Pick<DerivedTelemetry, "events" | "unshown"> {
  const events: DerivedEvent[] = [];
  const unshown = new Set<string>();
  const script = parseShell(run.shell, run.command, tables.facts);
  if (script.diagnostics.some(({ severity }) => severity === "error")) {
    unshown.add("parts of the script that cannot be read");
  }
  for (const platform of run.platforms) {
    const scene = openScene(platform, tables, run.elevated);
    const origin: Origin = {
      span: { start: 0, end: run.command.length },
      certainty: "certain",
      why: "The runner of the tests starts the executor with the whole command.",
    };
    const process = startExecutor(scene, run, origin);
    walkScript(scene, script, { shell: run.shell, process, origin, depth: 0 });
    for (const event of scene.events) events.push(event);
    for (const reason of scene.unshown) unshown.add(reason);
  }
  return { events, unshown: [...unshown].sort() };
}

/**
 * The executor's process, started as Invoke-AtomicRedTeam does: lines of cmd joined by ` & ` behind `/c`, those of sh and
 * bash by `; ` behind `-c`, PowerShell as `& {…}` with quotes escaped.
 * Source: https://github.com/redcanaryco/invoke-atomicredteam/blob/master/Private/Invoke-ExecuteCommand.ps1
 */
function startExecutor(scene: Scene, run: TestRun, origin: Origin): Process {
  const { windows, unix } = scene.tables.machine;
  const text = run.command.trim();
  if (scene.platform !== "windows") {
    const shell = run.shell === "powershell" || run.shell === "cmd" ? "pwsh" : run.shell;
    const image = shell === "pwsh" ? "/usr/bin/pwsh" : `/bin/${shell}`;
    const words = shell === "pwsh" ? ["pwsh", "-Command", text] : [shell, "-c", text.replace(/(?<!;)\r?\n/gu, "; ")];
    const parent: Process = {
      image: "/usr/bin/pwsh",
      commandLine: "pwsh",
      id: 4_000,
      facts: null,
      user: unix.user,
      integrity: "High",
      directory: unix.home,
    };
    return startUnixProcess(scene, { image, words, directory: unix.directory }, parent, origin);
  }
  const runner = windowsFacts(scene.tables, "powershell");
  const parent: Process = {
    image: runner?.path ?? "powershell.exe",
    commandLine: `"${runner?.path ?? "powershell.exe"}" `,
    id: 4_000,
    facts: runner,
    user: `${windows.domain}\\${windows.user}`,
    integrity: run.elevated ? "High" : "Medium",
    directory: windows.directory,
  };
  const isCmd = run.shell === "cmd";
  const facts = windowsFacts(scene.tables, isCmd ? "cmd" : "powershell");
  const commandLine = isCmd
    ? `"cmd.exe" /c ${text.replace(/\r?\n/gu, " & ")}`
    : `"powershell.exe" & {${text.replaceAll('"', '\\""')}}`;
  const image = facts?.path ?? splitLine(commandLine).program;
  const process = startWindowsProcess(
    scene,
    { image, facts, commandLine, directory: windows.directory },
    parent,
    origin,
  );
  if (run.shell === "powershell") startPowerShellLogs(scene, process, `& {${text}}`, origin);
  return process;
}
