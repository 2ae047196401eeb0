import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capture } from "../testing.ts";

const query = 'process where process.name == "cmd.exe" and not user.id == "S-1-5-18"';

describe("parse", () => {
  test("--json has ast, logic, predicates and diagnostics", async () => {
    const { code, output, messages } = await capture(["parse", "--language", "eql", "-", "--json"], { input: query });
    expect({ code, messages }).toEqual({ code: 0, messages: "" });
    const answer = JSON.parse(output);
    expect(Object.keys(answer)).toEqual(["language", "ast", "logic", "predicates", "diagnostics"]);
    expect(answer.logic.stages.map((one: { type: string }) => one.type)).toContain("filter");
    expect(answer.diagnostics).toEqual([]);
    expect(answer.predicates).toEqual([
      {
        field: "process.name",
        canonical: null,
        operator: "eq",
        values: ['"cmd.exe"'],
        normal: ["cmd.exe"],
        quantifier: "any",
        caseSensitive: true,
        negated: false,
        exclusionGroup: null,
        derived: false,
        origin: null,
        span: { start: 14, end: 39 },
      },
      {
        field: "user.id",
        canonical: null,
        operator: "eq",
        values: ['"S-1-5-18"'],
        normal: ["S-1-5-18"],
        quantifier: "any",
        caseSensitive: true,
        negated: true,
        exclusionGroup: 0,
        derived: false,
        origin: null,
        span: { start: 48, end: 69 },
      },
    ]);
  });

  test("without --json it prints a tree", async () => {
    const { code, output } = await capture(["parse", "--language", "eql", "-"], { input: query });
    expect(code).toBe(0);
    expect(output).toMatch(/^Ast\n/);
    expect(output).toContain(
      [
        "Logic",
        "  source category process",
        "  filter",
        "    and",
        "      process.name eq cmd.exe (case-sensitive)",
        "      not",
        "        user.id eq S-1-5-18 (case-sensitive)",
        "",
      ].join("\n"),
    );
    expect(output).toContain("user.id       eq        S-1-5-18  negated, exclusion 1, case-sensitive\n");
  });

  test("an error in the query ends with 1 and has its place", async () => {
    const { code, output } = await capture(["parse", "--language", "eql", "-", "--json"], {
      input: "process where\n  a ==",
    });
    expect(code).toBe(1);
    const [first] = JSON.parse(output).diagnostics;
    expect(first).toMatchObject({ path: "-", line: 2, severity: "error" });
    expect(first.code).toMatch(/^eql\/[a-z-]+$/);
  });

  test("an unknown language lists the known ones", async () => {
    expect(await capture(["parse", "--language", "cobol", "-"])).toEqual({
      code: 2,
      output: "",
      messages: expect.stringMatching(/^error: There is no language cobol\. Known are: .*\beql\b.*\n$/),
    });
  });

  test("a query cannot steer the terminal", async () => {
    const { output } = await capture(["parse", "--language", "kuery", "-"], { input: 'a : "\u001b[2J"' });
    expect(output).not.toContain("\u001b");
    expect(output).toContain("\\u001b[2J");
  });

  describe("from a file", () => {
    let folder = "";
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "detectionary parse "));
      writeFileSync(join(folder, "latin.eql"), Buffer.from([0x61, 0xe9, 0x62]));
      writeFileSync(join(folder, "long.eql"), "a".repeat(3 * 1024 * 1024));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test.each([
      ["latin.eql", "is not valid UTF-8"],
      ["long.eql", "is longer than 524288 characters"],
    ])("%s is refused", async (name, reason) => {
      const { code, output, messages } = await capture(["parse", "--language", "eql", join(folder, name)]);
      expect({ code, output }).toEqual({ code: 1, output: "" });
      expect(messages).toContain(reason);
    });
  });
});
