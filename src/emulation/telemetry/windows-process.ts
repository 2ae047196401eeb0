import { leave, type Origin, type Process, processId, type Scene, telemetryLimits } from "./scene.ts";
import { leaveSysmon, processGuid } from "./sysmon.ts";
import type { WindowsProgram } from "./tables.ts";
import { windowsEvent } from "./windows-event.ts";

/** Keeps what Sysmon (1) and the Security log (4688) have of a new process, and gives it. */
export function startWindowsProcess(
  scene: Scene,
  started: {
    readonly image: string;
    readonly facts: WindowsProgram | null;
    readonly commandLine: string;
    readonly directory: string;
    readonly integrity?: Process["integrity"];
    readonly user?: string;
  },
  parent: Process,
  origin: Origin,
): Process {
  const process: Process = {
    image: started.image,
    facts: started.facts,
    commandLine: started.commandLine.slice(0, telemetryLimits.commandLine),
    directory: started.directory,
    id: processId(scene),
    integrity: started.integrity ?? parent.integrity,
    user: started.user ?? parent.user,
  };
  leaveSysmon(scene, "windows.process_creation", 1, sysmonData(process, parent), origin);
  leaveSecurity(scene, process, parent, origin);
  return process;
}

/** A file without what it says of itself has `-` there in Sysmon. */
const said = (text: string | undefined): string => (text === undefined || text === "" ? "-" : text);

function sysmonData(process: Process, parent: Process): Readonly<Record<string, unknown>> {
  const system = process.integrity === "System";
  return {
    ProcessGuid: processGuid(process.id),
    ProcessId: process.id,
    Image: process.image,
    FileVersion: "-",
    Description: said(process.facts?.description),
    Product: said(process.facts?.product),
    Company: said(process.facts?.company),
    OriginalFileName: said(process.facts?.original),
    CommandLine: process.commandLine,
    CurrentDirectory: process.directory.endsWith("\\") ? process.directory : `${process.directory}\\`,
    User: process.user,
    LogonGuid: processGuid(0),
    LogonId: system ? "0x3e7" : "0x8a3f1",
    TerminalSessionId: system ? 0 : 1,
    IntegrityLevel: process.integrity,
    ParentProcessGuid: processGuid(parent.id),
    ParentProcessId: parent.id,
    ParentImage: parent.image,
    ParentCommandLine: parent.commandLine,
    ParentUser: parent.user,
  };
}

const labels: Readonly<Record<Process["integrity"], string>> = {
  Medium: "S-1-16-8192",
  High: "S-1-16-12288",
  System: "S-1-16-16384",
};

function leaveSecurity(scene: Scene, process: Process, parent: Process, origin: Origin): void {
  const system = process.integrity === "System";
  const EventData = {
    ...subject(scene, system),
    NewProcessId: hex(process.id),
    NewProcessName: process.image,
    TokenElevationType: process.integrity === "High" ? "%%1937" : process.integrity === "Medium" ? "%%1938" : "%%1936",
    ProcessId: hex(parent.id),
    CommandLine: process.commandLine,
    TargetUserSid: "S-1-0-0",
    TargetUserName: "-",
    TargetDomainName: "-",
    TargetLogonId: "0x0",
    ParentProcessName: parent.image,
    MandatoryLabel: labels[process.integrity],
  };
  const head = securityHead(4688, 2, 13312);
  leave(scene, "windows.security", windowsEvent(scene, head, { EventData }), origin);
}

/** Who acted, in the fields that events of the Security log begin with. */
export function subject(scene: Scene, system: boolean): Readonly<Record<string, string>> {
  const { windows } = scene.tables.machine;
  return {
    SubjectUserSid: system ? "S-1-5-18" : windows.sid,
    SubjectUserName: system ? `${windows.computer.split(".")[0] ?? ""}$` : windows.user,
    SubjectDomainName: windows.domain,
    SubjectLogonId: system ? "0x3e7" : "0x8a3f1",
  };
}

export function securityHead(id: number, version: number, task: number) {
  return {
    provider: "Microsoft-Windows-Security-Auditing",
    id,
    version,
    level: 0,
    task,
    opcode: 0,
    keywords: "0x8020000000000000",
    channel: "Security",
  };
}

export function hex(number: number): string {
  return `0x${number.toString(16)}`;
}
