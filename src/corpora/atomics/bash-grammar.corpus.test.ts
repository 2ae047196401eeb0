import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { fillInputs } from "../../emulation/inputs.ts";
import { parseShell } from "../../emulation/shells/registry.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { atomicsSource } from "./index.ts";

const bash = spawnSync("bash", ["--version"]).status === 0;

/** Every script of sh and bash, once. */
function scripts(): readonly string[] {
  const found = new Set<string>();
  for (const item of atomicsSource.read(corpusFolder("atomics")).items) {
    if (item.type === "failure") continue;
    const { command, cleanup, prerequisites } = fillInputs(item.test);
    const { shell } = item.test.executor;
    const all = [{ shell, texts: [command, cleanup] }].concat(
      prerequisites.map((one) => ({ shell: one.shell, texts: [one.check, one.get] })),
    );
    for (const one of all)
      if (one.shell === "sh" || one.shell === "bash") for (const text of one.texts) found.add(text);
  }
  return [...found];
}

/** Which of them bash reads without a complaint; it runs none (`-n`). */
function readByBash(texts: readonly string[]): readonly boolean[] {
  const answers: boolean[] = [];
  // Arguments of one process have a limit.
  for (let at = 0; at < texts.length; at += 200) {
    const loop = 'for one in "$@"; do if bash -n <<< "$one" 2>/dev/null; then echo yes; else echo no; fi; done';
    const run = spawnSync("bash", ["-c", loop, "bash", ...texts.slice(at, at + 200)], { encoding: "utf8" });
    answers.push(
      ...run.stdout
        .trim()
        .split("\n")
        .map((one) => one === "yes"),
    );
  }
  return answers;
}

describe.skipIf(!corporaPresent || !bash)(corpusTitle("scripts of sh and bash"), () => {
  test("have a fault here exactly where bash finds one", () => {
    const all = scripts();
    const theirs = readByBash(all);
    expect([all.length > 1200, theirs.length]).toEqual([true, all.length]);
    expect(theirs.filter((one) => !one).length).toBeGreaterThan(3);
    expect(all.filter((one, at) => (parseShell("bash", one).diagnostics.length === 0) !== theirs[at])).toEqual([]);
  });
});
