/** What `powershell.exe` is given to run. */
export type PowerShellArguments =
  | { readonly type: "command" | "encoded"; readonly script: string }
  | { readonly type: "unreadable" }
  | { readonly type: "none" };

/**
 * Parameters of the two programs: the fewest letters that still mean it, and whether a value follows.
 * Source: https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_powershell_exe
 */
const parameters: readonly {
  readonly name: string;
  readonly least: number;
  readonly also: readonly string[];
  readonly value: boolean;
}[] = [
  { name: "executionpolicy", least: 2, also: ["ep"], value: true },
  { name: "encodedcommand", least: 1, also: ["ec"], value: true },
  { name: "encodedarguments", least: 8, also: ["ea"], value: true },
  { name: "command", least: 1, also: [], value: true },
  { name: "configurationname", least: 4, also: [], value: true },
  { name: "configurationfile", least: 14, also: [], value: true },
  { name: "custompipename", least: 2, also: [], value: true },
  { name: "file", least: 1, also: [], value: true },
  { name: "inputformat", least: 2, also: ["if"], value: true },
  { name: "outputformat", least: 1, also: ["of"], value: true },
  { name: "windowstyle", least: 1, also: [], value: true },
  { name: "workingdirectory", least: 2, also: ["wd"], value: true },
  { name: "version", least: 1, also: [], value: true },
  { name: "psconsolefile", least: 2, also: [], value: true },
  { name: "settingsfile", least: 3, also: [], value: true },
  { name: "noexit", least: 3, also: [], value: false },
  { name: "noprofile", least: 3, also: [], value: false },
  { name: "nologo", least: 3, also: [], value: false },
  { name: "noninteractive", least: 4, also: [], value: false },
  { name: "sta", least: 3, also: [], value: false },
  { name: "mta", least: 3, also: [], value: false },
  { name: "interactive", least: 1, also: [], value: false },
  { name: "login", least: 1, also: [], value: false },
];

/** `args` without the program's name. `core`: of PowerShell 7, where a first bare word is a file and no command. */
export function readPowerShellArguments(args: readonly string[], core: boolean): PowerShellArguments {
  for (let index = 0; index < args.length; index++) {
    const written = args[index] ?? "";
    const name = parameterOf(written);
    if (name === null) {
      return core || written === "" ? { type: "none" } : { type: "command", script: args.slice(index).join(" ") };
    }
    const [, attached] = /^[-/–—―][^:]*:(.+)$/u.exec(written) ?? [];
    switch (name.name) {
      case "command": {
        const script = args.slice(index + 1).join(" ");
        return script === "-" ? { type: "none" } : { type: "command", script };
      }
      case "encodedcommand": {
        const script = decodeCommand(attached ?? args[index + 1] ?? "");
        return script === null ? { type: "unreadable" } : { type: "encoded", script };
      }
      case "file":
        return { type: "none" };
      default:
        if (name.value && attached === undefined) index++;
        // PowerShell 5 takes a version only as its first parameter, and a bare `-v` likewise.
        break;
    }
  }
  return { type: "none" };
}

function parameterOf(written: string): (typeof parameters)[number] | null {
  const [, name = ""] = /^(?:--?|\/|[–—―])([A-Za-z]+)(?::.*)?$/u.exec(written) ?? [];
  const small = name.toLowerCase();
  if (small === "") return null;
  return (
    parameters.find((one) => one.also.includes(small)) ??
    parameters.find((one) => one.name.startsWith(small) && small.length >= one.least) ??
    null
  );
}

/** Base64 of UTF-16LE; null where it is neither. */
export function decodeCommand(encoded: string): string | null {
  const bytes = decodeBase64(encoded);
  if (bytes === null || bytes.length === 0 || bytes.length % 2 === 1) return null;
  return new TextDecoder("utf-16le").decode(bytes);
}

/** null where the text is no Base64. */
export function decodeBase64(encoded: string): Uint8Array | null {
  const text = encoded.replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 === 1) return null;
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}
