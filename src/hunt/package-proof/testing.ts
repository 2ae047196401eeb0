import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const rule = `title: A shadow copy was removed by vssadmin
id: 6f3a0e5c-55b1-4b2a-9a39-0d6ad1f8a5c1
name: t1490_shadows_removed
status: experimental
tags: [attack.impact, attack.t1490]
logsource: { product: windows, category: process_creation }
detection:
  selection:
    Image|endswith: '\\vssadmin.exe'
    CommandLine|contains: 'delete shadows'
  filter:
    User|contains: 'backup'
  condition: selection and not filter
level: high
`;

const sentence = "This is long enough to be a sentence.";

const file = `technique: T1490
title: Copies removed
targets: [windows]
description: ${sentence}
usedBy: { groups: [], software: [] }
severity: { level: high, why: ${sentence} }
confidence: { level: medium, why: ${sentence} }
rules: [{ rule: t1490_shadows_removed, catches: ${sentence}, leavesOut: ${sentence} }]
falsePositives: [{ what: ${sentence}, tell: ${sentence}, knob: hosts }]
knobs: [{ id: hosts, title: Hosts, why: ${sentence}, rules: [t1490_shadows_removed], exclude: { field: Computer, values: [], example: [WS-1] } }]
tests:
${["one", "two", "three"]
  .map(
    (id) => `  - id: ${id}
    title: Remove
    target: windows
    behaviour: ${sentence}
    shell: cmd
    elevated: true
    prerequisites: []
    command: vssadmin delete shadows /all
    cleanup: ''
    signals: [{ event: Sysmon 1, fields: { Image: '*' } }]
    telemetry: telemetry/removed.ndjson
    recorded: by-hand
    fires: [t1490_shadows_removed]
`,
  )
  .join("")}benign: [{ id: listed, title: Listed, telemetry: telemetry/listed.ndjson, difference: ${sentence} }]
investigation:
${"  - { question: Who?, answer: This is how it is read., fields: [User], pivots: [] }\n".repeat(3)}response:
  contain: [{ step: Stop, how: ${sentence} }]
  eradicate: [{ step: Stop, how: ${sentence} }]
  recover: [{ step: Stop, how: ${sentence} }]
  evidence: [{ step: Stop, how: ${sentence} }]
  escalate: [Always]
references:
  - { title: One, url: https://example.com/1 }
  - { title: Two, url: https://example.com/2 }
`;

function started(image: string, line: string, user: string): string {
  const System = {
    Provider: { Name: "Microsoft-Windows-Sysmon" },
    EventID: 1,
    TimeCreated: { SystemTime: "2026-03-02T06:00:00.1052384Z" },
    EventRecordID: 1,
    Channel: "Microsoft-Windows-Sysmon/Operational",
    Computer: "WS-1",
  };
  return `${JSON.stringify({ Event: { System, EventData: { Image: image, CommandLine: line, User: user } } })}\n`;
}

const image = "C:\\Windows\\System32\\vssadmin.exe";
const line = "vssadmin delete shadows /all";

/** The files of a package that holds; every predicate of its rule is needed. */
export const packageFiles: Readonly<Record<string, string>> = {
  "package.yaml": file,
  "rules/removed.yml": rule,
  "telemetry/removed.ndjson": started(image, line, "CORP\\a.reyes"),
  "telemetry/listed.ndjson": [
    started(image, "vssadmin list shadows", "CORP\\a.reyes"),
    started("C:\\Windows\\System32\\cmd.exe", `cmd /c ${line}`, "CORP\\a.reyes"),
    started(image, line, "CORP\\svc-backup"),
  ].join(""),
};

/** For tests: writes a package of T1490 below a new folder, and returns that folder, as `readPackages` takes it. */
export function writtenPackage(files: Readonly<Record<string, string>> = packageFiles): string {
  const root = mkdtempSync(join(tmpdir(), "detectionary-package-"));
  for (const [path, text] of Object.entries(files)) {
    const target = join(root, "packages/T1490", path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return root;
}
