import { describe, expect, test } from "vitest";
import type { Because, Hit } from "../../matching/hit.ts";
import { openTerminal } from "../terminal.ts";
import { becauseText } from "./because-text.ts";
import { openHitPrinter } from "./hit-printer.ts";

const because = (field: string | null, value: string, asked: string, negated = false): Because => ({
  field,
  operator: "contains",
  value,
  asked,
  negated,
});

const hit = (known: Partial<Hit> = {}): Hit => ({
  rule: "sigma:1",
  title: "Encoded command",
  severity: "high",
  file: "a.evtx",
  record: 7,
  time: "2026-04-17T05:24:53.088Z",
  because: [because("CommandLine", "powershell -enc AAAA", "-enc")],
  ...known,
});

function printed(hits: readonly Hit[], options: { json: boolean; limit?: number }, columns?: number) {
  const output: string[] = [];
  const sink = {
    write: (text: string) => output.push(text),
    ...(columns === undefined ? {} : { isTTY: true, columns }),
  };
  const terminal = openTerminal({ input: nothing(), output: sink, messages: sink, environment: { NO_COLOR: "1" } });
  const printer = openHitPrinter(terminal, options);
  for (const one of hits) printer.add(one);
  printer.end();
  return { text: output.join(""), counts: printer.counts() };
}

async function* nothing(): AsyncGenerator<string> {}

describe("as JSON", () => {
  test("one hit a line, with the keys of the contract", () => {
    const events = [{ file: "a.evtx", record: 5, time: null }];
    const { text } = printed([hit(), hit({ events, group: { user: "x" }, count: 9 })], { json: true });
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(Object.keys(lines[0])).toEqual(["rule", "title", "severity", "file", "record", "time", "because"]);
    expect(lines[0].because).toEqual([
      { field: "CommandLine", operator: "contains", value: "powershell -enc AAAA", asked: "-enc", negated: false },
    ]);
    expect(lines[1]).toMatchObject({ events, group: { user: "x" }, count: 9 });
  });

  test("no value can steer a terminal or end the line", () => {
    const value = "a\n\u001b[2J\u009b31m\u202e";
    const { text } = printed([hit({ because: [because(null, value, "a")] })], { json: true });
    expect(text).toMatch(/^[\u0020-\u007e]*\n$/u);
    expect(JSON.parse(text).because[0].value).toBe(value);
  });

  test("a limit leaves hits of a rule out, and counts them", () => {
    const { text, counts } = printed([hit(), hit(), hit({ rule: "sigma:2" })], { json: true, limit: 1 });
    expect(text.trimEnd().split("\n")).toHaveLength(2);
    expect([...counts]).toEqual([
      ["sigma:1", 2],
      ["sigma:2", 1],
    ]);
  });
});

describe("as a table", () => {
  test("rules by severity, their hits by time", () => {
    const { text } = printed(
      [
        hit({ rule: "own:2", title: "Quiet", severity: null, time: null, record: 0, because: [] }),
        hit({ time: "2026-04-17T06:00:00.000Z", record: 12 }),
        hit(),
      ],
      { json: false },
    );
    expect(text).toBe(
      [
        "time                      file:record  because",
        "high  Encoded command  sigma:1  2 hits",
        "2026-04-17T05:24:53.088Z  a.evtx:7     CommandLine: powershell -enc AAAA",
        "2026-04-17T06:00:00.000Z  a.evtx:12    CommandLine: powershell -enc AAAA",
        "",
        "unrated  Quiet  own:2  1 hit",
        "no time                   a.evtx",
        "",
      ].join("\n"),
    );
  });

  test("says how many it does not show", () => {
    const { text } = printed([hit(), hit(), hit()], { json: false, limit: 1 });
    expect(text).toContain("3 hits\n2026");
    expect(text).toMatch(/AAAA\n… and 2 more\n$/u);
  });

  test("nothing is printed of nothing", () => {
    expect(printed([], { json: false }).text).toBe("");
  });

  test("keeps to the terminal, and no title breaks a line", () => {
    const long = hit({ title: "two\nlines\u001b[31m", because: [because("CommandLine", "x".repeat(500), "x")] });
    const { text } = printed([long], { json: false }, 80);
    expect(text).toContain("two\\nlines\\u001b[31m");
    const rows = text.split("\n").filter((line) => line.startsWith("2026") || line.startsWith("time"));
    expect(Math.max(...rows.map((line) => [...line].length))).toBeLessThanOrEqual(80);
  });
});

describe("why, in short", () => {
  test("each value once, and not what the event is not", () => {
    const twice = [because("Image", "c.exe", "c"), because("Image", "c.exe", "exe"), because("User", "x", "y", true)];
    expect(becauseText(hit({ because: [...twice, because(null, "word", "word")] }))).toBe("Image: c.exe; word");
  });

  test("a long value is cut around what was asked", () => {
    const value = `${"a".repeat(200)}-enc${"b".repeat(200)}`;
    expect(becauseText(hit({ because: [because("C", value, "-ENC")] }))).toMatch(/^C: …a+-encb+…$/u);
    expect(becauseText(hit({ because: [because("C", value, "^a+")] }))).toMatch(/^C: a+…$/u);
  });

  test("several events say how many, and what they share", () => {
    const events = [1, 2].map((record) => ({ file: "a", record, time: null }));
    expect(becauseText(hit({ events, group: { "user.name": "bob" }, because: [] }))).toBe("2 events user.name=bob");
    expect(becauseText(hit({ events, count: 40, because: [] }))).toBe("40 events");
  });
});
