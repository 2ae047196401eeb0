import type { DerivedEvent } from "../derived-event.ts";
import { now, type Scene } from "./scene.ts";

/** What tells one event of Windows from others. */
export interface WindowsEventHead {
  readonly provider: string;
  readonly id: number;
  readonly version: number;
  readonly level: number;
  readonly task: number;
  readonly opcode: number;
  readonly keywords: string;
  readonly channel: string;
  /** SID of whoever wrote it; absent where the event has none. */
  readonly userId?: string;
}

const guids: Readonly<Record<string, string>> = {
  "Microsoft-Windows-Sysmon": "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}",
  "Microsoft-Windows-Security-Auditing": "{54849625-5478-4994-A5BA-3E3B0328C30D}",
  "Microsoft-Windows-PowerShell": "{A0C1853B-5C40-4B15-8766-3CF1C58F985A}",
  "Microsoft-Windows-TaskScheduler": "{DE7B24EA-73C8-4A09-985D-5BDADCFA9017}",
  "Microsoft-Windows-Eventlog": "{FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148}",
  "Service Control Manager": "{555908D1-A6D7-4695-8E1E-26931D2012F4}",
};

/** An event of Windows in our raw form. Its record number follows from its place among the events of the test. */
export function windowsEvent(
  scene: Scene,
  head: WindowsEventHead,
  body:
    | { readonly EventData: Readonly<Record<string, unknown>> }
    | { readonly UserData: Readonly<Record<string, unknown>> },
): DerivedEvent["data"] {
  const guid = guids[head.provider];
  return {
    Event: {
      System: {
        Provider: guid === undefined ? { Name: head.provider } : { Name: head.provider, Guid: guid },
        EventID: head.id,
        Version: head.version,
        Level: head.level,
        Task: head.task,
        Opcode: head.opcode,
        Keywords: head.keywords,
        TimeCreated: { SystemTime: now(scene).toISOString().replace("Z", "0000Z") },
        EventRecordID: scene.events.length + 1,
        Correlation: {},
        Execution: { ProcessID: 3208, ThreadID: 4112 },
        Channel: head.channel,
        Computer: scene.tables.machine.windows.computer,
        Security: head.userId === undefined ? {} : { UserID: head.userId },
      },
      ...body,
    },
  };
}

/** A time as Sysmon writes it: `2026-01-05 09:00:00.000`. */
export function utcTime(scene: Scene): string {
  return now(scene).toISOString().replace("T", " ").replace("Z", "");
}
