import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capture } from "../testing.ts";

let folder = "";
let catalog = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "detectionary show "));
  catalog = join(folder, "catalog.sqlite");
  await capture(["build", "--out", catalog, "--json"]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shell = "process.name eq powershell.exe";

describe("show field", () => {
  test("prints a page, under the id, a facet or a schema's name for it", async () => {
    const { code, output, messages } = await capture(["show", "field", "process.executable", "--catalog", catalog]);
    expect({ code, messages }).toEqual({ code: 0, messages: "" });
    expect(output).toMatch(/^process\.executable {2}Process image, full path\n/);
    for (const title of ["Names", "Values looked for", "Techniques", "As rules write it"])
      expect(output).toContain(`\n${title}\n`);
    const facet = await capture(["show", "field", "process.image", "--catalog", catalog]);
    expect(facet.output).toMatch(/^process\.image {2}Process image\n/);
    const forms = await capture(["show", "field", "process.executable", "--all-forms", "--catalog", catalog]);
    expect(forms.output).toBe(facet.output);
    const named = await capture(["show", "field", "ParentImage", "--catalog", catalog]);
    expect(named.output).toMatch(/^process\.parent\.executable /);
  });

  test("--json is the answer of the catalog, and --all leaves nothing out", async () => {
    const { code, output } = await capture(["show", "field", "process.executable", "--catalog", catalog, "--json"]);
    expect(code).toBe(0);
    const answer = JSON.parse(output);
    expect(answer).toMatchObject({ id: "process.executable", facet: { id: "process.image" }, mapped: true });
    const all = await capture(["show", "field", "process.executable", "--catalog", catalog, "--all"]);
    for (const one of answer.names) expect(all.output).toContain(one.name);
  });

  test.each([
    ["process.nam", "error: There is no field process.nam. Did you mean process.name"],
    ["qqqqqqqqqq", "error: There is no field qqqqqqqqqq.\n"],
    ["FileName", "error: FileName is a name of several fields: "],
  ])("%s is not one", async (id, message) => {
    const { code, output, messages } = await capture(["show", "field", id, "--catalog", catalog]);
    expect({ code, output, message: messages.slice(0, message.length) }).toEqual({ code: 1, output: "", message });
  });
});

describe("show indicator", () => {
  test.each([
    ["49fb9c3910d60b0b"],
    [shell],
    ["process.executable ends with \\PowerShell.exe"],
    ["process.executable", "ends_with", "\\powershell.exe"],
  ])("%s %s %s", async (...words) => {
    const { code, output, messages } = await capture(["show", "indicator", ...words, "--catalog", catalog]);
    expect({ code, messages }).toEqual({ code: 0, messages: "" });
    expect(output.startsWith(`${shell}\n`)).toBe(true);
    expect(output).toContain("rules look for this value");
    for (const title of ["Rules that look for it", "Techniques", "As rules write it"])
      expect(output).toContain(`\n${title}\n`);
  });

  test("--json is the answer of the catalog", async () => {
    const { output } = await capture(["show", "indicator", shell, "--catalog", catalog, "--json"]);
    const answer = JSON.parse(output);
    expect(answer).toMatchObject({ id: "49fb9c3910d60b0b", operator: "eq", excludedBy: expect.any(Number) });
    expect(answer.reach).toBe(answer.vendors.detectionary);
    expect(answer.noise.sentence).toMatch(/\.$/);
  });

  test.each([
    ["cmd.exe", "error: There is no indicator cmd.exe. Name it by its id, or as field, operator and value: "],
    [
      "process.executable eq nothing-has-this",
      "error: No rule uses the indicator process.executable eq nothing-has-this.\n",
    ],
    [
      "process.executable eq powershell.ex",
      "error: No rule uses the indicator process.executable eq powershell.ex. Did you mean 'process.name eq powershell.exe'",
    ],
  ])("%s is none", async (text, message) => {
    const { code, output, messages } = await capture(["show", "indicator", text, "--catalog", catalog]);
    expect({ code, output, message: messages.slice(0, message.length) }).toEqual({ code: 1, output: "", message });
  });
});
