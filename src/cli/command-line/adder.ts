import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import type { ExitCode } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

/** Adds one command: its name, options and help. What it does is loaded when it is called. */
export type Adder = (program: Command, terminal: Terminal, done: (code: ExitCode) => void) => void;

export const catalogHelp = "the catalog (default: $DETECTIONARY_CATALOG, else .detectionary/catalog.sqlite)";
export const jsonHelp = "print JSON instead of text";

export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

export function port(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65535) throw new InvalidArgumentError("It must be a number from 0 to 65535.");
  return value;
}

export function positive(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError("It must be a number from 1 on.");
  return Number(text);
}

export function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

export function lifecycle(value: string, before: readonly string[] = []): readonly string[] {
  const known = ["active", "deprecated", "unsupported", "all"];
  if (!known.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${known.join(", ")}.`);
  return [...before, value];
}

export function manifestVersion(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
  );
  return manifest.version;
}
