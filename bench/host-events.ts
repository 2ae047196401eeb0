import type { EventKind } from "./events.ts";
import type { Random } from "./random.ts";
import {
  account,
  address,
  documentPath,
  guid,
  hashes,
  hostName,
  library,
  logonId,
  logonProgram,
  networkProgram,
  type Program,
  parentOf,
  program,
  publicAddress,
  registryKey,
  user,
} from "./windows-parts.ts";

const process = (random: Random, { path }: Program) => ({
  ProcessGuid: guid(random),
  ProcessId: 400 + random.below(20_000),
  Image: path,
});

/** Sysmon 1 of a program that a parent started. */
export function processCreation(random: Random, started: Program, parent: Program): Readonly<Record<string, unknown>> {
  const name = started.path.slice(started.path.lastIndexOf("\\") + 1);
  return {
    ...process(random, started),
    FileVersion: `10.0.19041.${random.below(4000)} (WinBuild.160101.0800)`,
    Description: started.description,
    Product: started.product,
    Company: started.company,
    OriginalFileName: name,
    CommandLine: started.line(random),
    CurrentDirectory: random.below(2) === 0 ? "C:\\Windows\\system32\\" : `C:\\Users\\${user(random)}\\`,
    User: account(random),
    LogonGuid: guid(random),
    LogonId: logonId(random),
    TerminalSessionId: random.below(4),
    IntegrityLevel: random.pick(["Medium", "High", "System"]),
    Hashes: hashes(random),
    ParentProcessGuid: guid(random),
    ParentProcessId: 400 + random.below(20_000),
    ParentImage: parent.path,
    ParentCommandLine: parent.line(random),
    ParentUser: account(random),
  };
}

const subject = (random: Random) => ({
  SubjectUserSid: `S-1-5-21-1004336348-1177238915-682003330-${1100 + random.below(900)}`,
  SubjectUserName: user(random),
  SubjectDomainName: "CORP",
  SubjectLogonId: logonId(random),
});

const target = (random: Random) => ({
  TargetUserSid: `S-1-5-21-1004336348-1177238915-682003330-${1100 + random.below(900)}`,
  TargetUserName: user(random),
  TargetDomainName: "CORP",
});

const logon = (random: Random) => ({
  WorkstationName: `WS-${String(1 + random.below(40)).padStart(3, "0")}`,
  LogonGuid: `{${guid(random)}}`,
  TransmittedServices: "-",
  LmPackageName: "-",
  KeyLength: 0,
  ProcessId: `0x${random.hex(3).toLowerCase()}`,
  ProcessName: logonProgram(random),
  IpAddress: address(random),
  IpPort: String(49_152 + random.below(16_000)),
});

const privileges =
  "SeSecurityPrivilege\n\t\t\tSeBackupPrivilege\n\t\t\tSeRestorePrivilege\n\t\t\tSeTakeOwnershipPrivilege\n\t\t\tSeDebugPrivilege\n\t\t\tSeSystemEnvironmentPrivilege\n\t\t\tSeLoadDriverPrivilege\n\t\t\tSeImpersonatePrivilege\n\t\t\tSeDelegateSessionUserImpersonatePrivilege";

/** What hosts write all day, by how often they do. */
export const hostEvents: readonly EventKind[] = [
  {
    weight: 12,
    make: (random) => {
      const started = program(random);
      return { log: "sysmon", id: 1, version: 5, data: processCreation(random, started, parentOf(started)) };
    },
  },
  {
    weight: 12,
    make: (random) => ({
      log: "sysmon",
      id: 3,
      version: 5,
      data: {
        ...process(random, networkProgram(random)),
        User: account(random),
        Protocol: random.pick(["tcp", "udp"]),
        Initiated: random.below(4) !== 0,
        SourceIsIpv6: false,
        SourceIp: address(random),
        SourceHostname: hostName(random),
        SourcePort: 49_152 + random.below(16_000),
        SourcePortName: "-",
        DestinationIsIpv6: false,
        DestinationIp: random.below(2) === 0 ? publicAddress(random) : address(random),
        DestinationHostname: hostName(random),
        DestinationPort: random.pick([443, 443, 80, 445, 53, 389, 8443]),
        DestinationPortName: random.pick(["https", "http", "microsoft-ds", "-"]),
      },
    }),
  },
  {
    weight: 16,
    make: (random) => ({
      log: "sysmon",
      id: 7,
      version: 3,
      data: {
        ...process(random, program(random)),
        ImageLoaded: library(random),
        FileVersion: `10.0.19041.${random.below(4000)} (WinBuild.160101.0800)`,
        Description: "Base functions of the system, loaded by most programs",
        Product: "Microsoft® Windows® Operating System",
        Company: "Microsoft Corporation",
        OriginalFileName: library(random).split("\\").at(-1),
        Hashes: hashes(random),
        Signed: "true",
        Signature: "Microsoft Windows",
        SignatureStatus: "Valid",
        User: account(random),
      },
    }),
  },
  {
    weight: 9,
    make: (random) => ({
      log: "sysmon",
      id: 10,
      version: 3,
      data: {
        SourceProcessGUID: guid(random),
        SourceProcessId: 400 + random.below(20_000),
        SourceThreadId: random.below(9000),
        SourceImage: program(random).path,
        TargetProcessGUID: guid(random),
        TargetProcessId: 400 + random.below(20_000),
        TargetImage: program(random).path,
        GrantedAccess: random.pick(["0x1000", "0x1400", "0x101000", "0x3000"]),
        CallTrace: Array.from({ length: 8 }, () => `${library(random)}+${random.hex(5).toLowerCase()}`).join("|"),
        SourceUser: account(random),
        TargetUser: account(random),
      },
    }),
  },
  {
    weight: 10,
    make: (random) => ({
      log: "sysmon",
      id: random.below(6) === 0 ? 23 : 11,
      version: 2,
      data: {
        ...process(random, program(random)),
        TargetFilename: documentPath(random),
        CreationUtcTime: "2026-03-01 22:14:07.123",
        Hashes: hashes(random),
        User: account(random),
      },
    }),
  },
  {
    weight: 14,
    make: (random) => {
      const set = random.below(2) === 0;
      return {
        log: "sysmon",
        id: set ? 13 : 12,
        version: 2,
        data: {
          EventType: set ? "SetValue" : random.pick(["CreateKey", "DeleteValue"]),
          ...process(random, program(random)),
          TargetObject: registryKey(random),
          ...(set
            ? {
                Details: random.pick([
                  "DWORD (0x00000001)",
                  "Binary Data",
                  "QWORD (0x01dcaa3f-0x8e1f5c00)",
                  documentPath(random),
                ]),
              }
            : {}),
          User: account(random),
        },
      };
    },
  },
  {
    weight: 8,
    make: (random) => ({
      log: "sysmon",
      id: 22,
      version: 5,
      data: {
        ...process(random, program(random)),
        QueryName: hostName(random),
        QueryStatus: "0",
        QueryResults: `type:  5 ${hostName(random)};::ffff:${address(random)};::ffff:${address(random)};`,
        User: account(random),
      },
    }),
  },
  {
    weight: 5,
    make: (random) => ({
      log: "security",
      id: 4624,
      version: 2,
      data: {
        ...subject(random),
        ...target(random),
        TargetLogonId: logonId(random),
        LogonType: random.pick([2, 3, 3, 3, 5, 7]),
        LogonProcessName: random.pick(["Kerberos", "Advapi  ", "NtLmSsp "]),
        AuthenticationPackageName: random.pick(["Kerberos", "Negotiate", "NTLM"]),
        ...logon(random),
        ImpersonationLevel: "%%1833",
        RestrictedAdminMode: "-",
        TargetOutboundUserName: "-",
        TargetOutboundDomainName: "-",
        VirtualAccount: "%%1843",
        TargetLinkedLogonId: "0x0",
        ElevatedToken: "%%1842",
      },
    }),
  },
  {
    weight: 1,
    make: (random) => ({
      log: "security",
      id: 4625,
      version: 0,
      data: {
        ...subject(random),
        ...target(random),
        Status: "0xc000006d",
        FailureReason: "%%2313",
        SubStatus: "0xc000006a",
        LogonType: 3,
        LogonProcessName: "NtLmSsp ",
        AuthenticationPackageName: "NTLM",
        ...logon(random),
      },
    }),
  },
  {
    weight: 3,
    make: (random) => ({
      log: "security",
      id: 4672,
      version: 0,
      data: { ...subject(random), PrivilegeList: privileges },
    }),
  },
  {
    weight: 6,
    make: (random) => {
      const started = program(random);
      return {
        log: "security",
        id: 4688,
        version: 2,
        data: {
          ...subject(random),
          NewProcessId: `0x${random.hex(4).toLowerCase()}`,
          NewProcessName: started.path,
          TokenElevationType: "%%1936",
          ProcessId: `0x${random.hex(4).toLowerCase()}`,
          CommandLine: started.line(random),
          TargetUserSid: "S-1-0-0",
          TargetUserName: "-",
          TargetDomainName: "-",
          TargetLogonId: "0x0",
          ParentProcessName: parentOf(started).path,
          MandatoryLabel: "S-1-16-12288",
        },
      };
    },
  },
  {
    weight: 9,
    make: (random) => ({
      log: "security",
      id: 5156,
      version: 1,
      data: {
        ProcessID: String(400 + random.below(20_000)),
        Application: `\\device\\harddiskvolume3${program(random).path.slice(2).toLowerCase()}`,
        Direction: random.pick(["%%14592", "%%14593"]),
        SourceAddress: address(random),
        SourcePort: String(49_152 + random.below(16_000)),
        DestAddress: random.below(2) === 0 ? publicAddress(random) : address(random),
        DestPort: random.pick(["443", "80", "445", "53"]),
        Protocol: random.pick(["6", "17"]),
        FilterRTID: String(random.below(90_000)),
        LayerName: "%%14611",
        LayerRTID: "48",
        RemoteUserID: "S-1-0-0",
        RemoteMachineID: "S-1-0-0",
      },
    }),
  },
  {
    weight: 5,
    make: (random) => ({
      log: "security",
      id: 4663,
      version: 1,
      data: {
        ...subject(random),
        ObjectServer: "Security",
        ObjectType: "File",
        ObjectName: documentPath(random),
        HandleId: `0x${random.hex(3).toLowerCase()}`,
        AccessList: "%%4416\n\t\t\t\t",
        AccessMask: "0x1",
        ProcessId: `0x${random.hex(4).toLowerCase()}`,
        ProcessName: program(random).path,
        ResourceAttributes: "S:AI",
      },
    }),
  },
];
