import { describe, expect, test } from "vitest";
import { countsQuery, halvesOf, type ScanTest, scansOf } from "./scan-query.ts";
import { openScanTable, type ScanTable, TableFault } from "./scan-table.ts";
import { type ScanWords, scanWords } from "./scan-words.ts";

const all = Object.entries<ScanWords>(scanWords);

function jsonTableOf(words: ScanWords, name = "events"): ScanTable {
  return openScanTable(words, name, new Map(Object.entries(words.eventsColumns)));
}

function testOf(rule: number, source: string | null = "proxy", condition: string | null = "1 = 1"): ScanTest {
  return { rule, source, condition, fields: [], exact: true };
}

const many = Array.from({ length: 10 }, (_, rule) => testOf(rule, rule < 7 ? "proxy" : "dns"));

describe("scans", () => {
  test("are one for each log as far as the budget goes", () => {
    const table = jsonTableOf(scanWords.postgresql);
    const rules = (budget: { bytes: number; tests: number }): readonly (readonly number[])[] =>
      scansOf(table, many, {}, budget).map((scan) => scan.tests.map((one) => one.rule));
    expect(rules({ bytes: 1e6, tests: 100 })).toEqual([
      [0, 1, 2, 3, 4, 5, 6],
      [7, 8, 9],
    ]);
    expect(rules({ bytes: 1e6, tests: 3 })).toEqual([[0, 1, 2], [3, 4, 5], [6], [7, 8, 9]]);
    // A condition that is larger than the budget has a scan of its own.
    expect(rules({ bytes: 1, tests: 100 })).toEqual(many.map((one) => [one.rule]));
  });

  test("that are refused are halved until one condition is alone", () => {
    const table = jsonTableOf(scanWords.duckdb);
    const [scan] = scansOf(table, many.slice(0, 5), {});
    if (scan === undefined) throw new Error("No scan.");
    const halves = halvesOf(table, scan, {});
    expect(halves.map((one) => one.tests.map(({ rule }) => rule))).toEqual([
      [0, 1],
      [2, 3, 4],
    ]);
    const [single] = scansOf(table, many.slice(0, 1), {});
    expect(single && halvesOf(table, single, {})).toEqual([]);
  });

  test("read the table once, whatever is asked", () => {
    for (const [id, words] of all) {
      const [scan] = scansOf(jsonTableOf(words), many.slice(0, 7), { since: "2026-01-31T00:00:00.000Z" });
      expect(scan?.query.match(/FROM "events"/gu), id).toHaveLength(1);
      expect(scan?.query.match(/1 = 1/gu), id).toHaveLength(7);
    }
  });

  test("work each field out once", () => {
    const table = jsonTableOf(scanWords.duckdb);
    const test = table.dialect.test({
      field: { name: "process.name", canonical: null, type: "keyword", listed: true },
      operator: "contains",
      values: ["cmd"],
      others: [],
      quantifier: "any",
      caseSensitive: false,
      several: "any",
      guarded: false,
      regex: "re2",
    });
    if ("type" in test) throw new Error(test.why);
    const [scan] = scansOf(
      table,
      [0, 1, 2].map((rule) => testOf(rule, "proxy", test.text)),
    );
    expect(scan?.query.split("\n")).toEqual([
      "SELECT *",
      "FROM (",
      "SELECT scan_id,",
      "  scan_time,",
      "  scan_source,",
      "  event,",
      `  list_filter([${[1, 2, 3].map((at) => `CASE WHEN contains(lower("part_1"), 'cmd') OR starts_with("part_1", '[') THEN ${at} END`).join(", ")}], lambda n: n IS NOT NULL) AS scan_met`,
      "FROM (",
      `SELECT CAST("event.id" AS VARCHAR) AS scan_id,`,
      `  epoch_ms("@timestamp") AS scan_time,`,
      `  "log_source" AS scan_source,`,
      `  CAST("event" AS VARCHAR) AS event,`,
      `  ("event"->>'process.name') AS "part_1"`,
      `FROM "events"`,
      `WHERE "log_source" = 'proxy'`,
      ") AS events",
      ") AS scan",
      "WHERE len(scan_met) > 0",
    ]);
  });

  test("of events of any log ask for none", () => {
    for (const [id, words] of all) {
      const [scan] = scansOf(jsonTableOf(words), [testOf(0, null)]);
      expect(scan?.query, id).not.toMatch(/log_source" =/u);
    }
  });

  test("bound the time in the form that its column has", () => {
    const range = { since: "2026-01-31T12:00:00.500Z", until: "2026-02-01T00:00:00.000Z" };
    expect(countsQuery(jsonTableOf(scanWords["clickhouse-old"]), range)).toContain(
      `"@timestamp" >= toDateTime(1769860800)\n  AND "@timestamp" < toDateTime(1769904000)`,
    );
    expect(countsQuery(jsonTableOf(scanWords.postgresql), range)).toContain(
      `"@timestamp" >= TIMESTAMPTZ '2026-01-31T12:00:00.500Z'`,
    );
    expect(countsQuery(jsonTableOf(scanWords.duckdb), range)).toContain(
      `"@timestamp" < TIMESTAMP '2026-02-01 00:00:00.000'`,
    );
    const texts = new Map(Object.entries({ ...scanWords.duckdb.eventsColumns, "@timestamp": "VARCHAR" }));
    expect(countsQuery(openScanTable(scanWords.duckdb, "events", texts), range)).toContain(
      `"@timestamp" >= '2026-01-31T12:00:00.500Z'`,
    );
  });

  test("keep what a name or a log is called in its quotes", () => {
    const hostile = `a".b'; DROP TABLE x; --`;
    for (const [id, words] of all) {
      const { query } = scansOf(jsonTableOf(words, hostile), [testOf(0, hostile)])[0] ?? { query: "" };
      const outside = query.replace(/'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"/gu, "");
      expect(outside, id).not.toMatch(/DROP|--/u);
    }
  });
});

describe("tables", () => {
  test("need an id, a time and a log", () => {
    expect(() => openScanTable(scanWords.duckdb, "t", new Map([["event.id", "VARCHAR"]]))).toThrow(TableFault);
    const wrong = new Map(Object.entries({ ...scanWords.duckdb.eventsColumns, "@timestamp": "BIGINT" }));
    expect(() => openScanTable(scanWords.duckdb, "t", wrong)).toThrow(/holds no time: BIGINT/u);
  });

  test("with a column for each field lack the others, and let lists pass", () => {
    const columns = new Map([
      ["event.id", "VARCHAR"],
      ["@timestamp", "TIMESTAMP"],
      ["log_source", "VARCHAR"],
      ["process.name", "VARCHAR"],
      ["process.pid", "BIGINT"],
      ["process.args", "VARCHAR[]"],
    ]);
    const { dialect } = openScanTable(scanWords.duckdb, "t", columns);
    const text = (name: string, negated = false): string => {
      const made = dialect.test({
        field: { name, canonical: null, type: "keyword", listed: true },
        operator: "eq",
        values: ["4"],
        others: [],
        quantifier: "any",
        caseSensitive: false,
        several: "any",
        guarded: false,
        negated,
        regex: "re2",
      });
      return "type" in made ? made.why : made.text;
    };
    expect(text("process.name")).toBe(`"process.name" = '4'`);
    expect(text("process.pid")).toBe(`CAST("process.pid" AS VARCHAR) = '4'`);
    expect(text("user.name")).toBe("CAST(NULL AS VARCHAR) = '4'");
    const list = `CAST("process.args" AS VARCHAR) NOT IN ('[]', '{}', '')`;
    expect(text("process.args")).toBe(`CAST(NULL AS VARCHAR) = '4' OR ${list}`);
    expect(text("process.args", true)).toBe(`CAST(NULL AS VARCHAR) = '4' AND NOT (${list})`);
  });
});
