import { baseName } from "./environment.ts";
import { detailsOf, registryName } from "./registry.ts";
import { leave, type Origin, type Process, type Scene } from "./scene.ts";
import { utcTime, windowsEvent } from "./windows-event.ts";

const versions: Readonly<Record<number, number>> = {
  1: 5,
  3: 5,
  7: 3,
  10: 3,
  11: 2,
  12: 2,
  13: 2,
  17: 1,
  22: 5,
  23: 5,
};

/** Keeps an event of Sysmon; `data` stands behind the fields that all of them begin with. */
export function leaveSysmon(
  scene: Scene,
  kind: string,
  id: number,
  data: Readonly<Record<string, unknown>>,
  origin: Origin,
): void {
  const head = {
    provider: "Microsoft-Windows-Sysmon",
    id,
    version: versions[id] ?? 5,
    level: 4,
    task: id,
    opcode: 0,
    keywords: "0x8000000000000000",
    channel: "Microsoft-Windows-Sysmon/Operational",
    userId: "S-1-5-18",
  };
  const { EventType, ...rest } = data;
  const first = EventType === undefined ? { RuleName: "-" } : { RuleName: "-", EventType };
  const EventData = { ...first, UtcTime: utcTime(scene), ...rest };
  leave(scene, kind, windowsEvent(scene, head, { EventData }), origin);
}

/** Made from the number of the process and nothing else, so that equal tests leave equal events. */
export function processGuid(id: number): string {
  return `{5F1A2B3C-0000-0000-${id.toString(16).padStart(4, "0").toUpperCase()}-000000000001}`;
}

function actor(process: Process): Readonly<Record<string, unknown>> {
  return { ProcessGuid: processGuid(process.id), ProcessId: process.id, Image: process.image };
}

export function leaveRegistrySet(
  scene: Scene,
  process: Process,
  value: { readonly key: string; readonly name: string; readonly type: string; readonly data: string },
  origin: Origin,
): void {
  const name = value.name === "" ? "(Default)" : value.name;
  const TargetObject = `${registryName(value.key, scene.tables.machine.windows.sid)}\\${name}`;
  const data = {
    EventType: "SetValue",
    ...actor(process),
    TargetObject,
    Details: detailsOf(value.type, value.data),
    User: process.user,
  };
  leaveSysmon(scene, "windows.registry_set", 13, data, origin);
}

/** A key or value made or gone; `name` is null for a key. */
export function leaveRegistryChange(
  scene: Scene,
  process: Process,
  change: {
    readonly type: "CreateKey" | "DeleteKey" | "DeleteValue";
    readonly key: string;
    readonly name: string | null;
  },
  origin: Origin,
): void {
  const key = registryName(change.key, scene.tables.machine.windows.sid);
  const TargetObject = change.name === null ? key : `${key}\\${change.name === "" ? "(Default)" : change.name}`;
  const kind = change.type === "CreateKey" ? "windows.registry_add" : "windows.registry_delete";
  leaveSysmon(scene, kind, 12, { EventType: change.type, ...actor(process), TargetObject, User: process.user }, origin);
}

export function leaveFileCreated(scene: Scene, process: Process, path: string, origin: Origin): void {
  const data = { ...actor(process), TargetFilename: path, CreationUtcTime: utcTime(scene), User: process.user };
  leaveSysmon(scene, "windows.file_event", 11, data, origin);
}

/** A stream beside the content of a file; `path` ends in its name. */
export function leaveStream(scene: Scene, process: Process, path: string, origin: Origin): void {
  const data = {
    ...actor(process),
    TargetFilename: path,
    CreationUtcTime: utcTime(scene),
    Hash: "-",
    Contents: "-",
    User: process.user,
  };
  leaveSysmon(scene, "windows.create_stream_hash", 15, data, origin);
}

export function leaveFileDeleted(scene: Scene, process: Process, path: string, origin: Origin): void {
  const { Image, ...ids } = actor(process);
  const isExecutable = /\.(exe|dll|sys|scr|com)$/iu.test(path) ? "true" : "false";
  const data = { ...ids, User: process.user, Image, TargetFilename: path, Hashes: "-", IsExecutable: isExecutable };
  leaveSysmon(scene, "windows.file_delete", 23, { ...data, Archived: "true" }, origin);
  leaveSysmon(scene, "windows.file_delete", 26, data, origin);
}

export function leaveImageLoaded(scene: Scene, process: Process, path: string, origin: Origin): void {
  const data = {
    ...actor(process),
    ImageLoaded: path,
    FileVersion: "-",
    Description: "-",
    Product: "-",
    Company: "-",
    OriginalFileName: "-",
    User: process.user,
  };
  leaveSysmon(scene, "windows.image_load", 7, data, origin);
}

export function leaveDnsQuery(scene: Scene, process: Process, host: string, origin: Origin): void {
  const data = {
    ProcessGuid: processGuid(process.id),
    ProcessId: process.id,
    QueryName: host,
    QueryStatus: "0",
    QueryResults: "-",
  };
  leaveSysmon(scene, "windows.dns_query", 22, { ...data, Image: process.image, User: process.user }, origin);
}

/** `address` is null where only the name of the other side is known. */
export function leaveConnection(
  scene: Scene,
  process: Process,
  to: { readonly host: string | null; readonly address: string | null; readonly port: number },
  origin: Origin,
): void {
  const { windows } = scene.tables.machine;
  const data = {
    ...actor(process),
    User: process.user,
    Protocol: "tcp",
    Initiated: "true",
    SourceIsIpv6: "false",
    SourceIp: windows.address,
    SourceHostname: windows.computer,
    SourcePort: 50_000 + (process.id % 10_000),
    DestinationIsIpv6: "false",
    ...(to.address === null ? {} : { DestinationIp: to.address }),
    DestinationHostname: to.host ?? "-",
    DestinationPort: to.port,
  };
  leaveSysmon(scene, "windows.network_connection", 3, data, origin);
}

export function leaveProcessAccess(
  scene: Scene,
  process: Process,
  target: { readonly image: string; readonly access: string },
  origin: Origin,
): void {
  const data = {
    SourceProcessGUID: processGuid(process.id),
    SourceProcessId: process.id,
    SourceThreadId: process.id + 8,
    SourceImage: process.image,
    TargetProcessGUID: processGuid(0),
    TargetProcessId: 708,
    TargetImage: target.image,
    GrantedAccess: target.access,
    SourceUser: process.user,
    TargetUser: "NT AUTHORITY\\SYSTEM",
  };
  leaveSysmon(scene, "windows.process_access", 10, data, origin);
}

export function leavePipeCreated(scene: Scene, process: Process, name: string, origin: Origin): void {
  const { Image, ...ids } = actor(process);
  const PipeName = `\\${baseName(name)}`;
  leaveSysmon(
    scene,
    "windows.pipe_created",
    17,
    { EventType: "CreatePipe", ...ids, PipeName, Image, User: process.user },
    origin,
  );
}
