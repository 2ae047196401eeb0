import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capture, sysmonStart } from "../testing.ts";

let folder = "";
let database = "";
let rules = "";

const event = (record: number, line: string): string => sysmonStart(record, "C:\\Windows\\System32\\whoami.exe", line);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "detectionary hunt "));
  database = join(folder, "events.duckdb");
  rules = join(folder, "rule.yml");
  writeFileSync(
    rules,
    `title: Who am I
id: 00000000-0000-4000-8000-000000000001
status: test
logsource: { product: windows, category: process_creation }
detection:
  selection: { Image|endswith: '\\whoami.exe', CommandLine|contains: '/priv' }
  condition: selection
level: high
`,
  );
  const logs = join(folder, "events.ndjson");
  writeFileSync(logs, `${[event(1, "whoami"), "{ damaged", event(3, "whoami /priv")].join("\n")}\n`);
  const { code, output, messages } = await capture([...hunt(), "--load", logs]);
  expect(messages).toMatch(/2 events in 8 rows of events \(DuckDB .*\); 0 events without a time, 1 damaged record/u);
  expect([code, output]).toEqual([0, ""]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hunt = (url = database): string[] => ["hunt", "--engine", "duckdb", "--url", url];

describe("hunt", () => {
  test("finds in a database what match finds in the logs", async () => {
    const found = await capture([...hunt(), "--rules", rules, "--json"]);
    const matched = await capture(["match", "--rules", rules, "--json", join(folder, "events.ndjson")]);
    expect(found.output).toBe(matched.output);
    expect(JSON.parse(found.output)).toMatchObject({ record: 3, time: "2026-04-17T05:24:13.500Z" });
    expect(found.messages).toMatch(/8 rows in DuckDB .*: 1 hit of 1 rule; 1 rule ran; 1 scan brought 1 row/u);
  });

  test("keeps to a range of time", async () => {
    const before = await capture([...hunt(), "--rules", rules, "--until", "2026-04-17T05:24:13.5Z", "--json"]);
    expect(before.output).toBe("");
    const from = await capture([...hunt(), "--rules", rules, "--since", "2026-04-17 05:24:13.500", "--json"]);
    expect(from.output).not.toBe("");
    const old = await capture([...hunt(), "--rules", rules, "--since", "yesterday"]);
    expect(old.code).toBe(2);
    expect(old.messages).toContain("yesterday is none");
  });

  test("exits as match does", async () => {
    expect((await capture([...hunt(), "--rules", rules, "--fail-on-hit"])).code).toBe(1);
    expect((await capture([...hunt(), "--rules", rules, "--until", "2026-01-01", "--fail-on-silence"])).code).toBe(1);
    expect((await capture([...hunt(), "--rules", rules])).code).toBe(0);
  });

  test("says what is wrong with an address, and keeps its password to itself", async () => {
    expect(await capture(["hunt", "--engine", "duckdb"])).toMatchObject({ code: 2 });
    const offline = await capture(["hunt", "--engine", "postgres", "--url", "postgres://ann:secret@127.0.0.1:1/siem"]);
    expect(offline.code).toBe(1);
    expect(offline.messages).toContain("PostgreSQL at postgres://127.0.0.1:1/siem cannot be reached");
    const wrong = await capture(["hunt", "--engine", "clickhouse", "--url", "ftp://ann:secret@127.0.0.1/"]);
    expect(wrong.code).toBe(1);
    expect(`${offline.messages}${wrong.messages}`).not.toContain("secret");
    const hidden = await capture(["hunt", "--engine", "duckdb"], {
      environment: { DETECTIONARY_HUNT_URL: join(folder, "none.duckdb") },
    });
    expect(hidden.messages).toContain("There is no database");
  });

  test("writes nothing unless it loads", async () => {
    const bytes = readFileSync(database);
    await capture([...hunt(), "--rules", rules]);
    expect(readFileSync(database).equals(bytes)).toBe(true);
    const table = await capture([...hunt(), "--rules", rules, "--table", "others"]);
    expect(table).toMatchObject({ code: 1, messages: expect.stringContaining("There is no table others.") });
  });
});
