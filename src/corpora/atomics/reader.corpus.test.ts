import { describe, expect, test } from "vitest";
import { corporaPresent, corpusFolder, corpusTitle } from "../testing.ts";
import { atomicsSource } from "./index.ts";

describe.skipIf(!corporaPresent)(corpusTitle("Atomic Red Team"), () => {
  const reading = corporaPresent ? atomicsSource.read(corpusFolder("atomics")) : null;
  const items = [...(reading?.items ?? [])];
  const tests = items.flatMap((item) => (item.type === "test" ? [item.test] : []));
  const count = (is: (one: (typeof tests)[number]) => boolean): number => tests.filter(is).length;

  test("is all read: 1,819 tests in 341 files", () => {
    expect(items.filter((item) => item.type === "failure")).toEqual([]);
    expect([reading?.files, tests.length]).toEqual([341, 1819]);
    expect(new Set(tests.map((one) => one.guid)).size).toBe(1819);
    expect(new Set(tests.map((one) => one.technique)).size).toBe(341);
  });

  test("has five executors", () => {
    const by = (shell: string): number => count((one) => one.executor.shell === shell);
    expect(["powershell", "cmd", "sh", "bash", "manual"].map(by)).toEqual([703, 559, 413, 128, 16]);
    expect(count((one) => one.executor.elevated)).toBe(682);
    expect(count((one) => one.executor.cleanup.trim() !== "")).toBe(1015);
  });

  test("has platforms, inputs and prerequisites", () => {
    const on = (platform: string): number => count((one) => one.platforms.includes(platform));
    expect(["windows", "linux", "macos"].map(on)).toEqual([1225, 410, 252]);
    expect(count((one) => Object.keys(one.inputs).length > 0)).toBe(1045);
    expect(count((one) => one.prerequisites.length > 0)).toBe(726);
    expect(tests.every((one) => one.executor.command.trim() !== "")).toBe(true);
  });
});
