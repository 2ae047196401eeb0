import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capture } from "../testing.ts";

const fixtures = join(import.meta.dirname, "../../../fixtures/check");
/** As a user in the root of the checkout would name them, so that the printed paths are the same everywhere. */
const shown = relative(process.cwd(), fixtures).replaceAll("\\", "/");
const rules = readdirSync(fixtures).filter((name) => !/\.(?:out|sarif)$|^README/.test(name));
const queries = rules.filter((name) => /\.(?:eql|kql|lucene)$/.test(name));

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
      "chronicle 0",
      "chronicle 1",
      "elastic 0",
      "elastic 1",
      "eql 1",
      "kql 0",
      "kql 1",
      "kusto 0",
      "lucene 0",
      "lucene 1",
      "not 1",
      "sentinel 0",
      "sentinel 1",
      "sigma 0",
      "sigma 1",
      "splunk 0",
      "splunk 1",
    ]);
  });
});

describe("bare queries", () => {
  test("of stdin, in a language that is named", async () => {
    const good = await capture(["check", "--language", "lucene", "-"], { input: "process.name:cmd.exe" });
    expect(good).toEqual({ code: 0, output: "", messages: "1 file: 1 query, 1 parsed, 0 errors, 0 warnings\n" });
    const bad = await capture(["check", "--language", "eql", "-"], { input: "process where" });
    expect(bad).toMatchObject({ code: 1, output: expect.stringMatching(/^-:1:\d+: .* \[eql\/[a-z-]+\]\n/) });
  });

  test("of a file, whatever its ending", async () => {
    const { code, output } = await capture(["check", "--language", "sigma", `${shown}/sigma-good.yml`, "--json"]);
    expect({ code, ...JSON.parse(output) }).toMatchObject({ code: 0, files: 1, rules: 0, queries: 1, parsed: 1 });
  });

  test("in a language that nobody knows are wrong usage", async () => {
    const { code, messages } = await capture(["check", "--language", "cobol", "-"]);
    expect({ code, messages }).toEqual({
      code: 2,
      messages: expect.stringMatching(/There is no language cobol\. Known are: .*kuery \(KQL \(Kibana\)\).* lucene,/),
    });
    expect(await capture(["check", "--language", "sql", "-"])).toEqual({
      code: 2,
      output: "",
      messages: "error: SQL is kept as text: its queries are not parsed.\n",
    });
  });

  test.each([
    ["stdin without a language", ["-"], "error: Name the language of what stdin holds: --language ID.\n"],
    ["a file that is not there", ["--language", "eql", "none.eql"], "error: There is no file none.eql.\n"],
    [
      "a folder",
      ["--language", "eql", "src"],
      "error: src is a folder. With --language each path is a file that holds one query, or - for stdin.\n",
    ],
  ])("%s is wrong usage, and nothing is read before", async (_, args, messages) => {
    expect(await capture(["check", `${shown}/eql-query.eql`, ...args])).toEqual({ code: 2, output: "", messages });
  });

  test("a text that cannot be read does not stop the others", async () => {
    const bytes = mkdtempSync(join(tmpdir(), "detectionary check "));
    const files = { "latin.eql": Buffer.from([0x0a, 0xe9]), "long.eql": "a".repeat(3 * 1024 * 1024) };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(bytes, name), content);
    const paths = Object.keys(files).map((name) => join(bytes, name));
    const { code, output, messages } = await capture(["check", "--language", "eql", ...paths, "-"], {
      input: "process where true",
    });
    rmSync(bytes, { recursive: true, force: true });
    expect({ code, messages }).toEqual({
      code: 1,
      messages: "3 files: 1 query, 1 parsed, 2 errors, 0 warnings\n",
    });
    expect(output.replaceAll(`${bytes}/`, "").split("\n")).toEqual([
      "latin.eql:2:1: This file is not valid UTF-8. [corpus/invalid-utf8]",
      "  hint: Save the file as UTF-8.",
      expect.stringMatching(/^long\.eql:1:1: This text is longer than 524288 characters.* \[corpus\/too-large\]$/),
      "  hint: Split the file; keep tables and logs apart from rules.",
      "",
    ]);
  });

  test("of one language are told together", async () => {
    const { messages } = await capture(["check", `${shown}/lucene-good.lucene`, `${shown}/lucene-path.lucene`]);
    expect(messages).toMatch(/^2 files read as Lucene, by ending\n2 files: 2 queries, 1 parsed, 1 error, 1 warning/);
  });
});

describe("on a terminal", () => {
  test("the line stands below, with a mark under the place", async () => {
    const { output } = await capture(["check", `${shown}/lucene-path.lucene`], {
      columns: 80,
      environment: { NO_COLOR: "1" },
    });
    expect(output.split("\n").slice(0, 4)).toEqual([
      expect.stringMatching(/lucene-path\.lucene:1:20: warning: .* \[lucene\/regex-in-path\]$/),
      "  process.executable:/usr/local/bin AND",
      "                     ^~~~~",
      "  hint: Write the slashes of a path as `\\/`, or put the value in quotes.",
    ]);
  });

  test("a file with Windows line ends is marked in the right line", async () => {
    const { output } = await capture(["check", "--language", "lucene", "-"], {
      input: "a:b\r\n\tAND\r\nc:(\ud83d\ude00 OR\r\n",
      columns: 80,
      environment: { NO_COLOR: "1" },
    });
    expect(output).toContain("  c:(\ud83d\ude00 OR\n    ^\n");
  });
});

describe("SARIF", () => {
  test("what is found in the fixtures", async () => {
    const { code, output, messages } = await capture(["check", "--format", "sarif", `${shown}/lucene-path.lucene`]);
    expect({ code, messages }).toEqual({ code: 1, messages: "" });
    const { version } = JSON.parse(readFileSync(join(fixtures, "../../package.json"), "utf8"));
    await expect(output.replace(`"version": "${version}"`, '"version": "(ours)"')).toMatchFileSnapshot(
      join(fixtures, "lucene-path.sarif"),
    );
  });

  test("nothing found is an empty list", async () => {
    const { code, output } = await capture(["check", "--format", "sarif", `${shown}/sigma-good.yml`]);
    expect({ code, results: JSON.parse(output).runs[0].results }).toEqual({ code: 0, results: [] });
  });

  test("--json beside another format is wrong usage", async () => {
    expect((await capture(["check", "--json", "--format", "sarif", shown])).code).toBe(2);
    expect((await capture(["check", "--json", "--format", "json", `${shown}/sigma-good.yml`])).code).toBe(0);
    expect((await capture(["check", "--format", "xml", shown])).code).toBe(2);
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
      queries: queries.length,
      queryless: 1,
      nodes: expect.any(Number),
      opaque: expect.any(Number),
    });
    // One file is so broken that it gives no rule.
    expect(report.rules + report.queries + 1).toBe(report.parsed + report.failed + report.queryless + report.unread);
    for (const one of report.diagnostics) {
      expect(one).toMatchObject({
        path: expect.stringContaining("fixtures"),
        line: expect.any(Number),
        column: expect.any(Number),
        endLine: expect.any(Number),
        endColumn: expect.any(Number),
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
        output: expect.stringMatching(/rule\.yml:1:1: .* \[corpus\/outside\]\n {2}hint: Put the file itself .*\n$/),
      });
    },
  );

  test.skipIf(process.platform === "win32")("a line end in a file's name does not begin a line", async () => {
    const named = mkdtempSync(join(folder, "named "));
    writeFileSync(join(named, "a\n::error::b.eql"), "process where");
    const { output, messages } = await capture(["check", named]);
    expect(output).toMatch(/^.*a\\n::error::b\.eql:1:\d+: .*\n(?: {2}hint: .*\n)?$/);
    expect(messages).toMatch(/a\\n::error::b\.eql read as EQL, by ending\n/);
  });

  test("the ending of a file in a folder counts in any letter case", async () => {
    const shouted = mkdtempSync(join(folder, "shouted "));
    writeFileSync(join(shouted, "RULE.YML"), readFileSync(join(fixtures, "sigma-good.yml")));
    writeFileSync(join(shouted, "QUERY.EQL"), "process where true");
    const { output } = await capture(["check", shouted, "--json"]);
    expect(JSON.parse(output)).toMatchObject({ files: 2, rules: 1, queries: 1, parsed: 2 });
  });

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
