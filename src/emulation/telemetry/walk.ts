import type { InnerScript, ShellCommand, ShellScript } from "../shells/command.ts";
import { readPowerShellArguments } from "../shells/powershell-arguments.ts";
import { parseShell } from "../shells/registry.ts";
import { splitWindowsArguments } from "../shells/windows-arguments.ts";
import { leaveCloudOperation } from "./cloud.ts";
import { lineOfCmd, lineOfPowerShell, lineOfStartProcess, splitLine } from "./command-line.ts";
import { commandName } from "./command-name.ts";
import { leaveEffects } from "./effects.ts";
import { fillVariables } from "./environment.ts";
import { leaveCmdlet, leaveEngineStart, leaveScriptBlock } from "./powershell-log.ts";
import { type Program, programOf, windowsFacts } from "./programs.ts";
import { directoryAfter, leaveRedirections, shellTitle } from "./redirections.ts";
import { atMost, notShown, type Origin, type Process, type Scene, telemetryLimits } from "./scene.ts";
import { startUnixProcess } from "./unix-events.ts";
import { startWindowsProcess } from "./windows-process.ts";

/** Where commands run. */
export interface Surroundings {
  readonly shell: InnerScript["shell"];
  /** The process of the shell. */
  readonly process: Process;
  /** What holds of all of its commands. */
  readonly origin: Origin;
  /** Scripts around it. */
  readonly depth: number;
  /** Its only command is a program that Start-Process starts, which joins arguments as they are. */
  readonly joined?: boolean;
}

/** Goes through the commands of a script in the order in which they run. */
export function walkScript(scene: Scene, script: ShellScript, around: Surroundings): void {
  let { process } = around;
  const piped = new Map<number, number>();
  for (const { pipeline } of script.commands) piped.set(pipeline, (piped.get(pipeline) ?? 0) + 1);
  for (const command of script.commands) {
    scene.commands++;
    if (scene.commands > telemetryLimits.commands) {
      notShown(scene, `more than ${telemetryLimits.commands} commands`);
      return;
    }
    scene.step++;
    const certainty = atMost(around.origin.certainty, command.when === "always" ? "certain" : "likely");
    const origin: Origin = {
      span: around.depth === 0 ? command.span : around.origin.span,
      certainty,
      why: around.origin.why,
    };
    const surroundings = { ...around, process, origin };
    runCommand(scene, command, surroundings, (piped.get(command.pipeline) ?? 0) > 1);
    process = { ...process, directory: directoryAfter(scene, command, process.directory) };
  }
}

function runCommand(scene: Scene, command: ShellCommand, around: Surroundings, piped: boolean): void {
  const [first] = command.words;
  leaveRedirections(scene, command, around);
  if (first === undefined || first.value.trim() === "") {
    walkInner(scene, command, around, around.process);
    return;
  }
  const name = commandName(scene, first.value, around.shell);
  const process = name.type === "program" ? startProgram(scene, command, around) : around.process;
  if (process === null) return;
  if (name.type === "cmdlet" && scene.platform === "windows") {
    const why = `Where module logging is on, PowerShell records the call of ${name.name}.`;
    leaveCmdlet(scene, process, name.written, command, {
      ...around.origin,
      certainty: atMost(around.origin.certainty, "likely"),
      why,
    });
  }
  if (name.type === "builtin" && piped && around.shell === "cmd") startPipedShell(scene, command, around);
  const table = name.type === "program" ? name.program.name : name.name;
  const start = (line: string, parent: Process, origin: Origin): void =>
    startByLine(scene, line, parent, { ...around, origin });
  leaveEffects(scene, { name: table, command, process, origin: around.origin, start });
  leaveCloudOperation(scene, table, command, around.origin);
  walkInner(scene, command, around, process);
}

/** null where the file is a script whose content is not at hand. */
function startProgram(scene: Scene, command: ShellCommand, around: Surroundings): Process | null {
  const [first] = command.words;
  const word = first?.value ?? "";
  const { process: parent, origin } = around;
  const program = programOf(word, scene.platform, parent.directory, scene.tables);
  const certainty = atMost(
    atMost(origin.certainty, program.certainty),
    command.words.every((one) => one.certain) ? "certain" : "likely",
  );
  const place = program.certainty === "possible" ? ", wherever its file stands" : "";
  const why = `The ${shellTitle(around.shell)} starts ${program.name} as a process of its own${place}.`;
  if (scene.platform !== "windows" && !isUntold(word, first?.certain === true)) {
    const words = command.words.map(({ value }) => value).slice(0, 1_000);
    return startUnixProcess(scene, { image: program.image, words, directory: parent.directory }, parent, {
      ...origin,
      certainty,
      why,
    });
  }
  if (isUntold(word, first?.certain === true)) {
    notShown(scene, "programs whose name only running the command would tell");
    return null;
  }
  const opened = openedBy(scene, program.image);
  if (opened === "script") return null;
  const target = opened ?? { image: program.image, facts: program.facts, line: null };
  const commandLine =
    target.line ??
    (around.joined === true
      ? lineOfStartProcess(program.image, command)
      : around.shell === "powershell"
        ? lineOfPowerShell(program.image, command)
        : lineOfCmd(command.text));
  return startWindowsProcess(
    scene,
    { image: target.image, facts: target.facts, commandLine, directory: parent.directory },
    parent,
    { ...origin, certainty, why },
  );
}

/** Whether a word holds a part that is not known, so that no program can be named. */
function isUntold(word: string, certain: boolean): boolean {
  return !certain && /[$(`]|%[\w~]/u.test(word);
}

/** What opens a file that is no program: the interpreter of its extension; `script` for one of PowerShell, read in place. */
function openedBy(
  scene: Scene,
  image: string,
): { readonly image: string; readonly facts: Program["facts"]; readonly line: string } | "script" | null {
  const extension = /\.[a-z0-9]+$/iu.exec(image)?.[0].toLowerCase() ?? "";
  if (extension === ".ps1") {
    notShown(scene, "what a script file does that the test brings along or downloads");
    return "script";
  }
  const { associations } = scene.tables.shells;
  const opener = Object.hasOwn(associations, extension) ? associations[extension] : undefined;
  if (opener === undefined) return null;
  if (extension !== ".msc" && extension !== ".cpl")
    notShown(scene, "what a script file does that the test brings along or downloads");
  const facts = windowsFacts(scene.tables, opener);
  const path = facts?.path ?? opener;
  const line = opener === "cmd" ? `${path} /c ""${image}" "` : `"${path}" "${image}"`;
  return { image: path, facts, line };
}

/** A process whose command line another program gives: `wmic process call create`, `Start-Process`, a task. */
function startByLine(scene: Scene, line: string, parent: Process, around: Surroundings): void {
  if (around.depth >= telemetryLimits.depth) {
    notShown(scene, "scripts that lie too deep within others");
    return;
  }
  const text = scene.platform === "windows" ? fillVariables(line, scene.tables.facts) : line;
  const { program: word, rest } = splitLine(text);
  if (word === "" || /[*?<>|]/u.test(word)) return;
  const program = programOf(word, scene.platform, parent.directory, scene.tables);
  const certainty = atMost(around.origin.certainty, program.certainty);
  const origin = { ...around.origin, certainty };
  if (scene.platform !== "windows") {
    const words = [word, ...rest.split(/\s+/u).filter((one) => one !== "")];
    startUnixProcess(scene, { image: program.image, words, directory: parent.directory }, parent, origin);
    return;
  }
  const opened = openedBy(scene, program.image);
  if (opened === "script") return;
  const started = opened ?? { image: program.image, facts: program.facts, line: text.trim() };
  const process = startWindowsProcess(
    scene,
    { image: started.image, facts: started.facts, commandLine: started.line, directory: parent.directory },
    parent,
    origin,
  );
  const words = splitWindowsArguments(text).map(({ value }) => ({ value, span: origin.span, certain: true }));
  const command: ShellCommand = {
    words,
    text,
    span: origin.span,
    pipeline: 0,
    when: "always",
    redirections: [],
    assignments: [],
    inner: innerOfLine(
      scene,
      program.name,
      rest,
      words.slice(1).map(({ value }) => value),
    ),
  };
  const within = { ...around, origin, depth: around.depth + 1 };
  const start = (inner: string, above: Process, from: Origin): void =>
    startByLine(scene, inner, above, { ...within, origin: from });
  leaveEffects(scene, { name: program.name, command, process, origin, start });
  walkInner(scene, command, within, process);
}

/** The script that a shell is given on a command line that no shell has read. */
function innerOfLine(scene: Scene, program: string, rest: string, words: readonly string[]): ShellCommand["inner"] {
  const made = (shell: "cmd" | "powershell", text: string, how: InnerScript["how"]): readonly InnerScript[] => [
    { shell, text, how, script: parseShell(shell, text, scene.tables.facts) },
  ];
  switch (program) {
    case "cmd": {
      const text = /(?:^|\s)\/[ck]\s*(.+)$/isu.exec(rest)?.[1];
      return text === undefined ? [] : made("cmd", text.replace(/^"(.*)"$/su, "$1"), "argument");
    }
    case "powershell":
    case "pwsh": {
      const given = readPowerShellArguments(words, program === "pwsh");
      if (given.type !== "command" && given.type !== "encoded") return [];
      return made("powershell", given.script, given.type === "encoded" ? "encoded" : "argument");
    }
    default:
      return [];
  }
}

const startsProcess = /^(?:start-process|saps|start)$/iu;

/** Walks what a command is given to run: in its own process, or in that of the shell where it starts none. */
function walkInner(scene: Scene, command: ShellCommand, around: Surroundings, process: Process): void {
  for (const inner of command.inner) {
    if (around.depth + 1 >= telemetryLimits.depth) {
      notShown(scene, "scripts that lie too deep within others");
      return;
    }
    const isNew = process !== around.process;
    const isStart = inner.shell === "powershell" && startsProcess.test(command.words[0]?.value ?? "");
    const startsPowerShell = inner.shell === "powershell" && isNew;
    if (startsPowerShell && scene.platform === "windows")
      startPowerShellLogs(scene, process, inner.text, around.origin);
    else if (inner.shell === "powershell" && inner.how !== "block" && !isStart && scene.platform === "windows") {
      leaveScriptBlock(scene, inner.text, {
        ...around.origin,
        why: "PowerShell records the script that is put together and run.",
      });
    }
    walkScript(scene, inner.script, {
      shell: inner.shell,
      process: isNew || inner.how !== "argument" ? process : around.process,
      origin: around.origin,
      depth: around.depth + 1,
      joined: isStart,
    });
  }
}

/** What each start of PowerShell with a script leaves in its own logs. */
export function startPowerShellLogs(scene: Scene, process: Process, script: string, origin: Origin): void {
  leaveEngineStart(scene, process, {
    ...origin,
    why: "Each start of Windows PowerShell is recorded with its command line.",
  });
  leaveScriptBlock(scene, script, { ...origin, why: "Script block logging records the text that PowerShell runs." });
}

/** cmd runs a builtin of a pipeline in a shell of its own. */
function startPipedShell(scene: Scene, command: ShellCommand, around: Surroundings): void {
  const facts = windowsFacts(scene.tables, "cmd");
  if (facts === null) return;
  const commandLine = `${facts.path.replace("System32", "system32")}  /S /D /c" ${command.text.trim()} "`;
  const why = "cmd runs a command of its own that stands in a pipeline in a second cmd.";
  startWindowsProcess(
    scene,
    { image: facts.path, facts, commandLine, directory: around.process.directory },
    around.process,
    { ...around.origin, why },
  );
}
