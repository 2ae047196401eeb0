import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { contentFolder } from "../../corpora/content/folder.ts";
import { contentReader } from "../../corpora/content/index.ts";
import { uniqueRules } from "../../corpora/identity.ts";
import { capture } from "../testing.ts";

let folder = "";
let catalog = "";

function sigmaRule(name: string, condition = "selection"): string {
  return [
    `title: ${name}`,
    `id: 5b0c1f0e-1d1a-4c59-9a57-${Buffer.from(name).toString("hex").padStart(12, "0").slice(-12)}`,
    "status: test",
    "logsource:",
    "    category: process_creation",
    "    product: windows",
    "detection:",
    "    selection:",
    "        Image|endswith: '\\cmd.exe'",
    `    condition: ${condition}`,
    "level: low",
    "",
  ].join("\n");
}

function writeCorpora(name: string, rules: Readonly<Record<string, string>>): string {
  const corpora = join(folder, name);
  mkdirSync(join(corpora, "sigma", "rules"), { recursive: true });
  for (const [file, text] of Object.entries(rules)) writeFileSync(join(corpora, "sigma", "rules", file), text);
  return corpora;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "detectionary cli "));
  catalog = join(folder, "catalog.sqlite");
  await capture(["build", "--out", catalog, "--json"]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the project ships, counted by its reader. */
const reading = contentReader.read(contentFolder);
const shipped = { files: reading.files, rules: [...uniqueRules(reading.items)].length };

describe("build", () => {
  test("--json has the keys of the contract", async () => {
    const { code, output, messages } = await capture(["build", "--out", join(folder, "json.sqlite"), "--json"]);
    expect({ code, messages }).toEqual({ code: 0, messages: "" });
    const report = JSON.parse(output);
    expect(report).toMatchObject({
      seconds: expect.any(Number),
      peakMemoryMb: expect.any(Number),
      catalog: join(folder, "json.sqlite"),
    });
    expect(report.corpora[0]).toMatchObject({
      id: expect.any(String),
      commit: null,
      files: shipped.files,
      rules: shipped.rules,
      active: shipped.rules,
      parsed: shipped.rules,
      queryless: 0,
      failed: [],
      nodes: expect.any(Number),
      opaque: expect.any(Number),
      predicates: expect.any(Number),
      mapped: expect.any(Number),
      folded: 0,
      tied: { stated: expect.any(Number), category: expect.any(Number), inferred: 0, none: expect.any(Number) },
    });
  });

  test("prints a table of corpora, one of languages, and the failures", async () => {
    const corpora = writeCorpora("with failures", {
      "good.yml": sigmaRule("good"),
      "bad.yml": sigmaRule("bad", "selection and nothing"),
      "empty.yml": "",
    });
    const { code, output } = await capture(["build", "--corpora", corpora, "--out", join(folder, "failures.sqlite")]);
    expect(code).toBe(0);
    expect(output).toMatch(
      /^corpus +files +rules +active +parsed +failed +query-less +as text +opaque +predicates +named +folded +seconds\n/,
    );
    expect(output).toMatch(/^sigma +3 +2 +2 +1 +2 +0 +0 +/m);
    expect(output).toMatch(/^language +corpus +queries +parsed +failed +as text +nodes +opaque\n/m);
    expect(output).toContain("\n2 failures\n");
    expect(output).toContain("  sigma/rules/empty.yml:1: This file is empty. [corpus/empty]\n");
    expect(output).toMatch(/failures\.sqlite in \d+\.\d s, peak memory [\d,]+ MB\n$/);
  });

  test("show corpora prints the same tables from the catalog, without the time", async () => {
    const catalog = join(folder, "failures.sqlite");
    const { code, output } = await capture(["show", "corpora", "--catalog", catalog]);
    expect(code).toBe(0);
    expect(output).toMatch(/^corpus +files .* +predicates +named +folded\n/);
    expect(output).toMatch(/^sigma +3 +2 +2 +1 +2 +0 +0 /m);
    expect(output).toMatch(/^events +active rules +stated +by category +inferred +tied to none\n/m);
    const answer = JSON.parse((await capture(["show", "corpora", "--catalog", catalog, "--json"])).output);
    expect(answer).toContainEqual(expect.objectContaining({ id: "sigma", rules: 2, failed: 2 }));
  });

  test("lists twenty failures and counts the rest", async () => {
    const files = Array.from({ length: 23 }, (_, index) => [`${index}.yml`, ""]);
    const corpora = writeCorpora("many failures", Object.fromEntries(files));
    const { output } = await capture(["build", "--corpora", corpora, "--out", join(folder, "many.sqlite")]);
    expect(output.match(/\[corpus\/empty\]/g)).toHaveLength(20);
    expect(output).toContain("  … and 3 more, see /corpora\n");
  });

  test("--strict ends with 1 and keeps the old catalog when something is lost", async () => {
    const out = join(folder, "strict.sqlite");
    const before = writeCorpora("before", { "a.yml": sigmaRule("a"), "b.yml": sigmaRule("b") });
    const after = writeCorpora("after", { "a.yml": sigmaRule("a"), "b.yml": sigmaRule("b", "selection and nothing") });
    expect((await capture(["build", "--corpora", before, "--out", out])).code).toBe(0);
    const old = readFileSync(out);
    const { code, output } = await capture(["build", "--corpora", after, "--out", out, "--strict"]);
    expect(code).toBe(1);
    expect(output).toContain("worse: sigma: 1 rules parsed, 2 before\n");
    expect(readFileSync(out).equals(old)).toBe(true);
  });

  test("Ctrl-C leaves the old catalog whole and nothing behind", async () => {
    const rules = Array.from({ length: 300 }, (_, index) => [`${index}.yml`, sigmaRule(`rule ${index}`)]);
    const corpora = writeCorpora("interrupted", Object.fromEntries(rules));
    const home = join(folder, "interrupted out");
    const out = join(home, "catalog.sqlite");
    mkdirSync(home);
    writeFileSync(out, "old");
    const running = capture(["build", "--corpora", corpora, "--out", out]);
    const signal = setInterval(() => {
      if (readdirSync(home).length > 1) process.emit("SIGINT");
    }, 1);
    const { code, output, messages } = await running;
    clearInterval(signal);
    expect({ code, output, messages }).toEqual({
      code: 130,
      output: "",
      messages: "Stopped; the old catalog stays as it was.\n",
    });
    expect(readFileSync(out, "utf8")).toBe("old");
    expect(readdirSync(home)).toEqual(["catalog.sqlite"]);
  });

  test("only a file can be replaced", async () => {
    const home = mkdtempSync(join(folder, "no file "));
    expect(await capture(["build", "--out", home])).toEqual({
      code: 1,
      output: "",
      messages: `error: ${home} is not a file that could be replaced.\n`,
    });
    expect(readdirSync(home)).toEqual([]);
  });

  test("a folder that is not there is wrong usage, one without corpora has no rules to read", async () => {
    const missing = join(folder, "missing");
    expect(await capture(["build", "--corpora", missing])).toEqual({
      code: 2,
      output: "",
      messages: `error: There is no folder ${missing}.\n`,
    });
    const empty = mkdtempSync(join(folder, "empty "));
    const { code, messages } = await capture(["build", "--corpora", empty, "--out", join(folder, "none.sqlite")]);
    expect({ code, built: existsSync(join(folder, "none.sqlite")) }).toEqual({ code: 1, built: false });
    expect(messages).toMatch(/^error: No corpus stands in /);
  });
});

describe("show technique", () => {
  test("--json is the answer of the catalog", async () => {
    const { code, output } = await capture(["show", "technique", "t1133", "--catalog", catalog, "--json"]);
    expect(code).toBe(0);
    const answer = JSON.parse(output);
    expect(answer).toMatchObject({ id: "T1133", name: "External Remote Services" });
    for (const key of ["tactics", "events", "fields", "indicators", "exclusions", "rules"])
      expect(answer[key]).toBeInstanceOf(Array);
    const paths: string[] = answer.rules.map((one: { path: string }) => one.path);
    expect(paths.filter((one) => one.startsWith("rules/")).sort()).toEqual([
      "rules/linux/container_api_opened_to_network.yml",
      "rules/network/admin_port_reached_from_internet.yml",
      "rules/windows/remote_desktop_session_from_internet.yml",
      "rules/windows/remote_support_tool_starts_shell.yml",
    ]);
  });

  test("prints a page", async () => {
    const { code, output, messages } = await capture(["show", "technique", "T1133", "--catalog", catalog]);
    expect({ code, messages }).toEqual({ code: 0, messages: "" });
    expect(output).toMatch(/^T1133 {2}External Remote Services\n/);
    for (const title of ["Fields filtered most", "Top indicators", "Exclusions"])
      expect(output).toContain(`\n${title}\n`);
    expect(output).toContain("Remote");
  });

  test.each([
    ["T1132.01", "error: There is no technique T1132.01. Did you mean T1132.001 (Standard Encoding)"],
    ["external remote", "error: There is no technique external remote. Did you mean T1133 (External Remote Services)?"],
    ["qqqqqqqqqq", "error: There is no technique qqqqqqqqqq.\n"],
  ])("%s is not there, and near ones are named", async (id, message) => {
    const { code, output, messages } = await capture(["show", "technique", id, "--catalog", catalog]);
    expect({ code, output, message: messages.slice(0, message.length) }).toEqual({ code: 1, output: "", message });
  });
});

describe("show rule", () => {
  const id = "68a422b0-6ab7-4548-abe7-1898593df2da";

  test.each([[`detectionary:${id}`], ["detectionary/wmi_provider_host_starts_interpreter"], [id]])(
    "%s",
    async (name) => {
      const { code, output } = await capture(["show", "rule", name, "--catalog", catalog]);
      expect(code).toBe(0);
      expect(output).toMatch(/^WMI Provider Host Starts an Interpreter\n/);
      expect(output).toContain("\nLogic\n  source logsource ");
    },
  );

  test("--json and --raw", async () => {
    const { output } = await capture(["show", "rule", id, "--catalog", catalog, "--json"]);
    const answer = JSON.parse(output);
    expect(answer).toMatchObject({ id: `detectionary:${id}`, outcome: "parsed", diagnostics: [] });
    expect((await capture(["show", "rule", id, "--catalog", catalog, "--raw"])).output).toBe(answer.raw);
  });

  test("one that is not there, with rules whose titles have its words", async () => {
    const { code, output, messages } = await capture([
      "show",
      "rule",
      "detectionary/wmi-provider",
      "--catalog",
      catalog,
    ]);
    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(messages).toContain(
      "error: There is no rule detectionary/wmi-provider. Did you mean detectionary/wmi_provider_host_starts_interpreter",
    );
  });
});

test("show rule says what the corpus says of a log source", async () => {
  const corpora = join(folder, "splunk corpora");
  for (const under of ["detections", "data_sources"]) mkdirSync(join(corpora, "splunk", under), { recursive: true });
  writeFileSync(
    join(corpora, "splunk", "data_sources", "shells.yml"),
    "name: Shell Log\nsource: shells\nsourcetype: shell:json\n",
  );
  writeFileSync(
    join(corpora, "splunk", "detections", "one.yml"),
    "name: One\nid: one\nsearch: index=a b=c\ndata_source: [Shell Log, Unknown Log]\n",
  );
  const file = join(folder, "sources.sqlite");
  await capture(["build", "--corpora", corpora, "--out", file]);
  const { output } = await capture(["show", "rule", "splunk/one", "--catalog", file]);
  expect(output).toContain("\nLog sources\n  Shell Log: source shells, sourcetype shell:json\n\n");
});

test("tags of another version of ATT&CK stand beside what they were folded onto", async () => {
  const tags = "tags: [attack.stealth, attack.t1685]\n";
  const corpora = writeCorpora("tagged ahead", { "ahead.yml": sigmaRule("ahead") + tags });
  const file = join(folder, "ahead.sqlite");
  await capture(["build", "--corpora", corpora, "--out", file]);
  const ofRule = (await capture(["show", "rule", "sigma/ahead", "--catalog", file])).output;
  expect(ofRule).toMatch(/^techniques +T1562\.001 Disable or Modify Tools \(tagged attack\.t1685\)$/m);
  expect(ofRule).toMatch(/^tactics +Defense Evasion \(tagged attack\.stealth\)$/m);
  const ofTechnique = (await capture(["show", "technique", "T1685", "--catalog", file])).output;
  expect(ofTechnique).toMatch(/^T1562\.001 {2}Disable or Modify Tools$/m);
  expect(ofTechnique).toMatch(/^folded from +T1685 \(1 rule\)$/m);
  expect(ofTechnique).toMatch(/sigma\/ahead +tagged T1685$/m);
});

describe("search", () => {
  test.each([
    ["T1133"],
    ["rundll32.exe"],
    ["C:\\Windows\\Temp"],
    ["it's"],
    ["CVE-2024-1708"],
    ['"'],
    ["Image|endswith"],
  ])("%s is answered without an error", async (query) => {
    const { code, output } = await capture(["search", "--catalog", catalog, "--json", query]);
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ query, page: 1, total: expect.any(Number) });
  });

  test("a word that begins with a dash goes behind --", async () => {
    const { code, output } = await capture(["search", "--catalog", catalog, "--json", "--", "-EncodedCommand"]);
    expect(code).toBe(0);
    expect(JSON.parse(output).query).toBe("-EncodedCommand");
  });

  test("prints ATT&CK first, then rules", async () => {
    const { output } = await capture(["search", "--catalog", catalog, "remote", "services"]);
    expect(output).toMatch(/^id +name +kind +rules\n/);
    expect(output).toMatch(/\n\d+ rules?( \(.*\))?(, page 1 of \d+)?\n$/);
  });

  test("a corpus that is not there is wrong usage, not an empty answer", async () => {
    expect(await capture(["search", "--catalog", catalog, "--corpus", "sigmas", "remote"])).toEqual({
      code: 2,
      output: "",
      messages: "error: There is no corpus sigmas. Known are: detectionary.\n",
    });
  });

  test("nothing found is said on stderr", async () => {
    expect(await capture(["search", "--catalog", catalog, "qqqqqqqqqqqq"])).toEqual({
      code: 0,
      output: "",
      messages: "Nothing found for qqqqqqqqqqqq.\n",
    });
  });
});

describe("the catalog", () => {
  test("is made of the embedded rules where there is none, and this is said", async () => {
    const file = join(folder, "fresh", "catalog.sqlite");
    vi.stubEnv("DETECTIONARY_CATALOG", file);
    const { code, output, messages } = await capture(["show", "technique", "T1133", "--json"]);
    vi.unstubAllEnvs();
    expect({ code, id: JSON.parse(output).id }).toEqual({ code: 0, id: "T1133" });
    expect(messages).toBe("No catalog yet: building the embedded rules.\n");
  });

  test("that an option names must be there: a slip of the pen makes none", async () => {
    const file = join(folder, "slip.sqlite");
    const { code, messages } = await capture(["show", "technique", "T1133", "--catalog", file]);
    expect(code).toBe(1);
    expect(messages).toMatch(/^error: There is no catalog .*slip\.sqlite\. Make it with: detectionary build --out /);
    expect(existsSync(file)).toBe(false);
  });

  test("a file that is none is refused in a sentence", async () => {
    const file = join(folder, "text.sqlite");
    writeFileSync(file, "not a database");
    const { code, output, messages } = await capture(["search", "x", "--catalog", file]);
    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(messages).toMatch(/^error: .*text\.sqlite is not a catalog of this version/);
    expect(readFileSync(file, "utf8")).toBe("not a database");
  });
});
