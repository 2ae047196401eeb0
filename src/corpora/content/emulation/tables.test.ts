import { describe, expect, it } from "vitest";
import { readCheckedYaml } from "../checked-yaml.ts";
import { readLogSources } from "../platforms/index.ts";
import { emulationTables } from "./index.ts";
import { effectsFile, windowsProgramsFile } from "./table-files.ts";

const tables = emulationTables();

describe("the tables of what commands leave", () => {
  it("knows the programs that rules name", () => {
    expect(tables.windowsPrograms.length).toBeGreaterThan(250);
    expect(tables.windowsPrograms.find(({ name }) => name === "nltest")).toEqual({
      name: "nltest",
      path: "C:\\Windows\\System32\\nltest.exe",
      original: "nltestrk.exe",
      description: "Microsoft® Logon Server Test Utility",
      company: "Microsoft Corporation",
      product: "Microsoft® Windows® Operating System",
    });
    expect(tables.linuxPrograms.chattr).toBe("/usr/bin/chattr");
    expect(tables.macosPrograms.dscl).toBe("/usr/bin/dscl");
  });

  it("has each program once", () => {
    const names = tables.windowsPrograms.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it("puts events into logs that there are", () => {
    const known = new Set(readLogSources().map(({ id }) => id));
    const kinds = [
      ...tables.effects.flatMap(({ leaves }) => leaves.flatMap((leaf) => ("kind" in leaf ? [leaf.kind] : []))),
      ...tables.cloud.operations.map(({ kind }) => kind),
    ];
    expect(kinds.filter((kind) => !known.has(kind))).toEqual([]);
  });

  it("names aliases and openers that there are", () => {
    const programs = new Set(tables.windowsPrograms.map(({ name }) => name));
    expect(Object.values(tables.shells.associations).filter((name) => !programs.has(name))).toEqual([]);
  });

  it("says why for every event", () => {
    const silent = tables.effects.flatMap(({ commands, leaves }) =>
      leaves.filter((leaf) => leaf.event !== "unshown" && !/^[A-Za-z].*\.$/u.test(leaf.why)).map(() => commands[0]),
    );
    expect(silent).toEqual([]);
  });

  it("tells file and line of what is wrong", () => {
    const text =
      "- commands: [x]\n  platform: windows\n  leaves:\n    - { event: file-created, path: '{nothing}', certainty: certain, why: A. }\n";
    expect(() => readCheckedYaml("effects/x.yaml", text, effectsFile)).toThrow(
      "effects/x.yaml:4: 0.leaves.0: No word, option or pattern of this command gives {nothing}.",
    );
    const pattern = "- commands: [x]\n  platform: windows\n  patterns: { a: '(' }\n  leaves: []\n";
    expect(() => readCheckedYaml("effects/x.yaml", pattern, effectsFile)).toThrow(
      "effects/x.yaml:3: 0.patterns.a: Expected a regular expression with a group.",
    );
    const program = "- company: A\n  product: B\n  directory: C\n  programs: { X.EXE: [a, b] }\n";
    expect(() => readCheckedYaml("p.yaml", program, windowsProgramsFile)).toThrow("p.yaml:4:");
  });
});
