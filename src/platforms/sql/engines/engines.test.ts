import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clickHouseMissing, startClickHouse } from "./clickhouse.ts";
import { openDuckDb } from "./duckdb.ts";
import type { Engine, EventTable } from "./engine.ts";
import { postgresMissing, startPostgres } from "./postgres.ts";

/** Texts that would end a literal, a line or a row too early. */
const hostile = [
  "",
  "it's",
  'a "b"',
  "C:\\x\\",
  "line\nline",
  "tab\tnull\\0",
  "é ß İ 漢 🙂",
  "--",
  "$1 ? {x}",
  "\\N",
  "%_",
];

const table: EventTable = {
  name: "all_events",
  columns: {
    rule_number: "integer",
    id: "text",
    "process.command_line": "text",
    "process.args": "texts",
    "process.pid": "integer",
    "event.risk_score": "number",
    event: "json",
  },
  rows: [
    ...hostile.map((text, index) => ({
      rule_number: 1,
      id: `h${index}`,
      "process.command_line": text,
      "process.args": [text, "x"],
      event: { "process.command_line": text },
    })),
    { rule_number: 2, id: "n1", "process.pid": 4, "event.risk_score": 7.5, event: {} },
    { rule_number: 2, id: "n2", event: { "process.pid": 4 } },
  ],
};

const engines = [
  { name: "ClickHouse", missing: clickHouseMissing(), start: startClickHouse },
  { name: "PostgreSQL", missing: postgresMissing(), start: startPostgres },
  { name: "DuckDB", missing: null, start: openDuckDb },
] as const;

for (const { name, missing, start } of engines) {
  describe.skipIf(missing !== null)(missing === null ? name : `${name}: skipped, ${missing}`, () => {
    let engine: Engine;

    beforeAll(async () => {
      engine = await start();
      await engine.load(table);
    });

    afterAll(() => engine?.stop());

    const select = (where: string): Promise<readonly string[]> =>
      engine.select(`SELECT "id" FROM "all_events" WHERE ${where}`);

    test("says which version it is", () => {
      expect(engine.title).toMatch(/ \d+\.\d+/);
    });

    test("holds every row of a table", async () => {
      expect(await select('"rule_number" = 1')).toHaveLength(hostile.length);
      expect(await select('"rule_number" = 2')).toEqual(["n1", "n2"]);
    });

    test("keeps texts as they are", async () => {
      const lengths = hostile.map((text) => new TextEncoder().encode(text).length);
      const length = name === "ClickHouse" ? "length" : name === "DuckDB" ? "strlen" : "octet_length";
      for (const [index, bytes] of lengths.entries()) {
        expect(await select(`${length}("process.command_line") = ${bytes} AND "id" = 'h${index}'`)).toEqual([
          `h${index}`,
        ]);
      }
      expect(await select(`"process.command_line" = 'it''s'`)).toEqual(["h1"]);
    });

    test("knows numbers from missing ones", async () => {
      expect(await select('"process.pid" < 5')).toEqual(["n1"]);
      expect(await select('"event.risk_score" > 7')).toEqual(["n1"]);
      expect(await select('"rule_number" = 2 AND "process.pid" IS NULL')).toEqual(["n2"]);
    });

    test("fails with the engine's words for a query that it refuses", async () => {
      await expect(select("nothing_like_this(1)")).rejects.toThrow(/nothing_like_this/);
      expect(await select('"process.pid" = 4')).toEqual(["n1"]);
    });
  });
}
