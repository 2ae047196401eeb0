import type { ShellCommand } from "../shells/command.ts";
import { splitWindowsArguments } from "../shells/windows-arguments.ts";
import { leave, type Origin, type Process, type Scene, telemetryLimits } from "./scene.ts";
import { type WindowsEventHead, windowsEvent } from "./windows-event.ts";

const engine = "5.1.19041.4522";
/** Ids of hosts and run spaces are random; these stand for them. */
const hostId = "2b6c1d6e-0d1c-4d0b-9a51-6f7f3e0a1c11";
const runspaceId = "7a3f9e52-53b1-4f0e-8d2c-1b9f6a2e4d22";

function operational(id: number, level: number, task: number, opcode: number): WindowsEventHead {
  const channel = "Microsoft-Windows-PowerShell/Operational";
  return { provider: "Microsoft-Windows-PowerShell", id, version: 1, level, task, opcode, keywords: "0x0", channel };
}

function classic(id: number, task: number): WindowsEventHead {
  const keywords = "0x80000000000000";
  return { provider: "PowerShell", id, version: 0, level: 4, task, opcode: 0, keywords, channel: "Windows PowerShell" };
}

/** 4104, in parts where the block is long. */
export function leaveScriptBlock(scene: Scene, text: string, origin: Origin): void {
  const size = telemetryLimits.scriptBlock;
  const parts = Math.max(1, Math.ceil(text.length / size));
  const number = scene.events.length + 1;
  const ScriptBlockId = `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
  for (let part = 0; part < parts; part++) {
    const EventData = {
      MessageNumber: part + 1,
      MessageTotal: parts,
      ScriptBlockText: text.slice(part * size, (part + 1) * size),
      ScriptBlockId,
      Path: "",
    };
    leave(scene, "windows.ps_script", windowsEvent(scene, operational(4104, 5, 2, 15), { EventData }), origin);
  }
}

/** What every start of Windows PowerShell leaves in its classic log: the engine (400) and its providers (600). */
export function leaveEngineStart(scene: Scene, process: Process, origin: Origin): void {
  const common = hostLines(process);
  const engineLines = ["NewEngineState=Available", "PreviousEngineState=None", "", "SequenceNumber=13", "", ...common];
  const start = { Data: ["Available", "None", classicText(engineLines)] };
  leave(scene, "windows.ps_classic_start", windowsEvent(scene, classic(400, 4), { EventData: start }), origin);
  for (const name of ["Registry", "FileSystem", "Variable"]) {
    const lines = [`ProviderName=${name}`, "NewProviderState=Started", "", "SequenceNumber=1", "", ...common];
    const provider = { Data: [name, "Started", classicText(lines)] };
    leave(scene, "windows.ps_classic_provider_start", windowsEvent(scene, classic(600, 6), { EventData: provider }), {
      ...origin,
      why: `PowerShell starts its provider ${name} with each engine.`,
    });
  }
}

/** PowerShell joins the arguments that it was given with blanks, so that quotes are gone. */
function hostApplication(process: Process): string {
  return splitWindowsArguments(process.commandLine)
    .map(({ value }) => value)
    .join(" ");
}

function hostLines(process: Process): readonly string[] {
  return [
    "HostName=ConsoleHost",
    `HostVersion=${engine}`,
    `HostId=${hostId}`,
    `HostApplication=${hostApplication(process)}`,
    `EngineVersion=${engine}`,
    `RunspaceId=${runspaceId}`,
    "PipelineId=",
    "CommandName=",
    "CommandType=",
    "ScriptName=",
    "CommandPath=",
    "CommandLine=",
  ];
}

const classicText = (lines: readonly string[]): string =>
  lines.map((line) => (line === "" ? "" : `\t${line}`)).join("\r\n");

/** 4103 and 800 of a cmdlet, which module logging leaves where it is switched on. `name` is the cmdlet, not its alias. */
export function leaveCmdlet(scene: Scene, process: Process, name: string, command: ShellCommand, origin: Origin): void {
  const payload = [`CommandInvocation(${name}): "${name}"`, ...bindings(name, command)].join("\r\n");
  const context = [
    "Severity = Informational",
    "Host Name = ConsoleHost",
    `Host Version = ${engine}`,
    `Host ID = ${hostId}`,
    `Host Application = ${hostApplication(process)}`,
    `Engine Version = ${engine}`,
    `Runspace ID = ${runspaceId}`,
    "Pipeline ID = 1",
    `Command Name = ${name}`,
    "Command Type = Cmdlet",
    "Script Name = ",
    "Command Path = ",
    "Sequence Number = 16",
    `User = ${process.user}`,
    "Connected User = ",
    "Shell ID = Microsoft.PowerShell",
  ];
  const ContextInfo = context.map((line) => `        ${line}`).join("\r\n");
  const EventData = { ContextInfo, UserData: "", Payload: payload };
  leave(scene, "windows.ps_module", windowsEvent(scene, operational(4103, 4, 106, 20), { EventData }), origin);
  const details = [
    "DetailSequence=1",
    "DetailTotal=1",
    "",
    "SequenceNumber=15",
    "",
    `UserId=${process.user}`,
    ...hostLines(process),
  ];
  const Data = [command.text, classicText(details), payload];
  leave(scene, "windows.ps_classic_script", windowsEvent(scene, classic(800, 8), { EventData: { Data } }), origin);
}

/** Parameters as the log writes them. A word that no parameter announces is told without a name. */
function bindings(name: string, command: ShellCommand): readonly string[] {
  const lines: string[] = [];
  const words = command.words.slice(1, 101);
  for (let at = 0; at < words.length; at++) {
    const word = words[at]?.value ?? "";
    const parameter = /^-([A-Za-z]\w*):?(.*)$/su.exec(word);
    if (parameter === null) {
      lines.push(`ParameterBinding(${name}): name=""; value="${word}"`);
      continue;
    }
    const following = words[at + 1]?.value;
    const glued = parameter[2] ?? "";
    const takesNext = glued === "" && following !== undefined && !/^-[A-Za-z]/u.test(following);
    if (takesNext) at++;
    const value = takesNext ? following : glued === "" ? "True" : glued;
    lines.push(`ParameterBinding(${name}): name="${parameter[1]}"; value="${value}"`);
  }
  return lines;
}
