import type { ShellCommand } from "../shells/command.ts";

/** A command line, cut after its program. */
export interface SplitLine {
  /** Without quotes. */
  readonly program: string;
  /** As written, quotes kept. */
  readonly written: string;
  /** What stands behind it, without the blanks between. */
  readonly rest: string;
}

/** The program of a command line and what it is given. */
export function splitLine(line: string): SplitLine {
  const text = line.trim();
  const quoted = /^"([^"]*)"?/u.exec(text);
  const written = quoted?.[0] ?? /^[^\s"]*(?:"[^"]*"[^\s"]*)*/u.exec(text)?.[0] ?? text;
  const program = quoted?.[1] ?? written.replaceAll('"', "");
  return { program, written, rest: text.slice(written.length).trim() };
}

/** As cmd gives it to a program: its name as written, two blanks, and the rest as it stands. */
export function lineOfCmd(text: string): string {
  const { written, rest } = splitLine(text);
  return rest === "" ? written : `${written}  ${rest}`;
}

/** As Windows PowerShell gives it to a program: the full path in quotes, and the arguments as its shell has put them together. */
export function lineOfPowerShell(image: string, command: ShellCommand): string {
  const { rest } = splitLine(command.text);
  return rest === "" ? `"${image}"` : `"${image}" ${rest}`;
}

/** As Start-Process gives it: the full path in quotes, and the arguments joined as they are. */
export function lineOfStartProcess(image: string, command: ShellCommand): string {
  const name = command.words[0]?.value ?? "";
  const rest = command.text.startsWith(name) ? command.text.slice(name.length).trim() : splitLine(command.text).rest;
  return rest === "" ? `"${image}" ` : `"${image}" ${rest}`;
}
