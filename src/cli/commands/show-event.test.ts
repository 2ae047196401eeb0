import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capture } from "../testing.ts";

let folder = "";
let catalog = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "detectionary show event "));
  catalog = join(folder, "catalog.sqlite");
  await capture(["build", "--out", catalog, "--json"]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const show = (...words: readonly string[]) => capture(["show", "event", ...words, "--catalog", catalog]);

describe("show event", () => {
  test.each([["Microsoft-Windows-Sysmon 1"], ["microsoft-windows-sysmon/1"], ["Sysmon 1"], ["Windows-Sysmon 1"]])(
    "%s is process creation of Sysmon",
    async (text) => {
      const { code, output, messages } = await show(text);
      expect({ code, messages }).toEqual({ code: 0, messages: "" });
      expect(output).toMatch(/^Microsoft-Windows-Sysmon 1 {2}\S/);
      for (const title of ["How to switch it on", "Fields", "Looked for most", "Usually needed with it", "Techniques"])
        expect(output).toContain(`\n${title}\n`);
      expect(output).toMatch(/^CommandLine +\S.* process\.command_line +[1-9]\d*$/m);
    },
  );

  test("an id alone is that which most rules need; words may stand apart", async () => {
    expect((await show("4624")).output).toMatch(/^Microsoft-Windows-Security-Auditing 4624 /);
    expect((await show("Microsoft-Windows-Sysmon", "1")).output).toMatch(/^Microsoft-Windows-Sysmon 1 /);
  });

  test("a provider alone lists its events", async () => {
    const { code, output } = await show("Microsoft-Windows-Sysmon");
    expect(code).toBe(0);
    expect(output).toMatch(/^Microsoft-Windows-Sysmon\n/);
    expect(output).toMatch(/^Microsoft-Windows-Sysmon +1 +\S.* [1-9]\d*( +\d+){4}$/m);
  });

  test("--json is the answer of the catalog", async () => {
    const answer = JSON.parse((await show("Sysmon 1", "--json")).output);
    expect(answer).toMatchObject({ provider: "Microsoft-Windows-Sysmon", eventId: "1" });
    expect(answer.fields).toContainEqual(expect.objectContaining({ name: "Image", field: "process.executable" }));
  });

  test.each([
    ["nothing of this name", 'Name a provider and an id: "Microsoft-Windows-Sysmon 1".'],
    ["Microsoft-Windows-S", "Did you mean Microsoft-Windows-S"],
  ])("%s is not one", async (text, hint) => {
    const { code, output, messages } = await show(text);
    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(messages).toContain(`error: There is no event ${text}. ${hint}`);
  });
});
