import { expect, test } from "vitest";
import type { AtomicTest } from "./atomic-test.ts";
import { fillInputs } from "./inputs.ts";

function made(command: string, defaults: Readonly<Record<string, string>>, more: Partial<AtomicTest> = {}): AtomicTest {
  return {
    guid: "0f2cf2a4-6d3a-4a5c-9b51-2f1a4f2b6a03",
    technique: "T1033",
    number: 1,
    name: "Made",
    description: "",
    platforms: ["windows"],
    inputs: Object.fromEntries(
      Object.entries(defaults).map(([name, value]) => [name, { description: "", type: "string", default: value }]),
    ),
    executor: { shell: "cmd", elevated: false, command, cleanup: "" },
    prerequisites: [],
    path: "atomics/T1033/T1033.yaml",
    ...more,
  };
}

test("inputs become their defaults, those within defaults, too", () => {
  const { command, missing } = fillInputs(made("a #{x} #{y}#{x}", { x: "1", y: "<#{z}>", z: "$&" }));
  expect([command, missing]).toEqual(["a 1 <$&>1", []]);
});

test("what is not declared stays and is told once", () => {
  const { command, missing } = fillInputs(made("a #{x} #{x} #{constructor} # {x} #{}", {}));
  expect([command, missing]).toEqual(["a #{x} #{x} #{constructor} # {x} #{}", ["x", "constructor"]]);
});

test("an input that holds itself ends", () => {
  expect(fillInputs(made("#{x}", { x: "a#{x}" })).command).toBe("aaaaaa#{x}");
  expect(fillInputs(made("#{x}", { x: "#{x}#{x}#{x}#{x}#{x}#{x}#{x}#{x}".repeat(4) })).command.length).toBeLessThan(
    2e9,
  );
});

test.each<[string, Partial<AtomicTest>]>([
  ["C:\\AtomicRedTeam\\atomics", {}],
  ["C:\\AtomicRedTeam\\atomics", { platforms: ["windows", "linux"], executor: powershell() }],
  ["C:\\AtomicRedTeam\\atomics", { platforms: ["azure-ad"], executor: powershell() }],
  ["/root/AtomicRedTeam/atomics", { platforms: ["linux", "macos"], executor: powershell() }],
])("the folder of the tests is %s", (folder, more) => {
  const command = 'run "PathToAtomicsFolder" $PathToAtomicsFolder';
  const test = made(command, {}, more);
  const filled = fillInputs({ ...test, executor: { ...test.executor, command } });
  expect(filled.command).toBe(`run "${folder}" ${folder}`);
});

test("a script of sh looks for it on Unix", () => {
  const one = made("", { script: "PathToAtomicsFolder/T1033/a.sh" });
  const executor = { ...one.executor, shell: "sh", command: "sh #{script}", cleanup: "rm #{script}" } as const;
  const prerequisites = [{ description: "", check: "test -f #{script}", get: "x", shell: "bash" }] as const;
  expect(fillInputs({ ...one, executor, prerequisites })).toEqual({
    command: "sh /root/AtomicRedTeam/atomics/T1033/a.sh",
    cleanup: "rm /root/AtomicRedTeam/atomics/T1033/a.sh",
    prerequisites: [{ check: "test -f /root/AtomicRedTeam/atomics/T1033/a.sh", get: "x", shell: "bash" }],
    missing: [],
  });
});

function powershell(): AtomicTest["executor"] {
  return { shell: "powershell", elevated: false, command: "", cleanup: "" };
}
