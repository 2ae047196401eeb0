import { beforeAll, describe, expect, test } from "vitest";
import type { AtomicTest } from "../../emulation/atomic-test.ts";
import { fillInputs } from "../../emulation/inputs.ts";
import type { ShellScript } from "../../emulation/shells/command.ts";
import { parseShell } from "../../emulation/shells/registry.ts";
import { readShellFacts } from "../content/emulation/index.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { atomicsSource } from "./index.ts";

/** Scripts of a shell, those without any fault in them, and the commands that they run. */
interface Tally {
  scripts: number;
  clean: number;
  commands: number;
}

function isClean(script: ShellScript): boolean {
  return (
    script.diagnostics.length === 0 &&
    script.commands.every((command) => command.inner.every((one) => isClean(one.script)))
  );
}

function commandsIn(script: ShellScript): number {
  return script.commands.reduce(
    (sum, one) => sum + 1 + one.inner.reduce((inner, { script }) => inner + commandsIn(script), 0),
    0,
  );
}

/** A test without its own commands has none that anything could be seen of. */
function scriptsOf(test: AtomicTest): readonly (readonly [string, string])[] {
  const { command, cleanup, prerequisites } = fillInputs(test);
  const { shell } = test.executor;
  return [
    [shell, command] as const,
    [shell, cleanup] as const,
    ...prerequisites.flatMap((one) => [[one.shell, one.check] as const, [one.shell, one.get] as const]),
  ].filter(([name, text]) => name !== "manual" && text.trim() !== "");
}

describe.skipIf(!corporaPresent)(corpusTitle("the scripts of Atomic Red Team"), () => {
  const tallies: Record<string, Tally> = {};
  let silent = 0;
  const missing: string[] = [];

  beforeAll(() => {
    const facts = readShellFacts();
    for (const item of atomicsSource.read(corpusFolder("atomics")).items) {
      if (item.type === "failure") continue;
      const { shell } = item.test.executor;
      const filled = fillInputs(item.test);
      missing.push(...filled.missing);
      if (shell !== "manual" && parseShell(shell, filled.command, facts).commands.length === 0) silent++;
      for (const [name, text] of scriptsOf(item.test)) {
        const script = parseShell(name as Exclude<typeof shell, "manual">, text, facts);
        tallies[name] ??= { scripts: 0, clean: 0, commands: 0 };
        const tally = tallies[name];
        tally.scripts++;
        tally.commands += commandsIn(script);
        if (isClean(script)) tally.clean++;
      }
    }
  });

  test("are as many as there are", () => {
    const counts = Object.fromEntries(Object.entries(tallies).map(([name, one]) => [name, one.scripts]));
    expect(counts).toEqual({ bash: 368, cmd: 927, powershell: 2194, sh: 1177 });
  });

  // May only rise; what is left are faults of the scripts themselves.
  test.each([
    ["bash", 368],
    ["cmd", 925],
    ["powershell", 2186],
    ["sh", 1171],
  ])("%s: %i of them have no fault", (name, least) => {
    expect(tallies[name]?.clean).toBeGreaterThanOrEqual(least);
  });

  test("run more commands than there are scripts, and every test runs one", () => {
    for (const one of Object.values(tallies)) expect(one.commands).toBeGreaterThan(one.scripts);
    expect(silent).toBeLessThanOrEqual(3);
  });

  test("name no input that is not declared", () => expect(missing).toEqual([]));
});
