const hives: Readonly<Record<string, string>> = {
  hkey_local_machine: "HKLM",
  hklm: "HKLM",
  hkey_users: "HKU",
  hku: "HKU",
  hkey_classes_root: "HKCR",
  hkcr: "HKCR",
  hkey_current_config: "HKCC",
  hkcc: "HKCC",
};

/** Parts at the top of the registry that exist on every machine, as Sysmon spells them. */
const spelling: Readonly<Record<string, string>> = {
  "hklm\\system": "HKLM\\System",
  "hklm\\system\\currentcontrolset": "HKLM\\System\\CurrentControlSet",
  "hklm\\system\\currentcontrolset\\control": "HKLM\\System\\CurrentControlSet\\Control",
  "hklm\\system\\currentcontrolset\\services": "HKLM\\System\\CurrentControlSet\\Services",
  "hklm\\software": "HKLM\\SOFTWARE",
  "hklm\\software\\microsoft": "HKLM\\SOFTWARE\\Microsoft",
  "hklm\\software\\policies": "HKLM\\SOFTWARE\\Policies",
};

/**
 * A key as Sysmon names it: `HKLM\…`; the current user's hive under its SID, and what stands below `Software\Classes` there
 * under `HKU\<SID>_Classes`. Understands the spellings of `reg` and of PowerShell's drives and provider.
 */
export function registryName(key: string, sid: string): string {
  const plain = key
    .trim()
    .replace(/^"|"$/gu, "")
    .replace(/^(microsoft\.powershell\.core\\)?registry::/iu, "")
    .replaceAll("/", "\\")
    .replace(/\\{2,}/gu, "\\")
    .replace(/\\$/u, "");
  const [first = "", ...rest] = plain.split("\\");
  const hive = first.replace(/:$/u, "").toLowerCase();
  if (hive === "hkcu" || hive === "hkey_current_user") return currentUser(rest, sid);
  const name = hives[hive];
  if (name === undefined) return plain;
  return spelled([name, ...rest]);
}

function currentUser(parts: readonly string[], sid: string): string {
  const classes = parts[0]?.toLowerCase() === "software" && parts[1]?.toLowerCase() === "classes";
  if (classes) return [`HKU\\${sid}_Classes`, ...parts.slice(2)].join("\\");
  return [`HKU\\${sid}`, ...parts].join("\\");
}

function spelled(parts: readonly string[]): string {
  for (let length = Math.min(parts.length, 4); length > 1; length--) {
    const known = spelling[parts.slice(0, length).join("\\").toLowerCase()];
    if (known !== undefined) return [known, ...parts.slice(length)].join("\\");
  }
  return parts.join("\\");
}

/** What Sysmon writes of a value: `DWORD (0x00000001)`, `QWORD (0x00000000-0x00000001)`, `Binary Data`, the text itself or `(Empty)`. */
export function detailsOf(type: string, data: string): string {
  const kind = type.toLowerCase().replace(/^reg_/u, "");
  if (kind === "dword" || kind === "dword_little_endian" || kind === "dword_big_endian") return `DWORD (${hex(data)})`;
  if (kind === "qword") {
    const digits = bigOf(data).toString(16).padStart(16, "0");
    return `QWORD (0x${digits.slice(0, 8)}-0x${digits.slice(8, 16)})`;
  }
  // Lists of texts are bytes to Sysmon, too.
  if (kind === "binary" || kind === "none" || kind === "multi_sz" || kind === "multistring") return "Binary Data";
  return data === "" ? "(Empty)" : data;
}

function hex(data: string): string {
  return `0x${BigInt.asUintN(32, bigOf(data)).toString(16).padStart(8, "0")}`;
}

/** Decimal, or hexadecimal behind `0x`; what is no number counts as nought, as `reg` has it. */
function bigOf(data: string): bigint {
  const text = data.trim().replace(/^"|"$/gu, "");
  if (!/^(0x[0-9a-f]{1,16}|-?\d{1,20})$/iu.test(text)) return 0n;
  return BigInt.asUintN(64, BigInt(text));
}
