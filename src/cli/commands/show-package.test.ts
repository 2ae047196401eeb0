import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Captured, capture } from "../testing.ts";

let folder = "";
let catalog = "";
let built: Captured;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "detectionary show package "));
  catalog = join(folder, "catalog.sqlite");
  built = await capture(["build", "--out", catalog]);
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const show = (words: readonly string[], options = {}) =>
  capture(["show", "package", ...words, "--catalog", catalog], options);

describe("show package", () => {
  test("prints Markdown, with colours only on a terminal", async () => {
    const { code, output, messages } = await show(["T1059.001", "--platform", "splunk"]);
    expect({ code, messages }).toEqual({ code: 0, messages: "" });
    expect(output).toMatch(/^# Detect T1059\.001 .* on Splunk\n/u);
    for (const part of ["Detections", "What has to be collected", "References", "Other platforms"])
      expect(output).toContain(`\n## ${part}\n`);
    expect(output).not.toContain("\u001b[");
    const coloured = await show(["T1059.001", "--platform", "splunk"], { columns: 100 });
    expect(coloured.output).toContain("\u001b[1m# Detect");
  });

  test("--json is the package", async () => {
    const { output } = await show(["t1059.001", "--platform", "defender", "--json"]);
    const one = JSON.parse(output);
    expect(one).toMatchObject({ technique: { id: "T1059.001" }, platform: { id: "sentinel" }, origin: "authored" });
    expect(one.detections[0].score.parts).toHaveLength(6);
  });

  test("without a platform it lists all", async () => {
    const { code, output } = await show(["T1059.001"]);
    expect(code).toBe(0);
    expect(output).toMatch(/^T1059\.001 {2}PowerShell\n/u);
    expect(output).toMatch(/^google-secops +Google SecOps +[1-9]\d* +0 +[1-9]\d$/mu);
    expect(JSON.parse((await show(["T1059.001", "--json"])).output).platforms).toHaveLength(8);
  });

  test.each([
    [
      ["T1059.001", "--platform", "elastik"],
      2,
      "There is no platform elastik. Did you mean elastic? Known are: elastic, ",
    ],
    [["T1059.01", "--platform", "elastic"], 1, "There is no technique T1059.01. Did you mean T1059.001 (PowerShell)"],
    [["T1059.01"], 1, "There is no technique T1059.01. Did you mean T1059.001 (PowerShell)"],
  ])("%j is none", async (words, exit, message) => {
    const { code, output, messages } = await show(words);
    expect({ code, output }).toEqual({ code: exit, output: "" });
    expect(messages).toContain(message);
  });
});

describe("a build", () => {
  test("ends with how many techniques have a package, and why others have none", async () => {
    expect(built.output).toMatch(/^packages for +techniques +authored +native +no-rule/mu);
    expect(built.output).toMatch(/^Splunk +[1-9]\d* +\d+ +\d+ +[1-9]/mu);
    expect(built.output).toMatch(/^\d+ of \d+ techniques have a package on at least one platform$/mu);
  });

  test("that translated nothing does not count them", async () => {
    const out = join(folder, "untranslated.sqlite");
    const { output } = await capture(["build", "--out", out, "--no-translations"]);
    expect(output).not.toContain("packages for");
    const one = await capture(["show", "package", "T1059.001", "--platform", "splunk", "--catalog", out, "--json"]);
    expect(JSON.parse(one.output).absence).toMatchObject({ code: "not-translated" });
  }, 240_000);
});
