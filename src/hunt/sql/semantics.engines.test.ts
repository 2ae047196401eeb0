import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { translationKnowledge } from "../../corpora/content/platforms/index.ts";
import { type Engine, testEngines } from "../../platforms/sql/engines/index.ts";
import { type ScanTest, scansOf } from "./scan-query.ts";
import { openScanTable } from "./scan-table.ts";
import { type ScanWords, scanWords } from "./scan-words.ts";
import { allCases, conditionOf, fieldsOf, type LanguageCase } from "./semantics.testing.ts";

const goldens = join(import.meta.dirname, "../../../fixtures/hunt");

const words: Readonly<Record<string, ScanWords>> = {
  ClickHouse: scanWords["clickhouse-old"],
  PostgreSQL: scanWords.postgresql,
  DuckDB: scanWords.duckdb,
};

/** No test sees more than one value of a field: it lets such events pass, and the engine looks at them. */
const several = "The event has a field with several values, and is left to the engine.";

interface Asked {
  readonly one: LanguageCase;
  readonly condition: string;
  readonly fields: readonly string[];
}

for (const { name, missing, start } of testEngines) {
  describe.skipIf(missing !== null)(missing === null ? name : `${name}: skipped, ${missing}`, () => {
    let engine: Engine;

    beforeAll(async () => {
      engine = await start();
    });

    afterAll(() => engine?.stop());

    test("answers the queries of every language as its semantics table says", async () => {
      const own = words[name];
      if (own === undefined) throw new Error(`No words for ${name}.`);
      const columns = new Map(Object.entries(own.eventsColumns));
      const table = openScanTable(own, "events", columns);
      const left: string[] = [];
      const asked: Asked[] = [];
      for (const one of allCases()) {
        const made = conditionOf(translationKnowledge(), table, one);
        if ("why" in made) left.push(`${one.language}: ${one.about}: ${made.why}`);
        else asked.push({ one, ...made });
      }
      await engine.load({
        name: "events",
        columns: { "event.id": "text", log_source: "text", "@timestamp": "time", event: "json" },
        rows: asked.map(({ one }, at) => {
          const fields = fieldsOf(one.event);
          return {
            "event.id": `e${at}`,
            log_source: "case",
            "@timestamp": "2026-01-31 12:00:00",
            event: { ...fields, "event.original": Object.values(fields).flat().join("\n") },
          };
        }),
      });
      const faults: string[] = [];
      const tests = asked.map(
        ({ condition, fields }, at): ScanTest => ({
          rule: at,
          source: "case",
          fields,
          condition: `(${condition})`,
          exact: true,
        }),
      );
      const met = new Set<string>();
      for (const scan of scansOf(table, tests)) {
        for (const row of await engine.select(`SELECT ${asText(name)} FROM (${scan.query}) AS found`)) {
          const [event = "", numbers = ""] = row.split("|");
          for (const number of numbers.split(",")) met.add(`${event} ${scan.tests[Number(number) - 1]?.rule}`);
        }
      }
      for (const [at, { one, condition }] of asked.entries()) {
        if (met.has(`e${at} ${at}`) === one.expected) continue;
        const lists = Object.values(fieldsOf(one.event)).some((values) => typeof values !== "string");
        if (lists && !one.expected) left.push(`${one.language}: ${one.about}: ${several}`);
        else
          faults.push(`${one.language}: ${one.about}\n  ${one.query}\n  ${JSON.stringify(one.event)}\n  ${condition}`);
      }
      expect(faults.join("\n")).toBe("");
      expect(asked.length).toBeGreaterThan(900);
      left.sort();
      await expect(`${left.join("\n")}\n`).toMatchFileSnapshot(join(goldens, `semantics-${name.toLowerCase()}.txt`));
    });
  });
}

/** A row of a scan in one text: the event, and the numbers of its conditions. */
function asText(name: string): string {
  const numbers =
    name === "ClickHouse"
      ? "arrayStringConcat(arrayMap(n -> toString(n), scan_met), ',')"
      : "array_to_string(scan_met, ',')";
  return `concat(scan_id, '|', ${numbers})`;
}
