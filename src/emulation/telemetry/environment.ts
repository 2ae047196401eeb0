import type { ShellFacts } from "../shells/facts.ts";

export type Platform = "windows" | "linux" | "macos";

const longest = 32_767;

/** A text of Windows with the variables filled in that the imagined machine has; others stay as they are. */
export function fillVariables(text: string, facts: ShellFacts): string {
  const known = (name: string): string | undefined =>
    Object.hasOwn(facts.windows, name.toLowerCase()) ? facts.windows[name.toLowerCase()] : undefined;
  return text
    .slice(0, longest)
    .replace(/%([A-Za-z_][\w()]{0,40})%/gu, (whole, name: string) => known(name) ?? whole)
    .replace(/\$\{env:(\w{1,40}(?:\(x86\))?)\}|\$env:(\w{1,40})/giu, (whole, braced?: string, plain?: string) => {
      return known(braced ?? plain ?? "") ?? whole;
    });
}

/** A full path of Windows without `.` and `..`; relative ones stand below `directory`. Wildcards stay. */
export function windowsPath(path: string, directory: string): string {
  let text = path
    .trim()
    .replace(/^"+|"+$/gu, "")
    .replaceAll("/", "\\");
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
