import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capture, sysmonStart } from "../testing.ts";

let folder = "";
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const rule = (title: string, id: string, selection: string, more = ""): string => `title: ${title}
id: 00000000-0000-4000-8000-00000000000${id}
status: test
logsource: { product: windows, category: process_creation }
detection:
  selection: ${selection}
  condition: selection
level: high
${more}`;

let logs = "";
let rules = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary match "));
  const lines = [
    sysmonStart(1, "C:\\Windows\\System32\\whoami.exe", "whoami /priv"),
    sysmonStart(2, "C:\\Windows\\System32\\svchost.exe", "svchost.exe -k netsvcs"),
    "{ damaged",
    sysmonStart(4, "C:\\Windows\\System32\\whoami.exe", "whoami \u001b[31m/all"),
  ];
  logs = file("events.ndjson", `${lines.join("\n")}\n`);
  rules = file("who.yml", rule("Who am I", "1", "{ Image|endswith: '\\whoami.exe', CommandLine|contains: '/' }"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("match", () => {
  test("prints what was found, where and why; what is damaged goes to stderr", async () => {
    const { code, output, messages } = await capture(["match", "--rules", rules, logs]);
    const id = "sigma:00000000-0000-4000-8000-000000000001";
    expect(output.replaceAll(folder, "").replace(/ +because$/mu, "  because")).toBe(
      [
        "time                      file:record  because",
        `high  Who am I  ${id}  2 hits`,
        "2026-04-17T05:24:11.500Z  /events.ndjson:1  Image: C:\\Windows\\System32\\whoami.exe; CommandLine: whoami /priv",
        "2026-04-17T05:24:14.500Z  /events.ndjson:4  Image: C:\\Windows\\System32\\whoami.exe; CommandLine: whoami \\u001b[31m/all",
        "",
      ].join("\n"),
    );
    expect(messages.replaceAll(folder, "")).toBe(
      "/events.ndjson:record 3: Is no object of JSON. [json-syntax]\n" +
        "3 events in 1 file: 2 hits of 1 rule; 1 rule ran; 1 damaged record\n",
    );
    expect(code).toBe(0);
  });

  test("--json prints one hit a line, and --limit fewer of each rule", async () => {
    const { output } = await capture(["match", "--rules", rules, logs, "--json"]);
    const [first, second, ...more] = output.trimEnd().split("\n");
    expect(more).toEqual([]);
    expect(JSON.parse(first ?? "")).toEqual({
      rule: "sigma:00000000-0000-4000-8000-000000000001",
      title: "Who am I",
      severity: "high",
      file: logs,
      record: 1,
      time: "2026-04-17T05:24:11.500Z",
      because: [
        {
          field: "Image",
          operator: "ends_with",
          value: "C:\\Windows\\System32\\whoami.exe",
          asked: "\\whoami.exe",
          negated: false,
        },
        { field: "CommandLine", operator: "contains", value: "whoami /priv", asked: "/", negated: false },
      ],
    });
    expect(JSON.parse(second ?? "")).toMatchObject({ record: 4 });
    const limited = await capture(["match", "--rules", rules, logs, "--json", "--limit", "1"]);
    expect(limited.output.trimEnd().split("\n")).toHaveLength(1);
    expect(limited.messages).toContain("2 hits of 1 rule");
  });

  test("the exit code says whether something was found, if asked", async () => {
    const silent = file("silent.yml", rule("Never", "2", "{ Image: nothing }"));
    const run = async (...args: string[]) => (await capture(["match", ...args, logs])).code;
    expect(await run("--rules", rules, "--fail-on-hit")).toBe(1);
    expect(await run("--rules", rules, "--fail-on-silence")).toBe(0);
    expect(await run("--rules", silent, "--fail-on-hit")).toBe(0);
    expect(await run("--rules", silent, "--fail-on-silence")).toBe(1);
  });

  test("reads events from stdin, and a bare query from the command line", async () => {
    const query = 'process where process.name == "whoami.exe"';
    const { code, output } = await capture(["match", "--query", query, "--language", "eql", "-", "--json"], {
      input: readFileSync(logs, "utf8"),
    });
    expect(code).toBe(0);
    expect(
      output
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).record),
    ).toEqual([1, 4]);
    expect(JSON.parse(output.split("\n")[0] ?? "")).toMatchObject({ rule: "query:query", file: "-" });
  });

  test("the rules that ship with the project run where none are named", async () => {
    const { code, messages } = await capture(["match", logs]);
    expect(code).toBe(0);
    expect(messages).toMatch(/3 events in 1 file: .* \d{3} rules ran/u);
  });

  test("rules can be left out by severity, status and state", async () => {
    const low = file("low.yml", rule("Low", "3", "{ Image: a }").replace("level: high", "level: low"));
    mkdirSync(join(folder, "collection", "deprecated"), { recursive: true });
    file("collection/deprecated/old.yml", rule("Old", "4", "{ Image|endswith: exe }"));
    const old = join(folder, "collection");
    const ran = async (...args: string[]) =>
      (await capture(["match", "--rules", rules, "--rules", low, "--rules", old, ...args, logs])).messages;
    expect(await ran()).toContain("; 2 rules ran");
    expect(await ran("--severity", "medium")).toContain("; 1 rule ran");
    expect(await ran("--lifecycle", "all")).toContain("; 3 rules ran");
    expect(await ran("--lifecycle", "deprecated")).toContain("; 1 rule ran");
    expect(await ran("--status", "stable", "--status", "test")).toContain("; 2 rules ran");
    const none = await capture(["match", "--rules", low, "--severity", "critical", logs]);
    expect(none).toMatchObject({
      code: 1,
      messages: "error: There is nothing to run: the options leave out all 1 rule.\n",
    });
  });

  test("--report writes one page, and --stats says what ran", async () => {
    const report = join(folder, "hits.html");
    const { messages } = await capture(["match", "--rules", rules, logs, "--report", report, "--stats"]);
    expect(readFileSync(report, "utf8")).toContain("<h1>2 hits of 1 rule</h1>");
    expect(messages).toMatch(/^events +3$/mu);
    expect(messages).toMatch(/^ +2 {2}sigma:0{8}-0000-4000-8000-0{11}1 {2}Who am I$/mu);
    expect(messages).toMatch(/^ +1 {2}json-syntax$/mu);
    const nowhere = await capture(["match", "--rules", rules, logs, "--report", join(folder, "no", "hits.html")]);
    expect(nowhere.code).toBe(1);
    expect(nowhere.output).toBe("");
    expect(existsSync(join(folder, "no"))).toBe(false);
  });

  test("says once why rules cannot run", async () => {
    const bad = file("bad.yml", rule("Looks ahead", "5", "{ CommandLine|re: '(?=a)b' }"));
    const { code, messages } = await capture(["match", "--rules", rules, "--rules", bad, "--stats", logs]);
    expect(code).toBe(0);
    expect(messages).toContain("1 rule ran, 1 could not");
    expect(messages).toMatch(/Rules that cannot run\nrules {2}why\n +1 {2}\w/u);
  });

  test("--explain says which predicates fail", async () => {
    const { code, output } = await capture(["match", "--rules", rules, logs, "--explain", "who am i"]);
    expect(code).toBe(0);
    expect(output).toContain("3 events, 3 from a log that the rule reads, 2 met\n");
    expect(output).toMatch(/^ +1 {2}.*whoami\.exe.*svchost\.exe.*events\.ndjson:2/mu);
    const unknown = await capture(["match", "--rules", rules, logs, "--explain", "nobody"]);
    expect(unknown).toMatchObject({ code: 2, messages: "error: None of the rules is called nobody.\n" });
  });

  test("refuses what it does not know", async () => {
    const code = async (...args: string[]) => (await capture(["match", ...args])).code;
    expect(await code(join(folder, "gone.evtx"))).toBe(2);
    expect(await code(logs, "--format", "unheard")).toBe(2);
    expect(await code(logs, "--language", "eql")).toBe(2);
    expect(await code(logs, "--query", "a", "--rules", rules, "--language", "eql")).toBe(2);
    expect(await code(logs, "--query", "a")).toBe(2);
    expect(await code(logs, "--severity", "bad")).toBe(2);
    expect(await code(logs, "--rules", join(folder, "gone"))).toBe(2);
    const binary = file("picture.png", "\u0089PNG\u0000\u0001");
    expect((await capture(["match", "--rules", rules, binary])).messages).toContain("picture.png: Is no log");
    expect(await code("--rules", rules, binary)).toBe(1);
  });
});
