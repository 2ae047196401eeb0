import type { Random } from "./random.ts";

/** Programs that run on the hosts of the benchmark, with what their files say of them. */
export interface Program {
  readonly path: string;
  readonly company: string;
  readonly product: string;
  readonly description: string;
  readonly line: (random: Random) => string;
}

const windows = { company: "Microsoft Corporation", product: "Microsoft® Windows® Operating System" };
const system = "C:\\Windows\\System32";

const documents = [
  "Quarterly plan",
  "Budget 2026",
  "Minutes of the board",
  "Inventory",
  "Contract draft 7",
  "Road map",
];
const folders = [
  "Documents\\Projects\\North",
  "Documents\\Finance\\2026",
  "Desktop",
  "Downloads",
  "Pictures\\Site visits",
];

/** The long command lines that browsers and services have. */
const browserLine = (path: string, random: Random): string =>
  `"${path}" --type=renderer --lang=en-GB --device-scale-factor=1 --num-raster-threads=4 --enable-main-frame-before-activation --renderer-client-id=${random.below(500)} --time-ticks-at-unix-epoch=-17${random.below(1_000_000_000)} --launch-time-ticks=${random.below(1_000_000_000)} --field-trial-handle=${random.below(9000)},i,${random.hex(16)},262144 --variations-seed-version=20260301-${random.below(240000)} --mojo-platform-channel-handle=${random.below(9000)} /prefetch:${random.below(9)}`;

export const programs: readonly Program[] = [
  {
    ...windows,
    path: `${system}\\svchost.exe`,
    description: "Host Process for Windows Services",
    line: (random) =>
      `${system}\\svchost.exe -k ${random.pick(["netsvcs", "LocalServiceNetworkRestricted", "UnistackSvcGroup", "wsappx"])} -p -s ${random.pick(["Schedule", "BITS", "wuauserv", "EventLog", "ClipSVC", "Dnscache"])}`,
  },
  {
    ...windows,
    path: `${system}\\taskhostw.exe`,
    description: "Host Process for Windows Tasks",
    line: () => "taskhostw.exe KEYROAMING",
  },
  {
    ...windows,
    path: `${system}\\SearchProtocolHost.exe`,
    description: "Microsoft Windows Search Protocol Host",
    line: (random) =>
      `"${system}\\SearchProtocolHost.exe" Global\\UsGthrFltPipeMssGthrPipe${random.below(900)}_ Global\\UsGthrCtrlFltPipeMssGthrPipe${random.below(900)} 1 -2147483646 "Software\\Microsoft\\Windows Search" "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT; MS Search 4.0 Robot)" "C:\\ProgramData\\Microsoft\\Search\\Data\\Temp\\usgthrsvc" "DownLevelDaemon"`,
  },
  {
    ...windows,
    path: `${system}\\backgroundTaskHost.exe`,
    description: "Background Task Host",
    line: (random) => `"${system}\\backgroundTaskHost.exe" -ServerName:App.AppX${random.hex(32).toLowerCase()}.mca`,
  },
  {
    ...windows,
    path: `${system}\\conhost.exe`,
    description: "Console Window Host",
    line: () => "\\??\\C:\\Windows\\system32\\conhost.exe 0x4",
  },
  {
    ...windows,
    path: `${system}\\WindowsPowerShell\\v1.0\\powershell.exe`,
    description: "Windows PowerShell",
    line: (random) =>
      `powershell.exe -NoLogo -File "C:\\ProgramData\\Inventory\\collect-${random.below(30)}.ps1" -Site ${random.pick(["north", "south", "lab"])} -Verbose -LogPath "C:\\ProgramData\\Inventory\\logs\\collect.log"`,
  },
  {
    ...windows,
    path: `${system}\\cmd.exe`,
    description: "Windows Command Processor",
    line: (random) =>
      `C:\\Windows\\system32\\cmd.exe /c ""C:\\Program Files\\Build Agent\\work\\${random.below(40)}\\run step ${random.below(9)}.cmd" --target release --cache "D:\\cache\\${random.hex(8)}""`,
  },
  {
    ...windows,
    path: `${system}\\wbem\\WmiPrvSE.exe`,
    description: "WMI Provider Host",
    line: () => "C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding",
  },
  {
    company: "Google LLC",
    product: "Google Chrome",
    path: "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    description: "Google Chrome",
    line: (random) => browserLine("C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe", random),
  },
  {
    company: "Microsoft Corporation",
    product: "Microsoft Edge",
    path: "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
    description: "Microsoft Edge",
    line: (random) => browserLine("C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe", random),
  },
  {
    company: "Microsoft Corporation",
    product: "Microsoft Office",
    path: "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE",
    description: "Microsoft Word",
    line: (random) =>
      `"C:\\Program Files\\Microsoft Office\\Root\\Office16\\WINWORD.EXE" /n "C:\\Users\\${user(random)}\\${random.pick(folders)}\\${random.pick(documents)}.docx" /o ""`,
  },
  {
    company: "Microsoft Corporation",
    product: "Microsoft OneDrive",
    path: "C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe",
    description: "Microsoft OneDrive",
    line: () => '"C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe" /background',
  },
  {
    company: "Example Software Ltd",
    product: "Build Agent",
    path: "C:\\Program Files\\Build Agent\\bin\\agent.exe",
    description: "Runs builds",
    line: (random) =>
      `"C:\\Program Files\\Build Agent\\bin\\agent.exe" run --once --pool default --work "C:\\Program Files\\Build Agent\\work\\${random.below(40)}" --token-file C:\\ProgramData\\agent\\token --label ${random.pick(["x64", "arm64", "gpu"])}`,
  },
  {
    company: "Example Software Ltd",
    product: "Inventory",
    path: "C:\\Program Files\\Inventory\\inventory.exe",
    description: "Counts what is installed",
    line: (random) =>
      `"C:\\Program Files\\Inventory\\inventory.exe" --scan installed,drivers,updates --out C:\\ProgramData\\Inventory\\scan-${random.hex(12)}.json --quiet`,
  },
];

const libraries = [
  "kernel32.dll",
  "ntdll.dll",
  "combase.dll",
  "rpcrt4.dll",
  "bcryptprimitives.dll",
  "wintrust.dll",
  "crypt32.dll",
  "mscoree.dll",
  "winhttp.dll",
  "dbghelp.dll",
  "amsi.dll",
  "clr.dll",
  "taskschd.dll",
  "netapi32.dll",
];

const keys = [
  "HKLM\\System\\CurrentControlSet\\Services\\W32Time\\Config\\LastKnownGoodTime",
  "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\Components",
  "HKU\\S-1-5-21-1004336348-1177238915-682003330-1104\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\RecentDocs",
  "HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\CA\\Certificates",
  "HKLM\\System\\CurrentControlSet\\Services\\Tcpip\\Parameters\\Interfaces",
  "HKU\\S-1-5-21-1004336348-1177238915-682003330-1104\\Software\\Microsoft\\Office\\16.0\\Common\\Identity",
  "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\AppModel\\StateRepository\\Cache",
];

const names = [
  "www.example.com",
  "updates.example.net",
  "telemetry.example.org",
  "mail.corp.example",
  "dc01.corp.example",
  "files.corp.example",
  "cdn.example.com",
  "login.example.net",
];

export function user(random: Random): string {
  return random.pick(["a.miller", "b.santos", "c.okafor", "d.lindqvist", "e.tanaka", "svc-build", "svc-backup"]);
}

export function account(random: Random): string {
  return random.below(3) === 0 ? "NT AUTHORITY\\SYSTEM" : `CORP\\${user(random)}`;
}

export function program(random: Random): Program {
  return random.pick(programs);
}

/** One that opens connections all day. */
export function networkProgram(random: Random): Program {
  return named(random.pick(["Google Chrome", "Microsoft Edge", "Microsoft OneDrive", "Build Agent"]));
}

/** What signs people in. */
export function logonProgram(random: Random): string {
  return random.pick([`${system}\\lsass.exe`, `${system}\\winlogon.exe`, `${system}\\services.exe`, "-"]);
}

const services = plain(`${system}\\services.exe`);
const explorer = plain("C:\\Windows\\explorer.exe");
const host = plain(`${system}\\svchost.exe -k DcomLaunch -p`);

/** Who starts what on a quiet host. */
export function parentOf(started: Program): Program {
  const name = started.path.slice(started.path.lastIndexOf("\\") + 1).toLowerCase();
  switch (name) {
    case "svchost.exe":
      return services;
    case "taskhostw.exe":
    case "backgroundtaskhost.exe":
    case "wmiprvse.exe":
    case "inventory.exe":
    case "agent.exe":
      return host;
    case "searchprotocolhost.exe":
      return plain(`${system}\\SearchIndexer.exe`);
    case "cmd.exe":
      return named("Build Agent");
    case "conhost.exe":
      return plain(`${system}\\cmd.exe`);
    case "chrome.exe":
    case "msedge.exe":
      return started;
    default:
      return explorer;
  }
}

function plain(line: string): Program {
  const path = line.replace(/ .*/u, "");
  return { ...windows, path, description: "", line: () => line };
}

function named(product: string): Program {
  const found = programs.find((one) => one.product === product);
  if (found === undefined) throw new Error(`There is no program ${product}.`);
  return found;
}

export function guid(random: Random): string {
  const digits = random.hex(32);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}

export function hashes(random: Random): string {
  return `SHA1=${random.hex(40)},MD5=${random.hex(32)},SHA256=${random.hex(64)},IMPHASH=${random.hex(32)}`;
}

/** Of a host of the network. */
export function address(random: Random): string {
  return `10.${random.below(8)}.${random.below(250)}.${1 + random.below(250)}`;
}

/** Of a host anywhere. */
export function publicAddress(random: Random): string {
  return `203.0.113.${1 + random.below(250)}`;
}

export function library(random: Random): string {
  return `${system}\\${random.pick(libraries)}`;
}

export function registryKey(random: Random): string {
  return `${random.pick(keys)}\\${random.hex(8)}`;
}

export function hostName(random: Random): string {
  return random.pick(names);
}

export function documentPath(random: Random): string {
  const ending = random.pick(["docx", "xlsx", "tmp", "log", "pdf", "json", "etl"]);
  return `C:\\Users\\${user(random)}\\${random.pick(folders)}\\${random.pick(documents)} ${random.below(900)}.${ending}`;
}

export function logonId(random: Random): string {
  return `0x${random.hex(6).toLowerCase()}`;
}
