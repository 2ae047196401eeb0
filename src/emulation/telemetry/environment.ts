import type { Machine } from "./tables.ts";

export type Platform = "windows" | "linux" | "macos";

const longest = 32_767;

/** `text` with the variables filled in that the imagined machine has; others stay as they are. */
export function fillVariables(text: string, platform: Platform, machine: Machine): string {
  const short = text.length > longest ? text.slice(0, longest) : text;
  if (platform === "windows") {
    const known = (name: string): string | undefined => machine.windows.environment[name.toLowerCase()];
    return short
      .replace(/%([A-Za-z_][\w()]{0,40})%/gu, (whole, name: string) => known(name) ?? whole)
      .replace(/\$\{env:(\w{1,40}(?:\(x86\))?)\}|\$env:(\w{1,40})/giu, (whole, braced?: string, plain?: string) => {
        return known(braced ?? plain ?? "") ?? whole;
      });
  }
  const environment = machine.unix.environment[platform];
  const home = environment.HOME ?? "/";
  return short
    .replace(/\$\{(\w{1,40})\}|\$(\w{1,40})/gu, (whole, braced?: string, plain?: string) => {
      return environment[braced ?? plain ?? ""] ?? whole;
    })
    .replace(/^~(?=\/|$)/u, home);
}

/** A full path of Windows without `.` and `..`; relative ones stand below `directory`. Wildcards stay. */
export function windowsPath(path: string, directory: string): string {
  let text = path.trim().replace(/^"+|"+$/gu, "").replaceAll("/", "\\");
  if (text.startsWith("\\\\")) return `\\\\${withoutDots(text.slice(2))}`;
  if (/^\\/u.test(text)) text = `${directory.slice(0, 2)}${text}`;
  else if (!/^[A-Za-z]:/u.test(text)) text = `${directory}\\${text}`;
  const drive = text.slice(0, 2);
  return `${drive.toUpperCase()}\\${withoutDots(text.slice(2))}`;
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  for (const part of path.split("\\")) {
    if (part === "" || part === ".") continue;
    if (part === "..") kept.pop();
    else kept.push(part);
  }
  return kept.join("\\");
}

/** As `windowsPath`, with `/`. */
export function unixPath(path: string, directory: string): string {
  const text = path.startsWith("/") ? path : `${directory}/${path}`;
  const kept: string[] = [];
  for (const part of text.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") kept.pop();
    else kept.push(part);
  }
  return `/${kept.join("/")}`;
}

export function pathOn(platform: Platform, path: string, directory: string): string {
  return platform === "windows" ? windowsPath(path, directory) : unixPath(path, directory);
}

/** Last part of a path of either kind. */
export function baseName(path: string): string {
  const at = Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/"));
  return path.slice(at + 1);
}
