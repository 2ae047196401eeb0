import { describe, expect, it } from "vitest";
import { deriveRun, type TestRun } from "../../../emulation/telemetry/derive-run.ts";
import { telemetryLimits, tooMany } from "../../../emulation/telemetry/scene.ts";
import { emulationTables } from "./index.ts";

const tables = emulationTables();

function told(shell: TestRun["shell"], command: string): ReturnType<typeof deriveRun> {
  const platform = shell === "cmd" || shell === "powershell" ? "windows" : "linux";
  return deriveRun({ shell, elevated: false, platforms: [platform], command }, tables);
}

describe("commands that mean ill", () => {
  it("keeps no more events than the cap, and says so", () => {
    const { events, unshown } = told("cmd", "whoami\n".repeat(3_000));
    expect(events).toHaveLength(telemetryLimits.events);
    expect(unshown).toContain(tooMany);
  });

  it("keeps the cap where one command brings many others", () => {
    const { events } = told("sh", `for i in ${"1 ".repeat(30)}; do for j in ${"1 ".repeat(30)}; do id; done; done`);
    expect(events.length).toBeLessThanOrEqual(telemetryLimits.events);
  });

  it("ends where processes start each other without end", () => {
    let command = "notepad.exe";
    for (let depth = 0; depth < 40; depth++) command = `wmic process call create "${command.replaceAll('"', '\\"')}"`;
    const deep = told("cmd", command.slice(0, 30_000));
    expect(deep.events.length).toBeLessThanOrEqual(telemetryLimits.events);
    const nested = told("cmd", `${"cmd /c ".repeat(60)}whoami`);
    expect(nested.events.length).toBeGreaterThan(4);
  });

  it("cuts command lines at what Windows takes, and script blocks into parts", () => {
    const long = told("powershell", `Write-Output ${"a".repeat(100_000)}`);
    const lines = long.events.flatMap(({ data }) => {
      const event = data.Event as { readonly EventData?: { readonly CommandLine?: string } } | undefined;
      return event?.EventData?.CommandLine === undefined ? [] : [event.EventData.CommandLine.length];
    });
    expect(Math.max(...lines)).toBe(telemetryLimits.commandLine);
    expect(long.events.filter(({ kind }) => kind === "windows.ps_script").length).toBeGreaterThan(6);
  });

  const odd = [
    "",
    " ",
    "\u0000",
    '"',
    '"""""',
    "^",
    "%",
    "%%%%%%",
    "$",
    "${",
    "$(",
    "`",
    "'",
    "|",
    "||||",
    "&",
    "&&&&",
    ">",
    ">>>>",
    "<",
    "(",
    "((((((",
    "{{{{",
    "@{",
    "@'",
    "reg add",
    "reg add /v /t /d",
    "reg add HKLM /v",
    "reg add HKLM\\ /ve",
    'reg add "HKLM',
    "sc create",
    "sc create x binPath=",
    "schtasks /create /tn /tr",
    "net user /add",
    "wmic process call create",
    'wmic process call create "',
    "copy",
    "copy a",
    "del",
    "curl -o",
    "curl http://",
    "curl http://[::1",
    "curl http://a:99999999/",
    "rundll32",
    "rundll32 ,",
    "Set-ItemProperty",
    "Set-ItemProperty -Path",
    "New-Item -Path -Name -Value",
    "Start-Process",
    "Start-Process -FilePath",
    "sudo",
    "sudo -u",
    "aws",
    "aws iam",
    "aws --region",
    "aws iam create-user --",
    "powershell -e",
    "powershell -enc AAAA",
    "__proto__",
    "constructor",
    "hasOwnProperty -x",
    "reg add HKLM\\__proto__ /v __proto__ /d __proto__",
    "aws iam __proto__",
    "aws constructor create-x",
    "\ud800",
    "..\\..\\..\\..\\..\\x.exe",
    "\\\\?\\C:\\x.exe",
    "\\\\",
    "////",
    "cd ..\\..\\..\\..",
  ];

  it.each(odd)("says something and throws nothing: %j", (command) => {
    for (const shell of ["cmd", "powershell", "sh", "bash"] as const) {
      const { events } = told(shell, command);
      expect(events.length).toBeGreaterThan(0);
      expect(JSON.parse(JSON.stringify(events))).toEqual(events);
    }
  });

  const runs = [
    "-u ",
    "a",
    " ",
    '"',
    "\\",
    '\\"',
    "c",
    "%a",
    "$a",
    "(",
    "comsvcs ",
    "process call create ",
    "/",
    "=",
    "a=b ",
    "\\\\a",
  ];
  const names = [
    "sudo",
    "tar",
    "wmic",
    "rundll32",
    "net share",
    "net use",
    "reg add HKLM",
    "netsh",
    "schtasks /create /tn",
    "assoc",
  ];

  it.each(runs)("comes to an end with %j again and again", (run) => {
    for (const name of names) {
      for (const shell of ["cmd", "sh"] as const) {
        const { events } = told(shell, `${name} ${run.repeat(Math.floor(9_000 / run.length))}\n`);
        expect(events.length).toBeLessThanOrEqual(telemetryLimits.events);
      }
    }
  });
});
