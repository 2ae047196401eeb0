import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capture } from "../testing.ts";

const rule = (title: string, selection: string): string => `title: ${title}
id: 6f3a0e5c-55b1-4b2a-9a39-0d6ad1f8a5c1
status: test
author: Somebody
logsource: { product: windows, category: process_creation }
detection:
  selection: ${selection}
  condition: selection
`;

describe("translate", () => {
  let folder = "";
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "detectionary-translate-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("prints the query to stdout, and the report to stderr", async () => {
    const path = file("rule.yml", rule("Starts a", "{ CommandLine|contains: a.exe }"));
    const { code, output, messages } = await capture(["translate", path, "--to", "eql"]);
    expect(code).toBe(0);
    expect(output).toContain('process.command_line : "*a.exe*"');
    expect(output).toContain("// Author: Somebody\n");
    expect(messages).toBe("Starts a in Elastic Security (EQL): exact\n");
  });

  test("never prints what cannot be expressed, and says why", async () => {
    const path = file("regex.yml", rule("Looks ahead", "{ CommandLine|re: '(?=a)b' }"));
    const { code, output, messages } = await capture(["translate", path, "--to", "elastic-eql"]);
    expect({ code, output }).toEqual({ code: 3, output: "" });
    expect(messages).toMatch(
      /^Looks ahead in Elastic Security \(EQL\): cannot be expressed\n {2}lost {2}CommandLine regex_match \S+: \w/,
    );
  });

  test("finds more than the rule only on request, and marks it", async () => {
    const path = file("broader.yml", rule("Looks ahead", "{ CommandLine|re: '(?=a)b', Image|endswith: '\\a.exe' }"));
    const { code, output, messages } = await capture(["translate", path, "--to", "eql", "--allow-broader"]);
    expect(code).toBe(0);
    expect(output).toContain("// THIS FINDS MORE THAN THE RULE. Left out:\n");
    expect(messages).toContain("finds more than the rule\n");
  });

  test("takes a bare query from stdin", async () => {
    const input = 'process where host.os.type == "windows" and event.type == "start" and process.name : "a.exe"';
    const { code, output, messages } = await capture(["translate", "-", "--language", "eql", "--to", "eql"], { input });
    expect(code).toBe(0);
    expect(output).toContain('process.name : "a.exe"');
    expect(messages).toBe("stdin in Elastic Security (EQL): exact\n");
  });

  test("takes what its user calls things from a file", async () => {
    const path = file("own.yml", rule("Starts a", "{ CommandLine|contains: a.exe }"));
    const settings = file(
      "mine.yaml",
      "platform: eql\nlog_sources:\n  windows.*: { from: win-* }\nfields:\n  process.command_line: proc.cmd\n",
    );
    const { code, output } = await capture(["translate", path, "--to", "eql", "--settings", settings]);
    expect(code).toBe(0);
    expect(output).toContain("// Index: win-*\n");
    expect(output).toContain('proc.cmd : "*a.exe*"');
  });

  test("tells what is wrong with a file of settings, and where", async () => {
    const path = file("rule.yml", rule("Starts a", "{ CommandLine|contains: a.exe }"));
    const settings = file("wrong.yaml", "platform: eql\nfields:\n  nothing: proc.cmd\n");
    const { code, messages } = await capture(["translate", path, "--to", "eql", "--settings", settings]);
    expect(code).toBe(1);
    expect(messages).toBe(`error: ${settings}:3: fields.nothing: There is no such field in the vocabulary.\n`);
  });

  test("--json says all of it, for every platform", async () => {
    const path = file("rule.yml", rule("Starts a", "{ CommandLine|contains: a.exe }"));
    const { code, output } = await capture(["translate", path, "--to", "all", "--to", "eql", "--json"]);
    const { translations, errors } = JSON.parse(output);
    expect([0, 3]).toContain(code);
    expect(errors).toEqual([]);
    const eql = translations.filter((one: { platform: string }) => one.platform === "elastic-eql");
    expect(eql).toHaveLength(1);
    expect(eql[0]).toMatchObject({
      rule: { corpus: "sigma", id: "6f3a0e5c-55b1-4b2a-9a39-0d6ad1f8a5c1", title: "Starts a" },
      verdict: "exact",
      broader: false,
      logSources: ["windows.process_creation"],
      fields: [{ raw: "CommandLine", canonical: "process.command_line", name: "process.command_line" }],
    });
    expect(Object.keys(eql[0].report[0])).toEqual(["part", "verdict", "code", "why"]);
  });

  test("prints several queries below their names", async () => {
    const text = `${rule("First", "{ Image: a }")}---\n${rule("Second", "{ Image: b }").replace("6f3a", "7f3a")}`;
    const { code, output } = await capture(["translate", file("two.yml", text), "--to", "eql"]);
    expect(code).toBe(0);
    expect(output.match(/^--- .*$/gmu)).toEqual(["--- elastic-eql: First", "--- elastic-eql: Second"]);
  });

  test("refuses what it does not know", async () => {
    const path = file("rule.yml", rule("Starts a", "{ Image: a }"));
    const none = await capture(["translate", path, "--to", "unheard"]);
    expect(none.code).toBe(2);
    expect(none.messages).toMatch(/^error: There is no platform unheard\. Known are: all, /);
    const bare = await capture(["translate", file("note.txt", "nothing"), "--to", "eql"]);
    expect(bare.code).toBe(2);
    expect((await capture(["translate", folder, "--to", "eql"])).code).toBe(2);
    expect((await capture(["translate", join(folder, "gone.yml"), "--to", "eql"])).code).toBe(2);
  });

  test("a rule that does not parse is an error of the input", async () => {
    const path = file("broken.yml", rule("Broken", "{ Image: a }").replace("condition: selection", "condition: and"));
    const { code, output, messages } = await capture(["translate", path, "--to", "eql"]);
    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(messages).toContain(`${path}:8: `);
  });
});
