import { describe, expect, test } from "vitest";
import { ruleOfQuery } from "../../corpora/rule-text.ts";
import type { AnalysedRule } from "../../languages/analyse.ts";
import type { Engine } from "../../matching/engine.ts";
import type { Hit } from "../../matching/hit.ts";
import { nameRule } from "../../vocabulary/name-rule.ts";
import { type SqlConnection, SqlRefusal, type SqlRow } from "./connection.ts";
import { type HuntReport, hunt } from "./hunt.ts";
import { engineOf, knowledge, view } from "./places.testing.ts";
import { scanWords } from "./scan-words.ts";

function ruleOf(id: string, query: string): AnalysedRule {
  return nameRule(knowledge.vocabulary, ruleOfQuery(id, query, "eql"));
}

const ofA = ruleOf("a", 'process where process.name == "a.exe"');
const ofB = ruleOf("b", 'process where process.name == "b.exe"');
const together = ruleOf(
  "both",
  'sequence by host.id [process where process.name == "a.exe"] [process where process.name == "b.exe"]',
);

function rowOf(id: string, name: string, met: readonly number[], source = "process_creation"): SqlRow {
  const event = { "process.name": name, "host.id": "h", "event.category": "process" };
  const scan_time = String(1_769_860_800_000 + Number(id.slice(1)) * 1000);
  return { scan_id: id, scan_time, scan_source: source, scan_met: met, event: JSON.stringify(event) };
}

/** A database that answers as a test wants it. */
function databaseOf(
  answer: (query: string) => readonly SqlRow[],
  counts: Readonly<Record<string, number>>,
): SqlConnection {
  return {
    title: "Stub 1",
    words: scanWords.duckdb,
    columns: async () => new Map(Object.entries(scanWords.duckdb.eventsColumns)),
    select: async function* (query) {
      if (query.includes("GROUP BY")) yield Object.entries(counts).map(([source, events]) => ({ source, events }));
      else yield answer(query);
    },
    execute: async () => {},
    insert: async () => {},
    done: async () => null,
    close: async () => {},
  };
}

async function run(
  connection: SqlConnection,
  rules: readonly AnalysedRule[],
  more: { readonly engine?: Engine; readonly mostHeld?: number } = {},
): Promise<{ readonly hits: readonly Hit[]; readonly report: HuntReport }> {
  const hits: Hit[] = [];
  const work = hunt({ knowledge, connection, table: "events", rules, engine: engineOf(rules), view, ...more });
  for (;;) {
    const next = await work.next();
    if (next.done === true) return { hits, report: next.value };
    hits.push(next.value);
  }
}

const counts = { process_creation: 2, dns: 5 };

describe("a hunt", () => {
  test("lets the engine decide, and tells of what it does not confirm", async () => {
    const rows = [rowOf("e1", "a.exe", [1]), rowOf("e2", "b.exe", [1])];
    const { hits, report } = await run(
      databaseOf(() => rows, counts),
      [ofA],
    );
    expect(hits.map((one) => [one.rule, one.file])).toEqual([["query:a", "e1"]]);
    // The query is only near to the rule, so that it is no fault.
    expect(report).toMatchObject({ rows: 7, scans: 1, found: 2, running: 1, notRun: [] });
  });

  test("tells a hit once, however often its event is found", async () => {
    const rows = [rowOf("e1", "a.exe", [1]), rowOf("e1", "a.exe", [1], "windows.process_creation")];
    const { hits } = await run(
      databaseOf(() => rows, counts),
      [ofA],
    );
    expect(hits).toHaveLength(1);
  });

  test("asks nothing of a log without events", async () => {
    const asked: string[] = [];
    const database = databaseOf(
      (query) => {
        asked.push(query);
        return [];
      },
      { dns: 5 },
    );
    expect((await run(database, [ofA, ofB])).report.scans).toBe(0);
    expect(asked).toEqual([]);
  });

  test("runs the other rules where the database refuses one", async () => {
    const database = databaseOf((query) => {
      if (query.includes("'b.exe'")) throw new SqlRefusal("no such thing", null, true);
      return [rowOf("e1", "a.exe", [1])];
    }, counts);
    const { hits, report } = await run(database, [ofA, ofB]);
    expect(hits.map((one) => one.rule)).toEqual(["query:a"]);
    expect(report.notRun).toEqual([{ rule: "query:b", title: "b", why: "no such thing" }]);
    expect(report.running).toBe(1);
  });

  test("ends where it is the database that is at fault", async () => {
    const database = databaseOf(() => {
      throw new SqlRefusal("too slow", "Ask for less.");
    }, counts);
    await expect(run(database, [ofA, ofB])).rejects.toThrow("too slow");
  });

  test("joins events in the order of time, each once, and says how many it could not keep", async () => {
    const rows = [
      rowOf("e2", "b.exe", [1]),
      rowOf("e1", "a.exe", [1]),
      rowOf("e1", "a.exe", [1], "windows.process_creation"),
    ];
    const database = databaseOf(() => rows, counts);
    const { hits } = await run(database, [together]);
    expect(hits.map((one) => one.events?.map(({ file }) => file))).toEqual([["e1", "e2"]]);
    const few = await run(database, [together], { mostHeld: 1 });
    expect(few.hits).toEqual([]);
    expect(few.report.notHeld).toBeGreaterThan(0);
  });
});
