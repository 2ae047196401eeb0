import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capture } from "../testing.ts";

const fixtures = join(import.meta.dirname, "../../../fixtures/check");
/** As a user in the root of the checkout would name them, so that the printed paths are the same everywhere. */
const shown = relative(process.cwd(), fixtures).replaceAll("\\", "/");
const rules = readdirSync(fixtures).filter((name) => /\.(?:yml|toml)$/.test(name));

describe("what check prints, file by file", () => {
  test.each(rules)("%s", async (name) => {
    const { code, output, messages } = await capture(["check", "--all", `${shown}/${name}`]);
    const printed = `${output}${messages}exit ${code}\n`.replaceAll(`${shown}/`, "");
    await expect(printed).toMatchFileSnapshot(join(fixtures, `${name.replace(/\.[a-z]+$/, "")}.out`));
  });

  test("there are files that pass and files that fail in each format", () => {
    const codes = rules.map((name) => [
      name.split("-")[0],
      readFileSync(join(fixtures, `${name.replace(/\.[a-z]+$/, "")}.out`), "utf8").match(/exit (\d)\n$/)?.[1],
    ]);
    expect([...new Set(codes.map(([format, code]) => `${format} ${code}`))].sort()).toEqual([
      "elastic 0",
      "elastic 1",
      "not 1",
      "sigma 0",
      "sigma 1",
      "splunk 0",
      "splunk 1",
    ]);
  });
});

describe("check", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "detectionary check "));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("--json over a folder counts rules and passes over what is none", async () => {
    const { code, output, messages } = await capture(["check", fixtures, "--json"]);
    expect({ code, messages }).toEqual({ code: 1, messages: "" });
    const report = JSON.parse(output);
    expect(report).toMatchObject({
      files: rules.length - 1,
      queryless: 1,
      nodes: expect.any(Number),
      opaque: expect.any(Number),
    });
    expect(report.rules).toBe(report.parsed + report.failed + report.queryless);
    for (const one of report.diagnostics) {
      expect(one).toMatchObject({
        path: expect.stringContaining("fixtures"),
        line: expect.any(Number),
        column: expect.any(Number),
        code: expect.stringMatching(/^[a-z-]+\/[a-z-]+$/),
        severity: expect.stringMatching(/^(error|warning|info)$/),
        message: expect.any(String),
      });
    }
  });

  test("a file that two arguments reach is checked once", async () => {
    const { output } = await capture(["check", fixtures, join(fixtures, "sigma-good.yml"), "--json"]);
    expect(JSON.parse(output).files).toBe(rules.length - 1);
  });

  test("the second rule of one id is told", async () => {
    const text = readFileSync(join(fixtures, "sigma-good.yml"), "utf8");
    const twins = join(folder, "twins");
    mkdirSync(twins);
    for (const name of ["a.yml", "b.yml"]) writeFileSync(join(twins, name), text);
    const { code, output } = await capture(["check", twins, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      rules: 2,
      diagnostics: [
        { path: expect.stringMatching(/b\.yml$/), line: 1, code: "corpus/duplicate-id", severity: "warning" },
      ],
    });
  });

  test("what is only worth knowing is counted, and printed with --all", async () => {
    const file = join(folder, "deadline.yml");
    const text = readFileSync(join(fixtures, "sigma-good.yml"), "utf8");
    writeFileSync(file, text.replace("    condition:", "    timeframe: 5m\n    condition:"));
    const quiet = await capture(["check", file]);
    expect(quiet).toMatchObject({
      code: 0,
      output: "",
      messages: expect.stringContaining(", 1 note (--all prints them)\n"),
    });
    const { output } = await capture(["check", file, "--all"]);
    expect(output).toMatch(/deadline\.yml:\d+:\d+: info: .* \[sigma\/timeframe\]\n$/);
  });

  test("macros of the folder around a Splunk rule are known to it", async () => {
    const home = join(folder, "splunk");
    mkdirSync(join(home, "detections", "endpoint"), { recursive: true });
    mkdirSync(join(home, "macros"));
    writeFileSync(
      join(home, "macros", "shells.yml"),
      "name: shells\ndefinition: process_name IN (cmd.exe, pwsh.exe)\n",
    );
    const rule = readFileSync(join(fixtures, "splunk-good.yml"), "utf8");
    writeFileSync(join(home, "detections", "endpoint", "shell.yml"), rule.replace("process_name=cmd.exe", "`shells`"));
    const { code, output } = await capture(["check", join(home, "detections", "endpoint", "shell.yml"), "--json"]);
    expect({ code, opaque: JSON.parse(output).opaque }).toEqual({ code: 0, opaque: 0 });
  });

  test.each([
    ["a path that is not there", "no such file.yml", "There is no file or folder "],
    ["a folder without rules", ".", "No rule file stands in "],
  ])("%s is wrong usage", async (_, name, message) => {
    const path = join(mkdtempSync(join(folder, "empty ")), name);
    const { code, output, messages } = await capture(["check", path]);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(messages).toContain(message);
  });

  test.skipIf(process.platform === "win32")(
    "a link that is named is followed, one in a folder may not leave it",
    async () => {
      const home = mkdtempSync(join(folder, "links "));
      for (const [name, target] of [
        ["rule.yml", "sigma-good.yml"],
        ["rules", "."],
      ] as const)
        symlinkSync(join(fixtures, target), join(home, name));
      expect((await capture(["check", join(home, "rule.yml")])).code).toBe(0);
      const report = JSON.parse((await capture(["check", join(home, "rules"), "--json"])).output);
      expect(report.files).toBe(rules.length - 1);
      const { code, output } = await capture(["check", home]);
      expect({ code, output }).toEqual({
        code: 1,
        output: expect.stringMatching(/rule\.yml:1:1: .* \[corpus\/outside\]\n$/),
      });
    },
  );

  test("a broken file of a folder does not stop the others", async () => {
    const mixed = join(folder, "mixed");
    mkdirSync(mixed);
    writeFileSync(join(mixed, "latin.yml"), Buffer.from([0x74, 0x3a, 0x20, 0xe9, 0x0a]));
    writeFileSync(join(mixed, "good.yml"), readFileSync(join(fixtures, "sigma-good.yml")));
    const { code, output } = await capture(["check", mixed, "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      files: 2,
      rules: 1,
      parsed: 1,
      failed: 1,
      diagnostics: [{ line: 1, code: "corpus/invalid-utf8", severity: "error" }],
    });
  });
});
