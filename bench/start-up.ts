import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { against } from "./limit.ts";
import { median } from "./statistics.ts";

const bin = join(import.meta.dirname, "..", "bin", "detectionary.mjs");
const runs = 21;

/** `--version` and `--help` against a Node that does nothing, in turn. */
export function measureStartUp(): string[][] {
  const commands = {
    "node -e 0": ["-e", "0"],
    "detectionary --version": [bin, "--version"],
    "detectionary --help": [bin, "--help"],
  };
  const times = new Map<string, number[]>(Object.keys(commands).map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const [name, args] of Object.entries(commands)) {
      const started = performance.now();
      spawnSync(process.execPath, args, { stdio: "ignore" });
      times.get(name)?.push(performance.now() - started);
    }
  }
  const of = (name: keyof typeof commands): number => median(times.get(name) ?? []);
  const ratio = (name: keyof typeof commands): number => of(name) / of("node -e 0");
  return [
    ["node -e 0", `${of("node -e 0").toFixed(0)} ms`, "", ""],
    [
      "detectionary --version",
      `${of("detectionary --version").toFixed(0)} ms`,
      `${ratio("detectionary --version").toFixed(2)} ×`,
      against(ratio("detectionary --version"), 3, "×"),
    ],
    [
      "detectionary --help",
      `${of("detectionary --help").toFixed(0)} ms`,
      `${ratio("detectionary --help").toFixed(2)} ×`,
      "",
    ],
  ];
}
