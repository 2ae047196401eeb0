import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { against } from "./limit.ts";

const root = join(import.meta.dirname, "..");

interface Measured {
  readonly seconds: number;
  readonly peakMemoryMb: number;
}

/**
 * Builds a catalog and reads the same files with the libraries alone, in turn and in processes of their own, so that
 * each has its own peak of memory. Of the times the best counts: what else the machine does can only add to it.
 */
export function measureBuild(
  corpora: string,
  files: readonly string[],
  folder: string,
  catalog: string,
  runs: number,
): string[][] {
  const list = join(folder, "files.json");
  writeFileSync(list, JSON.stringify(files));
  const bare: Measured[] = [];
  const builds: Measured[] = [];
  for (let run = 0; run < runs; run++) {
    bare.push(measure(["bench/bare-reading.ts", list]));
    builds.push(
      measure([
        "bin/detectionary.mjs",
        "build",
        "--no-translations",
        "--no-proof",
        "--corpora",
        corpora,
        "--out",
        catalog,
        "--json",
      ]),
    );
  }
  const secondsOf = (all: readonly Measured[]): number => Math.min(...all.map((one) => one.seconds));
  const memoryOf = (all: readonly Measured[]): number => Math.max(...all.map((one) => one.peakMemoryMb));
  const ratio = secondsOf(builds) / secondsOf(bare);
  return [
    [
      `libraries alone, ${files.length} files`,
      `${secondsOf(bare).toFixed(2)} s`,
      `${memoryOf(bare).toFixed(0)} MB`,
      "",
    ],
    ["detectionary build", `${secondsOf(builds).toFixed(2)} s`, `${memoryOf(builds).toFixed(0)} MB`, ""],
    ["build against libraries", `${ratio.toFixed(2)} ×`, "", against(ratio, 5, "×")],
    ["peak memory of the build", "", `${memoryOf(builds).toFixed(0)} MB`, against(memoryOf(builds), 900, "MB")],
  ];
}

function measure(args: readonly string[]): Measured {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
