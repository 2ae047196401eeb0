import type { DerivedEvent } from "../derived-event.ts";
import { baseName } from "./environment.ts";
import { leave, now, type Origin, type Process, processId, type Scene, telemetryLimits } from "./scene.ts";
import { processGuid } from "./sysmon.ts";
import { utcTime } from "./windows-event.ts";

/** Keeps what the logs of Linux or macOS have of a new process, and gives it. `words` are its arguments, its name first. */
export function startUnixProcess(
  scene: Scene,
  started: {
    readonly image: string;
    readonly words: readonly string[];
    readonly directory: string;
    readonly user?: string;
  },
  parent: Process,
  origin: Origin,
): Process {
  const process: Process = {
    image: started.image,
    facts: null,
    commandLine: started.words.join(" ").slice(0, telemetryLimits.commandLine),
    directory: started.directory,
    id: processId(scene),
    integrity: parent.integrity,
    user: started.user ?? parent.user,
  };
  if (scene.platform === "macos") {
    leave(
      scene,
      "macos.process_creation",
      macosDocument(scene, process, "process", "start", "exec", processPart(process, parent, started.words)),
      origin,
    );
    return process;
  }
  const EventData = {
    ...sysmonHead(scene, process),
    FileVersion: "-",
    Description: "-",
    Product: "-",
    Company: "-",
    OriginalFileName: "-",
    CommandLine: process.commandLine,
    CurrentDirectory: process.directory,
    User: process.user,
    LogonId: userId(scene, process.user),
    TerminalSessionId: 3,
    IntegrityLevel: "no level",
    Hashes: "-",
    ParentProcessGuid: processGuid(parent.id),
    ParentProcessId: parent.id,
    ParentImage: parent.image,
    ParentCommandLine: parent.commandLine,
    ParentUser: parent.user,
  };
  leave(scene, "linux.process_creation", linuxSysmon(scene, 1, EventData), origin);
  leaveAudit(scene, process, parent, started.words, origin);
  return process;
}

function userId(scene: Scene, user: string): number {
  return user === "root" ? 0 : scene.tables.machine.unix.userId;
}

function linuxSysmon(scene: Scene, id: number, EventData: Readonly<Record<string, unknown>>): DerivedEvent["data"] {
  return {
    Event: {
      System: {
        Provider: { Name: "Linux-Sysmon", Guid: "{ff032593-a8d3-4f13-b0d6-01fc615a0f97}" },
        EventID: id,
        Version: 5,
        Level: 4,
        Task: id,
        Opcode: 0,
        Keywords: "0x8000000000000000",
        TimeCreated: { SystemTime: now(scene).toISOString().replace("Z", "000000Z") },
        EventRecordID: scene.events.length + 1,
        Correlation: {},
        Execution: { ProcessID: 911, ThreadID: 911 },
        Channel: "Linux-Sysmon/Operational",
        Computer: scene.tables.machine.unix.computer,
        Security: { UserId: 0 },
      },
      EventData,
    },
  };
}

/** The audit records of `execve`: its call, its arguments, where it was made and the file. */
function leaveAudit(scene: Scene, process: Process, parent: Process, words: readonly string[], origin: Origin): void {
  const serial = scene.events.length + 1;
  const head = { "@timestamp": now(scene).toISOString(), serial };
  const uid = String(userId(scene, process.user));
  const call = {
    ...head,
    type: "SYSCALL",
    arch: "c000003e",
    syscall: "59",
    SYSCALL: "execve",
    success: "yes",
    exit: "0",
    ppid: String(parent.id),
    pid: String(process.id),
    auid: String(scene.tables.machine.unix.userId),
    uid,
    euid: uid,
    tty: "pts0",
    comm: baseName(process.image).slice(0, 15),
    exe: process.image,
    key: "exec",
  };
  const list = Object.fromEntries(words.slice(0, 200).map((word, at) => [`a${at}`, word]));
  const why = `Auditing of execve records it. ${origin.why}`;
  leave(scene, "linux.auditd", call, { ...origin, why });
  leave(scene, "linux.auditd", { ...head, type: "EXECVE", argc: String(words.length), ...list }, { ...origin, why });
  leave(scene, "linux.auditd", { ...head, type: "CWD", cwd: process.directory }, { ...origin, why });
  leave(
    scene,
    "linux.auditd",
    { ...head, type: "PATH", item: "0", name: process.image, nametype: "NORMAL" },
    { ...origin, why },
  );
}

function processPart(
  process: Process,
  parent: Process | null,
  words: readonly string[] | null,
): Readonly<Record<string, unknown>> {
  const args = words === null ? {} : { args: words.slice(0, 200), args_count: words.length };
  const own = {
    executable: process.image,
    name: baseName(process.image),
    command_line: process.commandLine,
    ...args,
    working_directory: process.directory,
    pid: process.id,
    entity_id: processGuid(process.id),
  };
  if (parent === null) return { process: own };
  const above = {
    executable: parent.image,
    name: baseName(parent.image),
    command_line: parent.commandLine,
    pid: parent.id,
    entity_id: processGuid(parent.id),
  };
  return { process: { ...own, parent: above } };
}

/** An event as Elastic Defend has it on macOS, where there is no log with names of Sigma's own. */
function macosDocument(
  scene: Scene,
  process: Process,
  category: string,
  type: string,
  action: string,
  parts: Readonly<Record<string, unknown>>,
): DerivedEvent["data"] {
  const dataset = `endpoint.events.${category}`;
  return {
    "@timestamp": now(scene).toISOString(),
    event: {
      kind: "event",
      category: [category],
      type: [type],
      action,
      dataset,
      module: "endpoint",
      outcome: "success",
    },
    data_stream: { dataset, type: "logs" },
    host: { name: scene.tables.machine.unix.computer, os: { type: "macos", family: "macos", platform: "macos" } },
    user: { name: process.user, id: String(userId(scene, process.user)) },
    ...parts,
  };
}

export function leaveUnixFile(
  scene: Scene,
  process: Process,
  what: "created" | "deleted",
  path: string,
  origin: Origin,
): void {
  if (scene.platform === "macos") {
    const extension = /\.([^./]+)$/u.exec(path)?.[1];
    const file = { path, name: baseName(path), ...(extension === undefined ? {} : { extension }) };
    const [type, action] = what === "created" ? ["creation", "modification"] : ["deletion", "deletion"];
    const parts = { ...processPart(process, null, null), file };
    const kind = what === "created" ? "macos.file_event" : "macos.file_delete";
    leave(scene, kind, macosDocument(scene, process, "file", type ?? "", action ?? "", parts), origin);
    return;
  }
  const EventData = {
    ...sysmonHead(scene, process),
    TargetFilename: path,
    ...(what === "created" ? { CreationUtcTime: utcTime(scene) } : { Hashes: "-", IsExecutable: "-", Archived: "-" }),
    User: process.user,
  };
  const kind = what === "created" ? "linux.file_event" : "linux.file_delete";
  leave(scene, kind, linuxSysmon(scene, what === "created" ? 11 : 23, EventData), origin);
  const watched = {
    ...origin,
    certainty: "possible" as const,
    why: `Recorded where a watch of the audit lies on the path. ${origin.why}`,
  };
  const nametype = what === "created" ? "CREATE" : "DELETE";
  const record = {
    "@timestamp": now(scene).toISOString(),
    serial: scene.events.length + 1,
    type: "PATH",
    item: "1",
    name: path,
    nametype,
  };
  leave(scene, "linux.auditd", record, watched);
}

export function leaveUnixConnection(
  scene: Scene,
  process: Process,
  to: { readonly host: string | null; readonly address: string | null; readonly port: number },
  origin: Origin,
): void {
  if (scene.platform === "macos") {
    const destination = {
      ...(to.address === null ? {} : { ip: to.address }),
      ...(to.host === null ? {} : { domain: to.host }),
      port: to.port,
    };
    const parts = {
      ...processPart(process, null, null),
      destination,
      network: { transport: "tcp", direction: "egress" },
    };
    leave(
      scene,
      "macos.network_connection",
      macosDocument(scene, process, "network", "start", "connection_attempted", parts),
      origin,
    );
    return;
  }
  const EventData = {
    ...sysmonHead(scene, process),
    User: process.user,
    Protocol: "tcp",
    Initiated: "true",
    SourceIsIpv6: "false",
    SourceIp: scene.tables.machine.unix.address,
    SourceHostname: "-",
    SourcePort: 40_000 + (process.id % 10_000),
    DestinationIsIpv6: "false",
    ...(to.address === null ? {} : { DestinationIp: to.address }),
    DestinationHostname: to.host ?? "-",
    DestinationPort: to.port,
  };
  leave(scene, "linux.network_connection", linuxSysmon(scene, 3, EventData), origin);
}

/** What every event of a process begins with. */
function sysmonHead(scene: Scene, process: Process): Readonly<Record<string, unknown>> {
  return {
    RuleName: "-",
    UtcTime: utcTime(scene),
    ProcessGuid: processGuid(process.id),
    ProcessId: process.id,
    Image: process.image,
  };
}
