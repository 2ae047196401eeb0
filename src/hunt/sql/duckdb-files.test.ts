import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ruleOfQuery } from "../../corpora/rule-text.ts";
import { nameRule } from "../../vocabulary/name-rule.ts";
import { openConnection } from "./open-connection.ts";
import { huntOn, knowledge } from "./places.testing.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "detectionary files "));
});

afterAll(() => rmSync(folder, { recursive: true }));

const rule = nameRule(
  knowledge.vocabulary,
  ruleOfQuery("q", 'process where process.name == "a.exe" and process.args == "-x"', "eql"),
);

const events = [
  { "process.name": "a.exe", "process.args": ["-y", "-x"], "process.pid": 4 },
  { "process.name": "b.exe", "process.args": ["-x"], "process.pid": 5 },
  { "process.name": "a.exe", "process.args": ["-y"], "process.pid": 6 },
].map((one) => ({
  "@timestamp": "2026-01-31T12:00:00.250Z",
  log_source: "windows.process_creation",
  "event.category": "process",
  ...one,
}));

async function hitsIn(path: string): Promise<readonly string[]> {
  const connection = await openConnection("duckdb", path, "events");
  try {
    const { hits, report } = await huntOn(connection, [rule]);
    expect(report.notRun).toEqual([]);
    return hits.map(({ file, record, time }) => `${file.replace(folder, "")}#${record} ${time}`);
  } finally {
    await connection.close();
  }
}

describe("files that DuckDB reads in place", () => {
  test("NDJSON, one file and several by a pattern", async () => {
    const lines = events.map((one) => JSON.stringify(one)).join("\n");
    writeFileSync(join(folder, "one.ndjson"), lines);
    writeFileSync(join(folder, "two.ndjson"), lines);
    expect(await hitsIn(join(folder, "one.ndjson"))).toEqual(["/one.ndjson#1 2026-01-31T12:00:00.250Z"]);
    expect(await hitsIn(join(folder, "*.ndjson"))).toHaveLength(2);
  });

  test("Parquet with flat columns, and with structs", async () => {
    const writer = await openConnection("duckdb", ":memory:", "events", { write: true });
    const flat = `SELECT 'e' || i AS "event.id", TIMESTAMP '2026-01-31 12:00:00.25' AS "@timestamp", 'windows.process_creation' AS log_source, 'process' AS "event.category"`;
    const values = `(VALUES (1, 'a.exe', ['-y', '-x'], 4), (2, 'b.exe', ['-x'], 5), (3, 'a.exe', ['-y'], 6)) AS v(i, name, args, pid)`;
    await writer.execute(
      `COPY (${flat}, name AS "process.name", args AS "process.args", pid AS "process.pid" FROM ${values}) TO '${join(folder, "flat.parquet")}' (FORMAT parquet)`,
    );
    await writer.execute(
      `COPY (${flat}, {'name': name, 'args': args, 'pid': pid} AS process FROM ${values}) TO '${join(folder, "nested.parquet")}' (FORMAT parquet)`,
    );
    await writer.close();
    expect(await hitsIn(join(folder, "flat.parquet"))).toEqual(["e1#1 2026-01-31T12:00:00.250Z"]);
    expect(await hitsIn(join(folder, "nested.parquet"))).toEqual(["e1#1 2026-01-31T12:00:00.250Z"]);
  });

  test("CSV, whose values are single", async () => {
    const rows = ["a.exe,-x,4", "a.exe,-y,5"].map(
      (row) => `2026-01-31T12:00:00.250Z,windows.process_creation,process,${row}`,
    );
    const head = "@timestamp,log_source,event.category,process.name,process.args,process.pid";
    writeFileSync(join(folder, "a.csv"), [head, ...rows].join("\n"));
    expect(await hitsIn(join(folder, "a.csv"))).toEqual(["/a.csv#1 2026-01-31T12:00:00.250Z"]);
  });

  test("nothing else, and nothing that is not there", async () => {
    await expect(openConnection("duckdb", join(folder, "a.evtx"), "events")).rejects.toThrow(/reads \*\.parquet/u);
    await expect(openConnection("duckdb", join(folder, "none.parquet"), "events")).rejects.toThrow(/none\.parquet/u);
    await expect(openConnection("duckdb", join(folder, "none.duckdb"), "events")).rejects.toThrow(/no database/u);
  });

  test("are read as a table alone, whatever its name is", async () => {
    const path = join(folder, "one.ndjson");
    const connection = await openConnection("duckdb", path, `ev"; DROP TABLE x; --`);
    expect((await connection.columns(`ev"; DROP TABLE x; --`))?.has("event")).toBe(true);
    await connection.close();
  });
});
