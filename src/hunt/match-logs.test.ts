import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { vocabulary } from "../corpora/content/vocabulary/index.ts";
import { readRuleText } from "../corpora/rule-text.ts";
import type { AnalysedRule } from "../languages/analyse.ts";
import type { Hit } from "../matching/hit.ts";
import { nameRule } from "../vocabulary/name-rule.ts";
import { type MatchOutcome, matchLogs } from "./match-logs.ts";
import { cutFiles } from "./workers/pieces.ts";

let folder = "";
let lines = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary match "));
  const events = Array.from({ length: 6000 }, (_, index) => JSON.stringify(event(index)));
  // Damaged and empty lines must not shift what is counted behind them.
  events[100] = '{"Event": {"broken"';
  events[4000] = "";
  lines = `${events.join("\n")}\n`;
  writeFileSync(join(folder, "a.ndjson"), lines);
  writeFileSync(join(folder, "b.json"), JSON.stringify([event(7), event(8), event(9)]));
  writeFileSync(join(folder, "c.ndjson.gz"), gzipSync(events.slice(0, 300).join("\n")));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process that starts on one of ten hosts, a second after the one before. */
function event(index: number): object {
  const time = new Date(Date.parse("2026-03-01T00:00:00Z") + index * 1000).toISOString();
  return {
    Event: {
      System: {
        Provider: { Name: "Microsoft-Windows-Sysmon" },
        EventID: 1,
        TimeCreated: { SystemTime: time },
        Channel: "Microsoft-Windows-Sysmon/Operational",
        Computer: `host-${index % 10}`,
      },
      EventData: {
        UtcTime: time,
        Image: `C:\\Windows\\System32\\${index % 97 === 0 ? "whoami" : "svchost"}.exe`,
        CommandLine: `run ${index} ${"x".repeat(500)}`,
        User: `CORP\\user-${index % 7}`,
      },
    },
  };
}

const sigma = (title: string, id: string, name: string, image: string): string => `title: ${title}
id: ${id}
name: ${name}
logsource: { product: windows, category: process_creation }
detection:
  selection: { Image|endswith: '\\${image}' }
  condition: selection
level: low
`;

const rules: readonly AnalysedRule[] = (
  readRuleText(
    "rules.yml",
    `${sigma("Who am I", "00000000-0000-4000-8000-000000000001", "who", "whoami.exe")}---
title: Who am I, again and again
id: 00000000-0000-4000-8000-000000000002
correlation:
  type: event_count
  rules: [who]
  group-by: [User]
  timespan: 30m
  condition: { gte: 3 }
level: high
`,
  )?.rules ?? []
).map((one) => nameRule(vocabulary(), one));

async function run(names: readonly string[], workers: number) {
  const hits: Hit[] = [];
  const faults: string[] = [];
  let read = 0;
  const files = names.map((name) => ({ path: join(folder, name), named: true }));
  const outcome: MatchOutcome = await matchLogs(
    { rules, others: [], files, anyLog: false, workers, pieceBytes: 100_000, signal: new AbortController().signal },
    {
      hit: (hit) => hits.push(hit),
      fault: (file, { number, offset, code }) =>
        faults.push(`${file.slice(folder.length + 1)} ${number} ${offset} ${code}`),
      progress: (done, total) => {
        expect(done).toBeLessThanOrEqual(total);
        read = done;
      },
      settled: () => Promise.resolve(),
    },
  );
  return { hits, faults, outcome, read };
}

test("large JSON lines are cut at line ends, everything else is left whole", () => {
  const files = ["a.ndjson", "b.json", "c.ndjson.gz"].map((name) => ({ path: join(folder, name), named: true }));
  const pieces = cutFiles(files, undefined, 100_000);
  const [first, ...others] = pieces.filter((one) => one.file === files[0]);
  expect(others.length).toBeGreaterThan(10);
  let at = 0;
  for (const { range } of [first, ...others].flatMap((one) => one ?? [])) {
    expect(range?.from).toBe(at);
    at = range?.to ?? -1;
    expect(
      Buffer.from(lines)
        .subarray(at - 1, at)
        .toString(),
    ).toBe("\n");
  }
  expect(at).toBe(Buffer.byteLength(lines));
  expect(pieces.filter((one) => one.file !== files[0]).map((one) => one.range)).toEqual([null, null]);
});

test("two workers find the same hits in the same order as one", async () => {
  const names = ["a.ndjson", "b.json", "c.ndjson.gz"];
  const one = await run(names, 1);
  const two = await run(names, 2);
  expect(one.outcome.workers).toBe(1);
  expect(two.outcome.workers).toBe(2);
  expect(two.hits).toEqual(one.hits);
  expect(two.faults).toEqual(one.faults);
  expect(two.outcome.report).toEqual(one.outcome.report);
  expect(one.hits.filter((hit) => hit.title === "Who am I").length).toBeGreaterThan(60);
  expect(one.hits.filter((hit) => (hit.events?.length ?? 0) >= 3).length).toBeGreaterThan(3);
  expect(one.faults).toEqual([
    `a.ndjson 101 ${lines.indexOf('{"Event": {"broken"')} json-syntax`,
    expect.stringMatching(/^c\.ndjson\.gz 101 \d+ json-syntax$/u),
  ]);
  // Line 4,001 is empty and no record, so what stands behind it has the number of its line less one.
  const behind = one.hits.find((hit) => hit.file.endsWith("a.ndjson") && hit.record > 4001);
  expect(behind?.record).toBe(Math.ceil(4001 / 97) * 97);
});

test("a run that is stopped ends with what it has", async () => {
  for (const workers of [1, 2]) {
    const controller = new AbortController();
    let hits = 0;
    const files = [{ path: join(folder, "a.ndjson"), named: true }];
    const { report } = await matchLogs(
      { rules, others: [], files, anyLog: false, workers, pieceBytes: 100_000, signal: controller.signal },
      {
        hit: () => {
          if (++hits === 3) controller.abort();
        },
        fault: () => {},
        progress: () => {},
        settled: () => Promise.resolve(),
      },
    );
    expect(hits).toBeGreaterThanOrEqual(3);
    expect(report.events).toBeLessThan(6000);
  }
});
