import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { ShellScript } from "../../../emulation/shells/command.ts";
import { bareFacts } from "../../../emulation/shells/facts.ts";
import { parseShell } from "../../../emulation/shells/registry.ts";
import { outline } from "../../../emulation/shells/testing.ts";
import { readShellFacts } from "./index.ts";

interface Case {
  readonly script: string;
  readonly commands: string;
}

const fixtures = join(import.meta.dirname, "../../../../fixtures/emulation/shells");
const facts = readShellFacts();

describe.each([
  ["cmd", "cmd"],
  ["powershell", "powershell"],
  ["posix", "bash"],
] as const)("%s", (name, shell) => {
  const cases = parse(readFileSync(join(fixtures, `${name}.yaml`), "utf8")) as readonly Case[];

  test("has enough cases", () => expect(cases.length).toBeGreaterThanOrEqual(60));

  test.each(cases)("$script", ({ script, commands }) => {
    expect(outline(parseShell(shell, script, facts)).join("\n")).toBe(commands);
  });

  test.each(cases)("$script: what is told stands where it is told", ({ script }) => {
    checkSpans(parseShell(shell, script, facts), script.length);
  });
});

function checkSpans(script: ShellScript, length: number): void {
  const spans = script.commands.flatMap((one) => [
    one.span,
    ...one.words.map((word) => word.span),
    ...one.redirections.map(({ target }) => target.span),
    ...one.assignments.map(({ value }) => value.span),
  ]);
  for (const { start, end } of [...spans, ...script.diagnostics.map((one) => one.span)]) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(length);
  }
  for (const one of script.commands) for (const inner of one.inner) checkSpans(inner.script, length);
}

test.each([
  ["cmd", "echo a & whoami /all", "whoami /all"],
  ["cmd", "set X=who\n%X%ami", "%X%ami"],
  ["powershell", '$x = 1; Get-A -B "c d"', 'Get-A -B "c d"'],
  ["bash", "x=1; ls -l 'a b' > c", "ls -l 'a b' > c"],
] as const)("%s: the last command of %j stands at %j", (shell, script, text) => {
  const { start = 0, end = 0 } = parseShell(shell, script, facts).commands.at(-1)?.span ?? {};
  expect(script.slice(start, end).trim()).toBe(text);
});

test("a script within a script stands where it was brought", () => {
  const script = 'echo a & cmd /c "whoami & ver"';
  const [, outer] = parseShell("cmd", script, facts).commands;
  const [inner] = outer?.inner ?? [];
  expect(inner?.script.commands.map((one) => script.slice(one.span.start, one.span.end))).toEqual([
    'cmd /c "whoami & ver"',
    'cmd /c "whoami & ver"',
  ]);
});

test("without facts, variables of the environment are not certain", () => {
  for (const [shell, script] of [
    ["cmd", "echo %TEMP%"],
    ["powershell", "echo $env:TEMP"],
    ["sh", "echo $HOME"],
  ] as const) {
    expect(parseShell(shell, script, bareFacts).commands[0]?.words.map((one) => one.certain)).toEqual([true, false]);
    expect(parseShell(shell, script, facts).commands[0]?.words.map((one) => one.certain)).toEqual([true, true]);
  }
});
